import { type AuditEntry, MS_PER_MINUTE, type Question, type Reason } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authenticate, type LoginRequest, type LoginResult } from '../authentication/authenticate.ts'
import type { AuthenticationPorts } from '../authentication/authentication-ports.ts'
import { loginName } from '../ports/login-name.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { textOf, utf8Of } from '../text-bytes.ts'
import { uniqueId } from '../unique-id.ts'
import { checkPassword, type PasswordPorts } from './check-password.ts'
import { countWrongPassword } from './count-wrong-password.ts'

export type LogOnPorts = PasswordPorts & { readonly authentication: AuthenticationPorts }

/** `refused` says nothing to the one who asks; the audit record has the reason. */
export type LogOn =
  | { readonly outcome: 'logged-on'; readonly userId: string; readonly mustChangePassword: boolean }
  | {
      readonly outcome: 'question'
      readonly reason: Reason
      readonly continuation: string
      readonly question: Question
    }
  | { readonly outcome: 'refused'; readonly reason: Reason }

/** What a right password is worth while the rest of the log-on goes on. */
const CONTINUATION_LIFETIME_MS = 10 * MS_PER_MINUTE

/**
 * Both factors of an administrator: the password, then a passcode of their own token, with next tokencode and new PIN where
 * they are due. Which factor was wrong is not said, and either counts against the lockout.
 */
export async function logOnAdministrator(
  ports: LogOnPorts,
  origin: AdministrationContext,
  request: { readonly username: string; readonly password: string; readonly passcode: string },
): Promise<LogOn> {
  const checked = await checkPassword(ports, request)
  const { user } = checked
  const administrator = user && (await ports.administration.read.access.administrator(user.user.id))
  if (user === undefined || !checked.good || administrator?.enabled !== true) {
    if (user !== undefined && checked.reason === 'wrong-passcode') await countWrongPassword(ports, user.user.id)
    await auditLogOn(ports, origin, { username: request.username, user, reason: checked.reason, outcome: 'failure' })
    return { outcome: 'refused', reason: checked.reason }
  }
  return goOn(ports, origin, { user, entry: { type: 'passcode', passcode: request.passcode } })
}

/** The answer to a question inside the log-on; the continuation proves that the password was right a moment ago. */
export async function answerAdministratorLogOn(
  ports: LogOnPorts,
  origin: AdministrationContext,
  request: { readonly username: string; readonly continuation: string; readonly answer: string },
): Promise<LogOn> {
  const user = await ports.administration.read.users.findByLoginName(loginName(request.username))
  const sealedChallenge = user && openContinuation(ports, user, request.continuation)
  if (user === undefined || sealedChallenge === undefined) return { outcome: 'refused', reason: 'challenge-expired' }
  return goOn(ports, origin, { user, entry: { type: 'answer', sealedChallenge, answer: request.answer } })
}

interface Going {
  readonly user: ManagedUser
  readonly entry: LoginRequest['entry']
}

async function goOn(ports: LogOnPorts, origin: AdministrationContext, { user, entry }: Going): Promise<LogOn> {
  const { id: userId, username } = user.user
  const result = await authenticate(ports.authentication, { username, entry, origin: loginOrigin(origin) })
  const { reason } = result
  if (result.outcome === 'challenge') {
    return {
      outcome: 'question',
      reason,
      question: result.question,
      continuation: sealContinuation(ports, user, result),
    }
  }
  const administrator = await ports.administration.read.access.administrator(userId)
  const accepted = result.outcome === 'accept' && administrator?.enabled === true
  await auditLogOn(ports, origin, { username, user, reason, outcome: accepted ? 'success' : 'failure' })
  if (!accepted) return { outcome: 'refused', reason }
  const record = await ports.administration.read.users.password(userId)
  return { outcome: 'logged-on', userId, mustChangePassword: record?.mustChange === true }
}

function loginOrigin({ clientAddress, requestId }: AdministrationContext): LoginRequest['origin'] {
  return {
    actor: { type: 'agent', id: 'security-console', name: 'Security Console' },
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
  }
}

type Challenged = Extract<LoginResult, { outcome: 'challenge' }>

function sealContinuation(ports: LogOnPorts, { user }: ManagedUser, { sealedChallenge }: Challenged): string {
  const content = JSON.stringify({ at: ports.clock.now(), sealedChallenge })
  return ports.keys.sealText('session', bounds(user.id), utf8Of(content))
}

function openContinuation({ keys, clock }: LogOnPorts, { user }: ManagedUser, text: string): string | undefined {
  const content = keys.openText('session', bounds(user.id), text)
  if (content === undefined) return undefined
  const { at, sealedChallenge } = JSON.parse(textOf(content)) as { at: number; sealedChallenge: string } // sealed above
  return clock.now() - at > CONTINUATION_LIFETIME_MS ? undefined : sealedChallenge
}

function bounds(userId: string): readonly string[] {
  return ['administrator-log-on', userId]
}

interface Logged {
  readonly username: string
  readonly user: ManagedUser | undefined
  readonly reason: Reason
  readonly outcome: 'success' | 'failure'
}

async function auditLogOn(ports: LogOnPorts, origin: AdministrationContext, logged: Logged): Promise<void> {
  const { username, user, reason, outcome } = logged
  const { clientAddress, requestId } = origin
  const now = ports.clock.now()
  const entry: AuditEntry = {
    id: uniqueId(ports),
    at: now,
    actor: { type: 'administrator', id: user?.user.id ?? '', name: username.slice(0, 255) },
    action: 'log-on-administrator',
    outcome,
    reason,
    ...(user && {
      userId: user.user.id,
      username: user.user.username,
      securityDomainId: user.user.securityDomainId,
    }),
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
  }
  await ports.administration.transaction(async (tx) => {
    const administrator = user && outcome === 'success' ? await tx.access.administrator(user.user.id) : undefined
    if (administrator !== undefined) await tx.access.updateAdministrator({ ...administrator, lastLogOnAt: now })
    tx.audit(entry)
  })
}
