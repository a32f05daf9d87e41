import type {
  AdministrationPorts,
  AuditProof,
  AuthenticationPorts,
  ClockGuard,
  HaPorts,
  OperationsStore,
  PasswordHasher,
} from '@driftlock/application'
import type { RadiusWatch } from './radius-watch.ts'

/** What the administration and self-service APIs need of the world. */
export interface ApiServices extends AdministrationPorts {
  readonly operations: OperationsStore
  readonly highAvailability: HaPorts
  /** For log-ons with a passcode and for tests of log-ons. */
  readonly authentication: AuthenticationPorts
  readonly clockGuard: ClockGuard
  readonly passwords: PasswordHasher
  /** For `audit verify` in the console. */
  readonly auditProof: AuditProof
  /** Put around each import, which goes through a great many tokens once; absent = nothing is. */
  readonly aroundImport?: <T>(work: () => Promise<T>) => Promise<T>
  /** The RADIUS edge of this instance; `undefined` where it has none (yet). */
  readonly radiusWatch?: () => RadiusWatch | undefined
  /** The instance that answers. */
  readonly instance: { readonly name: string; readonly version: string }
}
