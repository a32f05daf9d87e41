import { userEndpoints } from '@driftlock/contracts'
import { FieldFrame, useApi, useApiQuery } from '@driftlock/ui-kit'
import { SearchInput } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface UserFieldProps {
  label: string
  /** The id that records hold; empty for everybody. */
  userId: string
  onChoose: (userId: string) => void
}

/** Chooses a user by their user ID; what is not found is said, and the choice stays. */
export function UserField({ label, userId, onChoose }: UserFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const api = useApi()
  const chosen = useApiQuery(userEndpoints.getUser, { params: { userId } }, { enabled: userId !== '' })
  const [typed, setTyped] = useState<string>()
  const [isUnknown, setUnknown] = useState(false)
  const choose = (found: string) => {
    setTyped(undefined)
    setUnknown(false)
    onChoose(found)
  }
  const search = async (text: string) => {
    const wanted = text.trim()
    if (wanted === '') return choose('')
    const { items } = await api.call(userEndpoints.listUsers, { query: { username: wanted, limit: 2 } })
    const found = items.find((one) => one.username === wanted) ?? (items.length === 1 ? items[0] : undefined)
    if (found) choose(found.id)
    else setUnknown(true)
  }
  return (
    <FieldFrame id={id} label={label} faultText={isUnknown ? t('audit.unknownUser') : undefined}>
      <SearchInput
        id={id}
        searchInputId={id}
        aria-label={label}
        value={typed ?? chosen.data?.username ?? userId}
        onChange={(_event, text) => setTyped(text)}
        onSearch={(_event, text) => void search(text)}
        onClear={() => choose('')}
      />
    </FieldFrame>
  )
}
