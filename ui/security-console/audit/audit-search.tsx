import { auditEndpoints } from '@driftlock/contracts'
import { SelectField, TextField, useApiQuery } from '@driftlock/ui-kit'
import { Form } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'
import { useWorded } from '../worded/use-worded.ts'

export const auditSearchNames = [
  'from',
  'before',
  'channel',
  'userId',
  'tokenSerial',
  'agent',
  'actions',
  'outcome',
  'reason',
  'chainId',
  'oldestFirst',
] as const

interface AuditSearchProps {
  search: SearchFields<(typeof auditSearchNames)[number]>
}

const plain = { fault: undefined, required: false, maxLength: 255, min: undefined, max: undefined }

/** What audit records are searched by. */
export function AuditSearch({ search: { values, set } }: AuditSearchProps) {
  const { t, i18n } = useTranslation()
  const worded = useWorded()
  const vocabulary = useApiQuery(auditEndpoints.getAuditVocabulary, {})
  const actions = (vocabulary.data?.actions ?? []).map(({ action, text }) => ({
    value: action,
    label: i18n.language !== 'en' && i18n.exists(`actions.${action}`) ? t(`actions.${action}`) : text,
  }))
  const reasons = (vocabulary.data?.reasons ?? []).map(({ reason, text }) => ({
    value: reason,
    label: worded({ code: reason, text }),
  }))
  const selects = {
    channel: (['authentication', 'administration', 'system'] as const).map((value) => ({
      value,
      label: t(`activity.channels.${value}`),
    })),
    actions,
    outcome: (['success', 'failure', 'warning'] as const).map((value) => ({
      value,
      label: t(`conditions.outcome.${value}`),
    })),
    reason: reasons,
  }
  return (
    <Form className="driftlock-filters" onSubmit={(event) => event.preventDefault()}>
      {(['channel', 'actions', 'outcome', 'reason'] as const).map((name) => (
        <SelectField
          key={name}
          field={{ name, value: values[name] ?? '', onChange: (value) => set({ [name]: value }) }}
          label={t(`audit.search.${name}`)}
          choices={[{ value: '', label: t('search.any') }, ...selects[name]]}
        />
      ))}
      {(['tokenSerial', 'agent', 'userId'] as const).map((name) => (
        <TextField
          key={name}
          field={{ ...plain, name, value: values[name] ?? '', onChange: (value: string) => set({ [name]: value }) }}
          label={t(`audit.search.${name}`)}
        />
      ))}
      {(['from', 'before'] as const).map((name) => (
        <MomentField
          key={name}
          label={t(`search.${name}`)}
          value={values[name] === undefined ? null : Number(values[name])}
          onChange={(value) => set({ [name]: value === null ? '' : String(value) })}
        />
      ))}
    </Form>
  )
}
