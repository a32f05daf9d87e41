import { useApi } from '@driftlock/ui-kit'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

interface QuickSearchProps {
  initial?: string
  /** Names the search where there are two on a page. */
  label?: string
  autoFocus?: boolean
}

/**
 * Finds a user by ID, alias, name or mail address: one match opens at once, several are listed on Home.
 * The browser's own field: PatternFly's would weigh on the first load of every page.
 */
export function QuickSearch({ initial = '', label, autoFocus = false }: QuickSearchProps) {
  const { t } = useTranslation()
  const api = useApi()
  const navigate = useNavigate()
  const [text, setText] = useState(initial)
  const name = label ?? t('home.quickSearch')
  const search = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = text.trim()
    if (wanted === '') return
    const { addressFor } = await import('./find-user.ts')
    await navigate(await addressFor(api, wanted))
  }
  return (
    <form role="search" aria-label={name} onSubmit={(event) => void search(event)}>
      <input
        type="search"
        className="driftlock-quick-search"
        aria-label={name}
        placeholder={name}
        value={text}
        autoFocus={autoFocus}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}
