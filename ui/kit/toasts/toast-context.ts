import { createContext, useContext } from 'react'

export interface Toast {
  /** What was done, in the past: "3 users unlocked". */
  readonly title: string
  readonly variant?: 'success' | 'info' | 'warning' | 'danger'
  readonly detail?: string
  /** Takes the act back; the toast then offers it. */
  readonly undo?: () => Promise<unknown>
}

export type Notify = (toast: Toast) => void

export const ToastContext = createContext<Notify | undefined>(undefined)

/** Says that something was done, with a way to undo it where there is one. */
export function useToast(): Notify {
  const notify = useContext(ToastContext)
  if (!notify) throw new Error('useToast needs the providers of startConsole')
  return notify
}
