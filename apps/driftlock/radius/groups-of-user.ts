import { type AdministrationReader, loginName, type SecurityDomain } from '@driftlock/application'

/**
 * The groups a RADIUS client may be restricted to: the user's security domain and every domain above it, by name.
 * `undefined` = nobody has this login name.
 */
export async function groupsOfUser(
  { users, securityDomains }: Pick<AdministrationReader, 'users' | 'securityDomains'>,
  username: string,
): Promise<readonly string[] | undefined> {
  const found = await users.findByLoginName(loginName(username))
  return found && domainPath(await securityDomains.all(), found.user.securityDomainId)
}

/** Names from this security domain up to the root. */
export function domainPath(domains: readonly SecurityDomain[], securityDomainId: string): readonly string[] {
  const byId = new Map(domains.map((domain) => [domain.id, domain]))
  const names: string[] = []
  let domain: SecurityDomain | undefined = byId.get(securityDomainId)
  while (domain !== undefined) {
    names.push(domain.name)
    byId.delete(domain.id) // a ring in a damaged tree ends here
    domain = domain.parentId === null ? undefined : byId.get(domain.parentId)
  }
  return names
}
