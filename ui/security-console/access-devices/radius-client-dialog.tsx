import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import {
  CheckboxField,
  type ContractForm,
  SecretField,
  SelectField,
  TextField,
  useApiAction,
  useContractForm,
} from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { DomainField } from '../security-domains/domain-field.tsx'

interface RadiusClientDialogProps {
  client?: RadiusClient
  onClose: () => void
}

const schema = z.object({
  name: z.string().min(1).max(255),
  network: z.string().min(1).max(64),
  secret: z.string().max(256),
  requireMessageAuthenticator: z.boolean(),
  transport: z.enum(['udp', 'tcp', 'tls']),
  securityDomainId: z.string().min(1),
  enabled: z.boolean(),
  notes: z.string().max(1024),
})

const schemaOfNew = schema.extend({ secret: z.string().min(1).max(256) })

type Values = z.infer<typeof schema>

const newClient: Values = {
  name: '',
  network: '',
  secret: '',
  requireMessageAuthenticator: true,
  transport: 'udp',
  securityDomainId: '',
  enabled: true,
  notes: '',
}

function valuesOf(client: RadiusClient): Values {
  const { name, network, requireMessageAuthenticator, transport, securityDomain, enabled, notes } = client
  const securityDomainId = securityDomain.id
  return { name, network, secret: '', requireMessageAuthenticator, transport, securityDomainId, enabled, notes }
}

/** A new RADIUS client, or changes of one; its shared secret is never shown. */
export function RadiusClientDialog({ client, onClose }: RadiusClientDialogProps) {
  const { t } = useTranslation()
  const form = useContractForm(client ? schema : schemaOfNew, client ? valuesOf(client) : newClient)
  const finish = { invalidates: ['/api/v1/radius-clients'], onDone: onClose }
  const create = useApiAction(radiusClientEndpoints.createRadiusClient, finish)
  const update = useApiAction(radiusClientEndpoints.updateRadiusClient, finish)
  const submit = () => {
    const values = form.check()
    if (!values) return
    const { secret, ...rest } = values
    if (!client) create.mutate({ body: values })
    else {
      const body = secret === '' ? rest : values
      update.mutate({ params: { radiusClientId: client.id }, etag: `"${client.version}"`, body })
    }
  }
  return (
    <FormDialog
      title={client ? t('radius.editOf', { name: client.name }) : t('radius.create')}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
    >
      <ClientFields form={form} isNew={client === undefined} />
    </FormDialog>
  )
}

interface ClientFieldsProps {
  form: ContractForm<Values>
  isNew: boolean
}

function ClientFields({ form, isNew }: ClientFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextField field={form.field('name')} label={t('radius.name')} />
      <TextField field={form.field('network')} label={t('radius.network')} help={t('radius.networkHelp')} />
      <SecretField
        field={form.field('secret')}
        label={t('radius.secret')}
        help={t(isNew ? 'radius.secretHelp' : 'radius.secretKept')}
        autoComplete="new-password"
      />
      <SelectField
        field={form.field('transport')}
        label={t('radius.transport')}
        choices={(['udp', 'tcp', 'tls'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
      />
      <CheckboxField
        field={form.field('requireMessageAuthenticator')}
        label={t('radius.messageAuthenticator')}
        help={t('radius.messageAuthenticatorHelp')}
      />
      <DomainField
        label={t('agents.domain')}
        value={form.values.securityDomainId}
        onChange={(securityDomainId) => form.setValues({ securityDomainId })}
      />
      <CheckboxField field={form.field('enabled')} label={t('agents.enabled')} />
      <TextField field={form.field('notes')} label={t('agents.notes')} />
    </>
  )
}
