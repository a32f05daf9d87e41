import type { Administrator, AuditActor, Permission } from '@driftlock/domain'

/** On what somebody's right to act rests. */
export type Authority =
  /** Roles and scopes, read when the session or request began; an API key may narrow them. */
  | {
      readonly type: 'administrator'
      readonly administrator: Administrator
      readonly narrowedTo?: readonly Permission[]
    }
  /** The shell of the server: whoever can run it owns the data folder. */
  | { readonly type: 'command' }
  /** A scheduled job or the server itself. */
  | { readonly type: 'system' }
  /** A user in the Self-Service Console: their own tokens only. */
  | { readonly type: 'owner'; readonly userId: string }

/** Who asks for a use case, with what right, and what the audit record keeps of it. */
export interface AdministrationContext {
  readonly authority: Authority
  readonly actor: AuditActor
  readonly clientAddress?: string
  readonly requestId?: string
}
