import { highAvailabilityEndpoints } from '@driftlock/contracts'
import { SecretField, TextField, useApiAction, useContractForm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'

const schema = z.object({
  url: z.string().min(1).max(255),
  registrationCode: z.string().min(1).max(256),
  deploymentName: z.string().min(1).max(255),
})

/** Connects this deployment with a code that an administrator of the cloud made for it. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const form = useContractForm(schema, { url: 'https://', registrationCode: '', deploymentName: location.hostname })
  const connect = useApiAction(highAvailabilityEndpoints.connectCloud, {
    invalidates: ['/api/v1/high-availability'],
    onDone: onClose,
  })
  const submit = () => {
    const body = form.check()
    if (body) connect.mutate({ body })
  }
  return (
    <FormDialog
      title={t('ha.connect')}
      lead={t('ha.connectLead')}
      submitLabel={t('ha.connect')}
      onSubmit={submit}
      onClose={onClose}
      error={connect.error}
      isBusy={connect.isPending}
    >
      <TextField field={form.field('url')} label={t('ha.url')} />
      <SecretField field={form.field('registrationCode')} label={t('ha.code')} autoComplete="off" />
      <TextField field={form.field('deploymentName')} label={t('ha.deployment')} />
    </FormDialog>
  )
}
