import type { AdministrationContext, Session } from '@driftlock/application'
import type { Grant, Permission, UnixMs } from '@driftlock/domain'

/** Who asks, as the cookie or the API key says. */
export type Caller =
  | { readonly type: 'nobody'; readonly context: AdministrationContext }
  | {
      readonly type: 'administrator'
      readonly userId: string
      readonly username: string
      readonly grants: readonly Grant[]
      /** An API key narrows what its administrator may. */
      readonly narrowedTo: readonly Permission[] | undefined
      readonly session: Session | undefined
      readonly idleUntil: UnixMs
      readonly context: AdministrationContext
    }
  | {
      readonly type: 'owner'
      readonly userId: string
      readonly username: string
      readonly session: Session
      readonly entry: 'log-on' | 'troubleshooting'
      readonly idleUntil: UnixMs
      readonly context: AdministrationContext
    }

export type AdministratorCaller = Extract<Caller, { type: 'administrator' }>
export type OwnerCaller = Extract<Caller, { type: 'owner' }>
