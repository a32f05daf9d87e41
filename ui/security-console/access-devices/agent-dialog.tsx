import { type Agent, agentEndpoints } from '@driftlock/contracts'
import {
  type Choice,
  CheckboxField,
  languageNames,
  SelectField,
  TextField,
  useApiAction,
  useContractForm,
} from '@driftlock/ui-kit'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { DomainField } from '../security-domains/domain-field.tsx'

interface AgentDialogProps {
  agent?: Agent
  onClose: () => void
  onKey: (clientKey: string) => void
}

const schema = z.object({
  name: z.string().min(1).max(255),
  kind: z.string().max(64),
  addresses: z.string().max(6500),
  securityDomainId: z.string().min(1),
  enabled: z.boolean(),
  notes: z.string().max(1024),
  language: z.enum(['', 'en', 'de']),
})

type Values = z.infer<typeof schema>

const newAgent: Values = {
  name: '',
  kind: 'web',
  addresses: '',
  securityDomainId: '',
  enabled: true,
  notes: '',
  language: '',
}

function valuesOf({ name, kind, addresses, securityDomain, enabled, notes, language }: Agent): Values {
  const shown = { name, kind, addresses: addresses.join(', '), securityDomainId: securityDomain.id, enabled, notes }
  return { ...shown, language: language ?? '' }
}

const languageChoices = (t: TFunction): readonly Choice<Values['language']>[] => [
  { value: '', label: t('agents.languageAsAsked') },
  { value: 'en', label: languageNames.en },
  { value: 'de', label: languageNames.de },
]

/** A new agent, or changes of one. */
export function AgentDialog({ agent, onClose, onKey }: AgentDialogProps) {
  const { t } = useTranslation()
  const form = useContractForm(schema, agent ? valuesOf(agent) : newAgent)
  const invalidates = ['/api/v1/agents']
  const create = useApiAction(agentEndpoints.createAgent, {
    invalidates,
    onDone: ({ clientKey }) => {
      onClose()
      onKey(clientKey)
    },
  })
  const update = useApiAction(agentEndpoints.updateAgent, { invalidates, onDone: onClose })
  const submit = () => {
    const values = form.check()
    if (!values) return
    const addresses = values.addresses.split(/[\s,]+/).filter((one) => one !== '')
    const body = { ...values, addresses, language: values.language === '' ? null : values.language }
    if (agent) update.mutate({ params: { agentId: agent.id }, etag: `"${agent.version}"`, body })
    else create.mutate({ body })
  }
  return (
    <FormDialog
      title={agent ? t('agents.editOf', { name: agent.name }) : t('agents.create')}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
    >
      {!agent && <TextField field={form.field('name')} label={t('agents.name')} autoFocus />}
      <TextField field={form.field('kind')} label={t('agents.kind')} />
      <TextField field={form.field('addresses')} label={t('agents.addresses')} help={t('agents.addressesHelp')} />
      <DomainField
        label={t('agents.domain')}
        value={form.values.securityDomainId}
        onChange={(securityDomainId) => form.setValues({ securityDomainId })}
      />
      <SelectField field={form.field('language')} label={t('radius.language')} choices={languageChoices(t)} />
      <CheckboxField field={form.field('enabled')} label={t('agents.enabled')} />
      <TextField field={form.field('notes')} label={t('agents.notes')} />
    </FormDialog>
  )
}
