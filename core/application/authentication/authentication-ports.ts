import type { AppCodes } from '../ports/app-codes.ts'
import type { AuthenticationStore } from '../ports/authentication-store.ts'
import type { ClockGuard } from '../ports/clock-guard.ts'
import type { Clock } from '../ports/clock.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { Random } from '../ports/random.ts'
import type { PolicySource } from './policy-source.ts'

/** What a login needs of the world. */
export interface AuthenticationPorts {
  readonly store: AuthenticationStore
  readonly keys: KeyRing
  readonly policies: PolicySource
  readonly clock: Clock
  readonly clockGuard: ClockGuard
  readonly random: Random
  /** How codes of apps are checked; absent = by the record here alone. */
  readonly appCodes?: AppCodes
}
