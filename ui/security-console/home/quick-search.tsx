import { userEndpoints } from '@driftlock/contracts'
import { useApi } from '@driftlock/ui-kit'
import { SearchInput } from '@patternfly/react-core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

interface QuickSearchProps {
  initial?: string
  autoFocus?: boolean
}

/** Finds a user by ID, alias, name or mail address: one match opens at once, several are listed on Home. */
export function QuickSearch({ initial = '', autoFocus = false }: QuickSearchProps) {
  const { t } = useTranslation()
  const api = useApi()
  const navigate = useNavigate()
  const [text, setText] = useState(initial)
  const search = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = text.trim()
    if (wanted === '') return
    const page = await api
      .call(userEndpoints.listUsers, { query: { text: wanted, limit: 2 } })
      .catch(() => ({ items: [] }))
    const [only, another] = page.items
    await navigate(only && !another ? `/users/${only.id}` : `/?q=${encodeURIComponent(wanted)}`)
  }
  return (
    <form role="search" aria-label={t('home.quickSearch')} onSubmit={(event) => void search(event)}>
      <SearchInput
        className="driftlock-quick-search"
        aria-label={t('home.quickSearch')}
        placeholder={t('home.quickSearch')}
        value={text}
        autoFocus={autoFocus}
        onChange={(_event, value) => setText(value)}
        onClear={() => setText('')}
      />
    </form>
  )
}
