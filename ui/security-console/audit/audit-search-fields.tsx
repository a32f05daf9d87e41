import { auditEndpoints } from '@driftlock/contracts'
import { type Choice, ownField, SelectField, TextField, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'
import { useWorded } from '../worded/use-worded.ts'
import { UserField } from './user-field.tsx'

const choiceNames = ['channel', 'actions', 'outcome', 'reason'] as const
const textNames = ['tokenSerial', 'agent'] as const
const momentNames = ['from', 'before'] as const

export const auditSearchNames = [
  ...choiceNames,
  ...textNames,
  ...momentNames,
  'userId',
  'chainId',
  'oldestFirst',
] as const

interface AuditSearchProps {
  search: SearchFields<(typeof auditSearchNames)[number]>
}

/** What audit records are searched by. */
export function AuditSearchFields({ search: { values, set } }: AuditSearchProps) {
  const { t } = useTranslation()
  const choices = useChoices()
  return (
    <>
      {choiceNames.map((name) => (
        <SelectField
          key={name}
          field={{ name, value: values[name] ?? '', onChange: (value) => set({ [name]: value }) }}
          label={t(`audit.search.${name}`)}
          choices={[{ value: '', label: t('search.any') }, ...choices[name]]}
        />
      ))}
      {textNames.map((name) => (
        <TextField
          key={name}
          field={ownField({
            name,
            value: values[name] ?? '',
            onChange: (value: string) => set({ [name]: value }),
            maxLength: 255,
          })}
          label={t(`audit.search.${name}`)}
        />
      ))}
      <UserField label={t('audit.search.userId')} userId={values.userId ?? ''} onChoose={(userId) => set({ userId })} />
      {momentNames.map((name) => (
        <MomentField
          key={name}
          label={t(`search.${name}`)}
          value={values[name] === undefined ? null : Number(values[name])}
          onChange={(value) => set({ [name]: value === null ? '' : String(value) })}
        />
      ))}
    </>
  )
}

/** What a record can name, in words. */
function useChoices(): Readonly<Record<(typeof choiceNames)[number], readonly Choice<string>[]>> {
  const { t, i18n } = useTranslation()
  const worded = useWorded()
  const { data } = useApiQuery(auditEndpoints.getAuditVocabulary, {})
  return {
    channel: (['authentication', 'administration', 'system'] as const).map((value) => ({
      value,
      label: t(`activity.channels.${value}`),
    })),
    actions: (data?.actions ?? []).map(({ action, text }) => ({
      value: action,
      label: i18n.language !== 'en' && i18n.exists(`actions.${action}`) ? t(`actions.${action}`) : text,
    })),
    outcome: (['success', 'failure', 'warning'] as const).map((value) => ({
      value,
      label: t(`conditions.outcome.${value}`),
    })),
    reason: (data?.reasons ?? []).map(({ reason, text }) => ({ value: reason, label: worded({ code: reason, text }) })),
  }
}
