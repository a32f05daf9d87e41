import { ApplicationError } from '../errors/application-error.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { ROOT_SECURITY_DOMAIN_ID } from '../ports/security-domain-store.ts'

export const SUPER_ADMIN_ROLE_ID = 'super-admin'

/** Enabled administrators who hold the super administrator's role over the whole tree. */
export async function superAdministrators({
  access,
}: Pick<AdministrationReader, 'access'>): Promise<readonly string[]> {
  const enabled = new Set((await access.administrators()).filter((one) => one.enabled).map(({ userId }) => userId))
  const holding = (await access.assignments()).filter(
    ({ roleId, securityDomainId, userId }) =>
      roleId === SUPER_ADMIN_ROLE_ID && securityDomainId === ROOT_SECURITY_DOMAIN_ID && enabled.has(userId),
  )
  return [...new Set(holding.map(({ userId }) => userId))]
}

/** Refuses to take away the last one. @throws ApplicationError `LAST_SUPER_ADMINISTRATOR`. */
export async function requireOtherSuperAdministrator(
  reader: Pick<AdministrationReader, 'access'>,
  userId: string,
): Promise<void> {
  const all = await superAdministrators(reader)
  if (all.length === 1 && all[0] === userId) throw new ApplicationError('LAST_SUPER_ADMINISTRATOR', { userId })
}
