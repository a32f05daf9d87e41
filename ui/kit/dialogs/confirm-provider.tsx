import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { type Confirm, type Confirmation, ConfirmContext } from './confirm-context.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('./confirm-dialog.tsx')).ConfirmDialog }))

interface Pending {
  readonly confirmation: Confirmation
  readonly answer: (confirmed: boolean) => void
}

/** Shows one confirmation at a time for {@link useConfirm}. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [pending, setPending] = useState<Pending>()
  const confirm = useCallback<Confirm>(
    (confirmation) =>
      new Promise((resolve) => {
        setPending({
          confirmation,
          answer: (confirmed) => {
            setPending(undefined)
            resolve(confirmed)
          },
        })
      }),
    [],
  )
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Suspense>{pending && <ConfirmDialog confirmation={pending.confirmation} onAnswer={pending.answer} />}</Suspense>
    </ConfirmContext>
  )
}
