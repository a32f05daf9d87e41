import type { Trace } from '../authentication/trace.ts'
import type { UnixMs } from '../time.ts'
import type { AuditAction } from './actions.ts'

export type AuditOutcome = 'success' | 'failure' | 'warning'

/** Who did it. `command` is the shell of the server, `system` a scheduled job. */
export interface AuditActor {
  readonly type: 'user' | 'administrator' | 'agent' | 'radius-client' | 'command' | 'system'
  readonly id: string
  readonly name: string
}

/** One audit record before it is chained. It never holds a PIN, code, seed, key or what would verify one. */
export interface AuditEntry {
  /** UUIDv7 made by the writer, so that an in-doubt commit can be looked up. */
  readonly id: string
  readonly at: UnixMs
  readonly actor: AuditActor
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  /** A `Reason`, or an error code of the use case. */
  readonly reason: string
  readonly userId?: string
  readonly username?: string
  readonly tokenSerial?: string
  readonly securityDomainId?: string
  /** Agent or RADIUS client the request came through. */
  readonly agent?: string
  readonly clientAddress?: string
  readonly requestId?: string
  /** What the object was and became, secrets left out. */
  readonly before?: unknown
  readonly after?: unknown
  readonly trace?: Trace
}
