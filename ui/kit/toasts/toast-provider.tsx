import { useQueryClient } from '@tanstack/react-query'
import { Alert, AlertActionCloseButton, AlertActionLink, AlertGroup } from '@patternfly/react-core'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../api/use-problem-text.ts'
import { type Notify, type Toast, ToastContext } from './toast-context.ts'

interface Shown extends Toast {
  readonly id: number
}

/** A plain message goes by itself; one with an undo stays until it is closed (WCAG 2.2.1). */
const shownMs = 10_000

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('kit')
  const [toasts, setToasts] = useState<readonly Shown[]>([])
  const nextId = useRef(0)
  const notify = useCallback<Notify>((toast) => {
    nextId.current += 1
    const shown = { ...toast, id: nextId.current }
    setToasts((current) => [shown, ...current].slice(0, 5))
  }, [])
  const close = (id: number) => {
    setToasts((current) => current.filter((toast) => toast.id !== id))
  }
  return (
    <ToastContext value={notify}>
      {children}
      <AlertGroup isToast isLiveRegion aria-label={t('toasts.region')}>
        {toasts.map((toast) => (
          <ToastAlert key={toast.id} toast={toast} notify={notify} onClose={() => close(toast.id)} />
        ))}
      </AlertGroup>
    </ToastContext>
  )
}

function ToastAlert({ toast, notify, onClose }: { toast: Toast; notify: Notify; onClose: () => void }) {
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
