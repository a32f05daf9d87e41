import type { Reason } from '../authentication/reasons.ts'
import { effectiveLock } from '../lockout/guess-budget.ts'
import type { LockoutPolicy } from '../policy/policies.ts'
import type { UnixMs } from '../time.ts'
import type { User } from './user.ts'

/** Why this user cannot log in now, whatever the passcode; undefined = can. */
export function userHindrance(user: User, policy: LockoutPolicy, now: UnixMs): Reason | undefined {
  if (!user.enabled) return 'user-disabled'
  if (user.startsAt !== null && now < user.startsAt) return 'user-expired'
  if (user.expiresAt !== null && now >= user.expiresAt) return 'user-expired'
  return effectiveLock(user.guesses, policy, now) === undefined ? undefined : 'user-locked'
}
