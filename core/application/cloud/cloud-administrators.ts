import { addMs, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '@driftlock/domain'
import { accessSecretMac, accessSecretMacs, isAccessSecret } from '../access/access-secret.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { CloudAdministrator, CloudSession } from '../ports/cloud-subjects.ts'
import type { PasswordHasher } from '../ports/password-hasher.ts'
import { uniqueId } from '../unique-id.ts'
import { requireSoundPassword } from '../users/set-password.ts'
import { cloudEntry } from './cloud-entry.ts'
import { isSecondFactor } from './cloud-second-factor.ts'
import { type CloudContext, type CloudPorts, requireCompany, requireService } from './cloud-ports.ts'
import { base64url } from './connect-manager.ts'
import { requireName } from './companies.ts'
import { orAlreadyExists } from './or-already-exists.ts'
import { newRegistrationCode, plainRegistrationCode } from './registration-code.ts'

const SET_UP_CODE_MS = MS_PER_DAY
const SESSION_MS = 12 * MS_PER_HOUR
const IDLE_MS = 30 * MS_PER_MINUTE
const WRONG_PASSWORDS_TO_LOCK = 10
const LOCKED_MS = 15 * MS_PER_MINUTE
/** How stale `lastSeenAt` of a session may be: not every page is a write. */
const TOUCH_EVERY_MS = MS_PER_MINUTE

type PasswordPorts = CloudPorts & { readonly passwords: PasswordHasher }
type Origin = Pick<CloudContext, 'clientAddress' | 'requestId'>

/**
 * Creates an administrator of a company, or of the service when `companyId` is null, with a one-time set-up code that is
 * good for a day. @throws ApplicationError `NOT_AUTHORISED`, `NOT_FOUND`, `INVALID_INPUT`, `ALREADY_EXISTS`.
 */
export async function createCloudAdministrator(
  ports: CloudPorts,
  context: CloudContext,
  { name, companyId }: { readonly name: string; readonly companyId: string | null },
): Promise<{ readonly administrator: CloudAdministrator; readonly setUpCode: string }> {
  if (companyId === null) requireService(context)
  const setUpCode = newRegistrationCode(ports.random)
  const createdAt = ports.clock.now()
  const secret = plainRegistrationCode(setUpCode)
  const administrator: CloudAdministrator = {
    id: uniqueId(ports),
    name: requireName('name', name),
    companyId,
    passwordHash: null,
    setupCodeMac: accessSecretMac({ use: 'set-up-code', secret }, ports.keys.pinKeys()),
    setupCodeExpiresAt: addMs(createdAt, SET_UP_CODE_MS),
    wrongPasswords: 0,
    lockedUntil: null,
    createdAt,
    lastLogOnAt: null,
    secondFactorUserId: null,
    version: 1,
  }
  await orAlreadyExists({ type: 'administrator', field: 'name', value: name }, () =>
    ports.cloud.transaction(async (tx) => {
      if (companyId !== null) await requireCompany(tx, context, companyId)
      await tx.insertAdministrator(administrator)
      const act = { action: 'create-administrator', username: name, userId: administrator.id } as const
      tx.audit(cloudEntry(ports, context, { ...act, ...(companyId !== null && { companyId }) }))
    }),
  )
  return { administrator, setUpCode }
}

/** Spends a set-up code and sets the password. A wrong code and an unknown name give one answer. @throws ApplicationError. */
export async function useCloudSetUpCode(
  ports: PasswordPorts,
  origin: Origin,
  given: { readonly name: string; readonly setUpCode: string; readonly password: string },
): Promise<CloudAdministrator> {
  requireSoundPassword(given.password)
  const passwordHash = await ports.passwords.hash(given.password)
  const secret = plainRegistrationCode(given.setUpCode)
  return ports.cloud.transaction(async (tx) => {
    const found = await tx.administratorByName(given.name)
    const { setupCodeMac: mac = null, setupCodeExpiresAt: end = null } = found ?? {}
    const fits = mac !== null && isAccessSecret({ use: 'set-up-code', secret }, mac, ports.keys.pinKeys())
    if (found === undefined || !fits || end === null || end <= ports.clock.now())
      throw new ApplicationError('NOT_AUTHORISED', { permission: 'set-up', reason: 'setup-code' })
    const code = { setupCodeMac: null, setupCodeExpiresAt: null }
    const cleared = { ...code, wrongPasswords: 0, lockedUntil: null, secondFactorUserId: null }
    await tx.updateAdministrator({ ...found, ...cleared, passwordHash })
    await tx.deleteSessionsOf(found.id)
    tx.audit(cloudEntry(ports, { ...origin, actor: actorOf(found) }, logOnAct(found, { after: { setUp: true } })))
    return found
  })
}

/**
 * @param tokencode Of the app, for an administrator with a second factor; it is looked at only with the right password.
 * @returns the secret of a new session, or undefined: wrong name, password or tokencode, or locked for a quarter of an hour.
 */
export async function logOnCloudAdministrator(
  ports: PasswordPorts,
  origin: Origin,
  { name, password, tokencode = '' }: { readonly name: string; readonly password: string; readonly tokencode?: string },
): Promise<{ readonly secret: string; readonly administrator: CloudAdministrator } | undefined> {
  const found = await ports.cloud.read.administratorByName(name)
  // An unknown name takes the time of a wrong password.
  const hash = found?.passwordHash ?? null
  const fits = hash === null ? !(await ports.passwords.hash(password)) : await ports.passwords.verify(password, hash)
  if (found === undefined) return undefined
  const fault = fits ? await secondFactorFault(ports, origin, { administrator: found, tokencode }) : 'wrong-password'
  const secret = base64url(ports.random.bytes(32))
  const mac = accessSecretMac({ use: 'cloud-session', secret }, ports.keys.pinKeys())
  return ports.cloud.transaction(async (tx) => {
    const administrator = await tx.administrator(found.id)
    const now = ports.clock.now()
    if (administrator === undefined) return undefined
    const isLocked = administrator.lockedUntil !== null && administrator.lockedUntil > now
    const context = { ...origin, actor: actorOf(administrator) }
    const reason = isLocked ? 'locked' : fault
    if (reason !== undefined) {
      if (!isLocked) await tx.updateAdministrator(afterWrongPassword(administrator, now))
      tx.audit(cloudEntry(ports, context, logOnAct(administrator, { outcome: 'failure', reason })))
      return undefined
    }
    await tx.updateAdministrator({ ...administrator, wrongPasswords: 0, lockedUntil: null, lastLogOnAt: now })
    const expiresAt = addMs(now, SESSION_MS)
    await tx.insertSession({ mac, administratorId: administrator.id, createdAt: now, lastSeenAt: now, expiresAt })
    tx.audit(cloudEntry(ports, context, logOnAct(administrator, {})))
    return { secret, administrator }
  })
}

/** Nobody who is locked out uses a code up. @returns undefined = the tokencode is good, or none is asked for. */
async function secondFactorFault(
  ports: CloudPorts,
  origin: Origin,
  { administrator, tokencode }: { readonly administrator: CloudAdministrator; readonly tokencode: string },
): Promise<'wrong-tokencode' | undefined> {
  const { secondFactorUserId: userId, lockedUntil } = administrator
  const isLocked = lockedUntil !== null && lockedUntil > ports.clock.now()
  if (userId === null || isLocked) return undefined
  const by = { ...origin, actor: actorOf(administrator) }
  return (await isSecondFactor(ports, by, { userId, tokencode })) ? undefined : 'wrong-tokencode'
}

/**
 * A new set-up code for an administrator who lost the password or the app; whoever spends it has neither any more. The
 * password of before holds until then. @throws ApplicationError `NOT_AUTHORISED`, `NOT_FOUND`.
 */
export async function renewCloudSetUpCode(ports: CloudPorts, context: CloudContext, name: string): Promise<string> {
  requireService(context)
  const setUpCode = newRegistrationCode(ports.random)
  const secret = plainRegistrationCode(setUpCode)
  const setupCodeMac = accessSecretMac({ use: 'set-up-code', secret }, ports.keys.pinKeys())
  const setupCodeExpiresAt = addMs(ports.clock.now(), SET_UP_CODE_MS)
  await ports.cloud.transaction(async (tx) => {
    const found = await tx.administratorByName(name)
    if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'administrator', id: name })
    await tx.updateAdministrator({ ...found, setupCodeMac, setupCodeExpiresAt })
    const { id, companyId } = found
    const act = { action: 'renew-set-up-code', userId: id, username: found.name } as const
    tx.audit(cloudEntry(ports, context, { ...act, ...(companyId !== null && { companyId }) }))
  })
  return setUpCode
}

