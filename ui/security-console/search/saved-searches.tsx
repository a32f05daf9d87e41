import { MenuButton, ownField, TextField, useConfirm } from '@driftlock/ui-kit'
import { Divider, DropdownItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { readSearches, type SavedSearch, writeSearches } from './saved-search.ts'

/** Searches kept in this browser under a name of one's own. */
export function SavedSearches({ list }: { list: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const [params] = useSearchParams()
  const [saved, setSaved] = useState(() => readSearches(list))
  const [naming, setNaming] = useState(false)
  const keep = (searches: readonly SavedSearch[]) => {
    writeSearches(list, searches)
    setSaved(searches)
  }
  const removeAll = async () => {
    const items = saved.map((one) => one.name)
    const title = t('search.forgetQuestion')
    if (await confirm({ title, body: t('search.forgetMeaning'), items, confirmLabel: t('search.forget') })) keep([])
  }
  return (
    <>
      <MenuButton label={t('search.saved')} toggle={{ children: t('search.saved') }}>
        {saved.map((one) => (
          <DropdownItem key={one.name} onClick={() => void navigate({ search: one.search })}>
            {one.name}
          </DropdownItem>
        ))}
        {saved.length > 0 && <Divider />}
        <DropdownItem onClick={() => setNaming(true)}>{t('search.save')}</DropdownItem>
        {saved.length > 0 && <DropdownItem onClick={() => void removeAll()}>{t('search.forget')}</DropdownItem>}
      </MenuButton>
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => {
            const query = new URLSearchParams(params)
            query.delete('after')
            keep([...saved.filter((one) => one.name !== name), { name, search: `?${query.toString()}` }])
            setNaming(false)
          }}
        />
      )}
    </>
  )
}

function NameDialog({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  return (
    <FormDialog
      title={t('search.save')}
      lead={t('search.saveMeaning')}
      submitLabel={t('kit:forms.save')}
      onSubmit={() => {
        if (name.trim() !== '') onName(name.trim())
      }}
      onClose={onClose}
    >
      <TextField
        field={ownField({ name: 'name', value: name, onChange: setName, required: true, maxLength: 64 })}
        label={t('search.name')}
      />
    </FormDialog>
  )
}
