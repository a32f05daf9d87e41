import type { SecurityDomain } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { loginName } from '../ports/login-name.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

/** @param token its id or its serial. @throws ApplicationError `NOT_FOUND`. */
export async function findToken(
  { tokens }: Pick<AdministrationReader, 'tokens'>,
  token: string,
): Promise<ManagedToken> {
  const found = (await tokens.find(token)) ?? (await tokens.findBySerial(token))
  if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'token', id: token })
  return found
}

/** @param user the id, the user id or an alias. @throws ApplicationError `NOT_FOUND`. */
export async function findUser({ users }: Pick<AdministrationReader, 'users'>, user: string): Promise<ManagedUser> {
  const found = (await users.find(user)) ?? (await users.findByLoginName(loginName(user)))
  if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'user', id: user })
  return found
}

/** The owner of a token; undefined when it is assigned to nobody. */
export async function ownerOf(
  { users }: Pick<AdministrationReader, 'users'>,
  { record }: ManagedToken,
): Promise<ManagedUser | undefined> {
  return record.userId === null ? undefined : users.find(record.userId)
}

/** @throws ApplicationError `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`. */
export async function requireOwner(
  reader: Pick<AdministrationReader, 'users'>,
  token: ManagedToken,
): Promise<ManagedUser> {
  if (token.record.userId === null) throw new ApplicationError('TOKEN_NOT_ASSIGNED', { serial: token.record.serial })
  return findUser(reader, token.record.userId)
}

/** @throws ApplicationError `NOT_FOUND`. */
export async function requireSecurityDomain(
  { securityDomains }: Pick<AdministrationReader, 'securityDomains'>,
  id: string,
): Promise<SecurityDomain & { readonly notes: string; readonly version: number }> {
  const found = await securityDomains.find(id)
  if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'security-domain', id })
  return found
}
