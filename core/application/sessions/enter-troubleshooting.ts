import { addMs, MS_PER_DAY } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AttemptMemory } from '../ports/operations-store.ts'
import { StoreError } from '../ports/store-error.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { checkPassword } from './check-password.ts'
import type { LogOnPorts } from './log-on-administrator.ts'
import { auditPassword, type UserLogOn } from './log-on-user.ts'

/** "Own lockout" (authentication-manager §5): this many wrong passwords, then nothing more for a day. */
const MAX_FAILURES = 5
const LOCKED_FOR_MS = MS_PER_DAY

export type TroubleshootingPorts = LogOnPorts & { readonly operations: { readonly attempts: AttemptMemory } }

/**
 * The entry to Troubleshoot without a log-on: user ID and password. Its lockout is its own, so that a troubled user who is
 * locked out of logging on can still get help, and guessing here locks nobody out of logging on.
 */
export async function enterTroubleshooting(
  ports: TroubleshootingPorts,
  origin: AdministrationContext,
  request: { readonly username: string; readonly password: string },
): Promise<UserLogOn> {
  if (!(await settingInForce(ports.administration.read, 'self_service.features.troubleshooting_links')))
    return { outcome: 'refused', reason: 'method-off' }
  const { user, record, reason } = await checkPassword(ports, request)
  const open = user?.user.enabled === true && reason !== 'user-expired'
  if (user === undefined || record === undefined || !open) return { outcome: 'refused', reason }
  // checkPassword says `user-locked` before it says whether the password is right; here the lock does not count.
  const good = await ports.passwords.verify(request.password, record.hash)
  const allowed = await countTry(ports, user.user.id, good)
  await auditPassword(ports, origin, {
    username: request.username,
    user,
    good: allowed && good,
    reason: allowed ? (good ? 'passcode-accepted' : 'wrong-passcode') : 'try-later',
  })
  return allowed && good
    ? { outcome: 'logged-on', userId: user.user.id }
    : { outcome: 'refused', reason: 'wrong-passcode' }
}

/** @returns false once too many tries failed; a good one forgets the others. */
async function countTry({ operations, clock }: TroubleshootingPorts, userId: string, good: boolean): Promise<boolean> {
  const { attempts } = operations
  const id = `troubleshooting:${userId}`
  const now = clock.now()
  for (;;) {
    const kept = await attempts.find(id, now)
    const failures = kept?.state[0] ?? 0
    if (failures >= MAX_FAILURES) return false
    if (good) {
      await attempts.take(id, now)
      return true
    }
    const next = { id, state: Uint8Array.of(failures + 1), expiresAt: addMs(now, LOCKED_FOR_MS) }
    if (kept !== undefined && (await attempts.advance({ ...next, version: kept.version + 1 }))) return true
    if (kept === undefined && (await inserted(attempts, { ...next, version: 1 }))) return true
  }
}

async function inserted(attempts: AttemptMemory, attempt: Parameters<AttemptMemory['insert']>[0]): Promise<boolean> {
  try {
    await attempts.insert(attempt)
    return true
  } catch (error) {
    if (error instanceof StoreError && error.code === 'ALREADY_EXISTS') return false
    throw error
  }
}
