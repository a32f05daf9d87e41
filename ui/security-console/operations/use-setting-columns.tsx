import type { Setting } from '@driftlock/contracts'
import type { Column } from '@driftlock/ui-kit'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettingWords } from './use-setting-words.ts'

/** A setting by its meaning, with its key below; its value, where it differs from the initial one, in bold. */
export function useSettingColumns(): readonly Column<Setting>[] {
  const { t } = useTranslation()
  const { meaningOf } = useSettingWords()
  return [
    {
      id: 'key',
      title: t('settings.key'),
      cell: (setting) => (
        <>
          {meaningOf(setting)}
          <br />
          <SettingKey name={setting.key} />
        </>
      ),
    },
    { id: 'value', title: t('settings.value'), cell: (setting) => <Values setting={setting} /> },
    { id: 'effect', title: t('settings.effect'), cell: (setting) => t(`settings.effects.${setting.takesEffect}`) },
  ]
}

/** A key that breaks where its parts end. */
function SettingKey({ name }: { name: string }) {
  const parts = name.split(/(?<=[._])/)
  return (
    <code className="driftlock-key">
      {parts.map((part, index) => (
        <Fragment key={parts.slice(0, index + 1).join('')}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  )
}

function Values({ setting: { global, initial, instances } }: { setting: Setting }) {
  const { t } = useTranslation()
  const { valueOf } = useSettingWords()
  return (
    <>
      {global === null ? t('settings.initial', { value: valueOf(initial) }) : <strong>{valueOf(global)}</strong>}
      {instances.map(({ instance, value }) => (
        <div key={instance}>{t('settings.atInstance', { instance, value: valueOf(value) })}</div>
      ))}
    </>
  )
}
