import { CodeList } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'

interface ClientKeyDialogProps {
  clientKey: string
  onClose: () => void
}

/** The client key of an agent, shown this once. */
export function ClientKeyDialog({ clientKey, onClose }: ClientKeyDialogProps) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('agents.key')}
      lead={t('agents.keyOnce')}
      submitLabel=""
      onSubmit={onClose}
      onClose={onClose}
      isDone
    >
      <CodeList label={t('agents.key')} codes={[clientKey]} />
    </FormDialog>
  )
}
