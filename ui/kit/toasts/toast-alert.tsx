import { Alert, AlertActionCloseButton, AlertActionLink } from '@patternfly/react-core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../api/use-problem-text.ts'
import type { Notify, Toast } from './toast-context.ts'

interface ToastAlertProps {
  toast: Toast
  notify: Notify
  onClose: () => void
}

/** A plain message goes by itself; one with an undo stays until it is closed (WCAG 2.2.1). */
const shownMs = 10_000

/** One message, and the way to take back what it says. */
export default function ToastAlert({ toast, notify, onClose }: ToastAlertProps) {
  const { t } = useTranslation('kit')
  const textOf = useProblemText()
  const queries = useQueryClient()
  const { title, detail, undo, variant = 'success' } = toast
  const takeBack = async () => {
    onClose()
    try {
      await undo?.()
      await queries.invalidateQueries()
      notify({ title: t('toasts.undone', { what: title }), variant: 'info' })
    } catch (error) {
      notify({ title: t('toasts.undoFailed'), detail: textOf(error).message, variant: 'danger' })
    }
  }
  return (
    <Alert
      variant={variant}
      title={title}
      component="h2"
      timeout={undo ? false : shownMs}
      onTimeout={onClose}
      actionClose={<AlertActionCloseButton aria-label={t('toasts.close')} onClose={onClose} />}
      {...(undo && {
        actionLinks: <AlertActionLink onClick={() => void takeBack()}>{t('toasts.undo')}</AlertActionLink>,
      })}
    >
      {detail}
    </Alert>
  )
}
