import type { AdministratorSession, Permission } from '@driftlock/contracts'
import { createContext, useContext } from 'react'

export const SessionContext = createContext<AdministratorSession | undefined>(undefined)

/** Who is logged on to the console. */
export function useSession(): AdministratorSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs the shell of the console')
  return session
}

/**
 * Whether the person who is logged on holds a permission anywhere. What they hold it for is checked by the server;
 * this only keeps away what they could never do.
 */
export function useMay(): (permission: Permission) => boolean {
  const { held } = useSession()
  return (permission) => held.some((one) => one.permission === permission)
}
