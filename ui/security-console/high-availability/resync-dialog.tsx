import { highAvailabilityEndpoints } from '@driftlock/contracts'
import { TextField, useApiAction, useContractForm, useToast } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'

const schema = z.object({ user: z.string().max(255) })

/** Fetches everything again with the next run, or one user at once. */
export function ResyncDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const notify = useToast()
  const form = useContractForm(schema, { user: '' })
  const resync = useApiAction(highAvailabilityEndpoints.resynchroniseRecords, {
    invalidates: ['/api/v1/high-availability'],
    onDone: (result) => {
      notify({ title: result === null ? t('ha.resyncAsked') : t('ha.resyncDone', { count: result.counts.fetched }) })
      onClose()
    },
  })
  const submit = () => {
    const values = form.check()
    if (!values) return
    const user = values.user.trim()
    resync.mutate({ body: user === '' ? {} : { user } })
  }
  return (
    <FormDialog
      title={t('ha.resynchronise')}
      lead={t('ha.resyncLead')}
      submitLabel={t('ha.resynchronise')}
      onSubmit={submit}
      onClose={onClose}
      error={resync.error}
      isBusy={resync.isPending}
    >
      <TextField field={form.field('user')} label={t('ha.resyncUser')} help={t('ha.resyncUserHelp')} />
    </FormDialog>
  )
}
