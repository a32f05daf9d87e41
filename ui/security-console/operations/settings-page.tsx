import { type Setting, settingEndpoints } from '@driftlock/contracts'
import { type Column, PageFrame, QueryView, RowsTable, useApiQuery, useConfirm } from '@driftlock/ui-kit'
import { SearchInput } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { useMay } from '../session/session-context.ts'
import { slug } from '../worded/slug.ts'
import { useWorded } from '../worded/use-worded.ts'
import { SettingDialog } from './setting-dialog.tsx'

/** Setup > System Settings: every setting with its meaning, bounds and values. */
export function SettingsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const act = useAct()
  const confirm = useConfirm()
  const settings = useApiQuery(settingEndpoints.listSettings, {})
  const worded = useWorded()
  const meaningOf = ({ key, text: meaning }: Setting) => worded({ code: `setting-${slug(key)}`, text: meaning })
  const [editing, setEditing] = useState<Setting>()
  const [text, setText] = useState('')
  const reset = async ({ key, initial }: Setting) => {
    const title = t('settings.resetQuestion', { key })
    const body = t('settings.resetMeaning', { initial: String(initial) })
    if (!(await confirm({ title, body, confirmLabel: t('settings.reset') }))) return
    await act(settingEndpoints.resetSetting, { params: { key } }, { done: t('settings.saved', { key }) })
  }
  const columns: readonly Column<Setting>[] = [
    { id: 'key', title: t('settings.key'), cell: (setting) => <code>{setting.key}</code> },
    { id: 'text', title: t('settings.meaning'), cell: meaningOf },
    {
      id: 'value',
      title: t('settings.value'),
      cell: (setting) =>
        setting.global === null ? (
          t('settings.initial', { value: String(setting.initial) })
        ) : (
          <strong>{String(setting.global)}</strong>
        ),
    },
    {
      id: 'instances',
      title: t('settings.instances'),
      cell: (setting) => setting.instances.map((one) => `${one.instance}: ${String(one.value)}`).join(', '),
    },
    { id: 'effect', title: t('settings.effect'), cell: (setting) => t(`settings.effects.${setting.takesEffect}`) },
  ]
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
            rows={items.filter((one) => `${one.key} ${meaningOf(one)}`.toLowerCase().includes(text.toLowerCase()))}
            columns={columns}
            keyOf={(setting) => setting.key}
            nameOf={(setting) => setting.key}
            {...(may('update-setting') && {
              rowActions: (setting: Setting) => [
                { title: t('settings.change'), onChoose: setEditing },
                ...(setting.global === null
                  ? []
                  : [{ title: t('settings.reset'), onChoose: () => void reset(setting) }]),
              ],
            })}
          />
        )}
      </QueryView>
      {editing && <SettingDialog setting={editing} onClose={() => setEditing(undefined)} />}
    </PageFrame>
  )
}
