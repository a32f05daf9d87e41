import { type Reason, userHindrance } from '@driftlock/domain'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import { loginName } from '../ports/login-name.ts'
import type { PasswordHasher } from '../ports/password-hasher.ts'
import type { ManagedUser, PasswordRecord } from '../ports/user-store.ts'

export type PasswordPorts = AdministrationPorts & { readonly passwords: PasswordHasher }

export interface CheckedPassword {
  /** Absent = nobody of this name. */
  readonly user: ManagedUser | undefined
  readonly record: PasswordRecord | undefined
  /** The password is right and the account open. */
  readonly good: boolean
  /** Why not, for the log: never for the one who asks. */
  readonly reason: Reason
}

// argon2id of random bytes that nobody kept: an unknown user costs as much as a known one.
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$YF3R6FOdFPvT06czLmafxg$t0xlrEQpMDaXxlYGuakKLAzYznvitm1h2DvpKJJqKLg'

/** Looks at a password with the same work whether or not there is such a user or password. Changes nothing. */
export async function checkPassword(
  ports: PasswordPorts,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<CheckedPassword> {
  const { read } = ports.administration
  const user = await read.users.findByLoginName(loginName(username))
  const record = user && (await read.users.password(user.user.id))
  const fits = await ports.passwords.verify(password, record?.hash ?? NOBODYS_HASH)
  const good = fits && record !== undefined
  if (user === undefined) return { user, record, good: false, reason: 'user-unknown' }
  const { lockout } = policiesInForce(await policyGround(read), user.user.securityDomainId)
  const hindrance = userHindrance(user.user, lockout, ports.clock.now())
  if (hindrance !== undefined) return { user, record, good: false, reason: hindrance }
  return { user, record, good, reason: good ? 'passcode-accepted' : 'wrong-passcode' }
}
