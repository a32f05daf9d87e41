import { type Setting, settingEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, RowsTable, useApiQuery, useConfirm } from '@driftlock/ui-kit'
import { SearchInput } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { useMay } from '../session/session-context.ts'
import { SettingDialog } from './setting-dialog.tsx'
import { useSettingColumns } from './use-setting-columns.tsx'
import { useSettingWords } from './use-setting-words.ts'

/** Setup > System Settings: every setting with its meaning, bounds and values. */
export function SettingsPage() {
  const { t } = useTranslation()
  const settings = useApiQuery(settingEndpoints.listSettings, {})
  const { meaningOf } = useSettingWords()
  const columns = useSettingColumns()
  const [editing, setEditing] = useState<Setting>()
  const rowActions = useRowActions(setEditing)
  const [text, setText] = useState('')
  const fits = (one: Setting) => `${one.key} ${meaningOf(one)}`.toLowerCase().includes(text.toLowerCase())
  return (
    <PageFrame title={t('menu.settings')} lead={t('settings.lead')}>
      <SearchInput
        aria-label={t('settings.search')}
        placeholder={t('settings.search')}
        value={text}
        onChange={(_event, value) => setText(value)}
        onClear={() => setText('')}
      />
      <QueryView query={settings}>
        {({ items }) => (
          <RowsTable
            label={t('menu.settings')}
            rows={items.filter(fits)}
            columns={columns}
            keyOf={(setting) => setting.key}
            nameOf={(setting) => setting.key}
            {...(rowActions && { rowActions })}
          />
        )}
      </QueryView>
      {editing && <SettingDialog setting={editing} onClose={() => setEditing(undefined)} />}
    </PageFrame>
  )
}

/** What can be done to a setting; nothing without the permission. */
function useRowActions(edit: (setting: Setting) => void) {
  const { t } = useTranslation()
  const may = useMay()
  const act = useAct()
  const confirm = useConfirm()
  const reset = async ({ key, initial }: Setting) => {
    const title = t('settings.resetQuestion', { key })
    const body = t('settings.resetMeaning', { initial: String(initial) })
    if (!(await confirm({ title, body, confirmLabel: t('settings.reset') }))) return
    await act(settingEndpoints.resetSetting, { params: { key } }, { done: t('settings.saved', { key }) })
  }
  if (!may('update-setting')) return undefined
  const change = { title: t('settings.change'), onChoose: edit }
  const toInitial = { title: t('settings.reset'), onChoose: (setting: Setting) => void reset(setting) }
  return ({ global }: Setting) => (global === null ? [change] : [change, toInitial])
}