/** Who a session's secret belongs to; undefined when it has ended. */
export async function cloudAdministratorOf(
  ports: CloudPorts,
  secret: string,
): Promise<{ readonly administrator: CloudAdministrator; readonly session: CloudSession } | undefined> {
  const { read } = ports.cloud
  const session = await read.session(accessSecretMacs({ use: 'cloud-session', secret }, ports.keys.pinKeys()))
  const now = ports.clock.now()
  if (session === undefined || session.expiresAt <= now || now - session.lastSeenAt > IDLE_MS) return undefined
  const administrator = await read.administrator(session.administratorId)
  if (administrator === undefined) return undefined
  if (now - session.lastSeenAt > TOUCH_EVERY_MS) {
    await ports.cloud.transaction((tx) => tx.touchSession(session.mac, now))
  }
  return { administrator, session }
}

/** Ends a session. */
export async function logOffCloudAdministrator(ports: CloudPorts, origin: Origin, secret: string): Promise<void> {
  const found = await cloudAdministratorOf(ports, secret)
  if (found === undefined) return
  await ports.cloud.transaction(async (tx) => {
    await tx.deleteSession(found.session.mac)
    const act = { ...logOnAct(found.administrator, {}), action: 'log-off-administrator' } as const
    tx.audit(cloudEntry(ports, { ...origin, actor: actorOf(found.administrator) }, act))
  })
}

export function actorOf({ id, name }: CloudAdministrator) {
  return { type: 'administrator', id, name } as const
}

function afterWrongPassword(administrator: CloudAdministrator, now: Parameters<typeof addMs>[0]): CloudAdministrator {
  const wrongPasswords = administrator.wrongPasswords + 1
  if (wrongPasswords < WRONG_PASSWORDS_TO_LOCK) return { ...administrator, wrongPasswords }
  return { ...administrator, wrongPasswords: 0, lockedUntil: addMs(now, LOCKED_MS) }
}

interface LogOnFacts {
  readonly outcome?: 'failure'
  readonly reason?: string
  readonly after?: unknown
}

function logOnAct({ companyId, id, name }: CloudAdministrator, more: LogOnFacts) {
  const act = { action: 'log-on-administrator', userId: id, username: name, ...more } as const
  return { ...act, ...(companyId !== null && { companyId }) }
}
