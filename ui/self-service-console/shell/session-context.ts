import type { SelfServiceSession } from '@driftlock/contracts'
import { useOutletContext } from 'react-router'

export interface ShellContext {
  readonly session: SelfServiceSession
}

/** Who is logged on, for the pages inside the shell. */
export function useSession(): SelfServiceSession {
  return useOutletContext<ShellContext>().session
}
