import { AlertGroup } from '@patternfly/react-core'
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Notify, type Toast, ToastContext } from './toast-context.ts'

const ToastAlert = lazy(() => import('./toast-alert.tsx'))

interface Shown extends Toast {
  readonly id: number
}

/** Shows the newest messages, for {@link useToast}. Their place is there from the start: screen readers hear what comes in. */
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
          <Suspense key={toast.id}>
            <ToastAlert toast={toast} notify={notify} onClose={() => close(toast.id)} />
          </Suspense>
        ))}
      </AlertGroup>
    </ToastContext>
  )
}
