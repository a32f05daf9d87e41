import { type EmergencyAccess, emergencyAccessEndpoints, type TokenSummary } from '@driftlock/contracts'
import { useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { EmergencyFields } from './emergency-form.tsx'
import { EmergencyState } from './emergency-state.tsx'
import { useEmergencyForm } from './use-emergency-form.ts'

interface EmergencyDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** The same page as a dialog on the dashboard, with Online Emergency Access ticked: the caller waits. */
export default function EmergencyDialog({ token, onClose }: EmergencyDialogProps) {
  const access = useApiQuery(emergencyAccessEndpoints.getEmergencyAccess, { params: { tokenId: token.id } })
  if (!access.data) return null
  return <EmergencyDialogForm token={token} current={access.data} onClose={onClose} />
}

function EmergencyDialogForm({ token, current, onClose }: EmergencyDialogProps & { current: EmergencyAccess }) {
  const { t } = useTranslation()
  const form = useEmergencyForm(token, current, true)
  const { choices } = form
  const canSave = choices.online ? choices.proposal !== undefined && form.contradictions.length === 0 : current.active
  return (
    <FormDialog
      title={t('emergency.title')}
      lead={t('emergency.lead', { serial: token.serial, user: token.owner?.displayName ?? '' })}
      submitLabel={t('kit:forms.save')}
      onSubmit={() => {
        if (canSave) form.save()
      }}
      onClose={onClose}
      isBusy={form.isBusy}
      isDone={form.isSaved}
      wide
    >
      <EmergencyState access={current} />
      <EmergencyFields token={token} current={current} form={form} />
    </FormDialog>
  )
}
