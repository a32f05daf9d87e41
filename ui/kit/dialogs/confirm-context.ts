import { createContext, type ReactNode, useContext } from 'react'

export interface Confirmation {
  /** The act as a question: "Unlock 3 users?" */
  readonly title: string
  /** What will happen, and whether it can be undone. */
  readonly body: ReactNode
  /** Names of what is concerned; the dialog says how many and lists the first ones. */
  readonly items?: readonly string[]
  /** The act as a verb: "Unlock". */
  readonly confirmLabel: string
  /** Set where something is lost for good. */
  readonly danger?: boolean
}

export type Confirm = (confirmation: Confirmation) => Promise<boolean>

export const ConfirmContext = createContext<Confirm | undefined>(undefined)

/** Asks before an act: resolves to true where the person confirms. */
export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext)
  if (!confirm) throw new Error('useConfirm needs the providers of startConsole')
  return confirm
}
