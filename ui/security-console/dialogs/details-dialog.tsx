import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from './form-dialog.tsx'

interface DetailsDialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** Something to be read and closed. */
export function DetailsDialog({ title, onClose, children }: DetailsDialogProps) {
  const { t } = useTranslation('kit')
  return (
    <FormDialog title={title} submitLabel={t('dialogs.close')} onSubmit={onClose} onClose={onClose} isDone>
      {children}
    </FormDialog>
  )
}
