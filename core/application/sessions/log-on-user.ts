import type { AuditEntry, Question, Reason } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authenticate, type LoginRequest } from '../authentication/authenticate.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { uniqueId } from '../unique-id.ts'
import { checkPassword } from './check-password.ts'
import { countWrongPassword } from './count-wrong-password.ts'
import type { LogOnPorts } from './log-on-administrator.ts'

export type UserLogOn =
  | { readonly outcome: 'logged-on'; readonly userId: string }
  | {
      readonly outcome: 'question'
      readonly reason: Reason
      readonly continuation: string
      readonly question: Question
    }
  | { readonly outcome: 'refused'; readonly reason: Reason | 'method-off' }

/** Log-on to the Self-Service Console with the password, where the settings allow it. It counts against the lockout. */
export async function logOnByPassword(
  ports: LogOnPorts,
  origin: AdministrationContext,
  request: { readonly username: string; readonly password: string },
): Promise<UserLogOn> {
  if (!(await settingInForce(ports.administration.read, 'self_service.log_on.password')))
    return { outcome: 'refused', reason: 'method-off' }
  const { user, good, reason } = await checkPassword(ports, request)
  if (user !== undefined && reason === 'wrong-passcode') await countWrongPassword(ports, user.user.id)
  await auditPassword(ports, origin, { username: request.username, user, good, reason })
  return good && user !== undefined ? { outcome: 'logged-on', userId: user.user.id } : { outcome: 'refused', reason }
}

/**
 * Log-on to the Self-Service Console with a passcode, or the answer to a question in it. An emergency access tokencode is spent
 * also where the settings do not let it log on here: it was typed as one.
 */
export async function logOnByPasscode(
  ports: LogOnPorts,
  origin: AdministrationContext,
  request: Pick<LoginRequest, 'username' | 'entry'>,
): Promise<UserLogOn> {
  const { read } = ports.administration
  if (!(await settingInForce(read, 'self_service.log_on.passcode'))) return { outcome: 'refused', reason: 'method-off' }
  const { clientAddress, requestId } = origin
  const result = await authenticate(ports.authentication, {
    ...request,
    origin: {
      actor: { type: 'agent', id: 'self-service-console', name: 'Self-Service Console' },
      ...(clientAddress !== undefined && { clientAddress }),
      ...(requestId !== undefined && { requestId }),
    },
  })
  const { reason } = result
  switch (result.outcome) {
    case 'reject':
      return { outcome: 'refused', reason }
    case 'challenge':
      return { outcome: 'question', reason, continuation: result.sealedChallenge, question: result.question }
    case 'accept': {
      const byEmergency = reason === 'emergency-code-accepted'
      if (byEmergency && !(await settingInForce(read, 'self_service.log_on.emergency_code')))
        return { outcome: 'refused', reason: 'method-off' }
      return { outcome: 'logged-on', userId: result.user.id }
    }
  }
}

interface Tried {
  readonly username: string
  readonly user: ManagedUser | undefined
  readonly good: boolean
  readonly reason: Reason
}

/** A log-on by password is a log-on: "was this you?" shows it. */
export async function auditPassword(
  ports: LogOnPorts,
  { clientAddress, requestId }: AdministrationContext,
  { username, user, good, reason }: Tried,
): Promise<void> {
  const entry: AuditEntry = {
    id: uniqueId(ports),
    at: ports.clock.now(),
    actor: { type: 'agent', id: 'self-service-console', name: 'Self-Service Console' },
    agent: 'Self-Service Console',
    action: 'authenticate',
    outcome: good ? 'success' : 'failure',
    reason,
    username: user?.user.username ?? username.slice(0, 255),
    ...(user && { userId: user.user.id, securityDomainId: user.user.securityDomainId }),
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
    after: { method: 'password' },
  }
  await ports.administration.transaction(async (tx) => tx.audit(entry))
}
