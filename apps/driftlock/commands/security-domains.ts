import { type AdministrationReader, ROOT_SECURITY_DOMAIN_ID, type SecurityDomain } from '@driftlock/application'
import { CommandError, wrongUsage } from '../terminal/command-error.ts'

/** The security domain somebody names by id, by name, or by path (`Sales/Berlin`) where names are not unique. */
export async function securityDomainNamed(
  { securityDomains }: Pick<AdministrationReader, 'securityDomains'>,
  name: string | undefined,
): Promise<SecurityDomain> {
  const all = await securityDomains.all()
  const wanted = name ?? ROOT_SECURITY_DOMAIN_ID
  const byId = all.find(({ id }) => id === wanted)
  if (byId !== undefined) return byId
  const found = all.filter((domain) => domain.name === wanted || pathOf(domain, all) === wanted)
  const [first, ...others] = found
  if (first === undefined)
    throw new CommandError(
      'not-found',
      'NOT_FOUND',
      `There is no security domain "${wanted}". List them with: driftlock domain list`,
    )
  if (others.length === 0) return first
  const paths = found.map((domain) => pathOf(domain, all)).join(', ')
  throw wrongUsage(`There are several security domains "${wanted}": write one of ${paths}.`)
}

/** `Sales/Berlin`; the root is not named in it. */
export function pathOf(domain: SecurityDomain, all: readonly SecurityDomain[]): string {
  const names = [domain.name]
  for (let above = domain; above.parentId !== null; ) {
    const parent = all.find(({ id }) => id === above.parentId)
    if (parent === undefined || parent.parentId === null) break
    names.unshift(parent.name)
    above = parent
  }
  return names.join('/')
}

/** Names of domains for people, by id; the id itself for one that is gone. */
export async function domainNames({
  securityDomains,
}: Pick<AdministrationReader, 'securityDomains'>): Promise<(id: string) => string> {
  const all = await securityDomains.all()
  const names = new Map(all.map((domain) => [domain.id, pathOf(domain, all)]))
  return (id) => names.get(id) ?? id
}

/** The ids of a domain and everything below it. */
export function subtreeOf(domain: SecurityDomain, all: readonly SecurityDomain[]): readonly string[] {
  const ids = [domain.id]
  for (const id of ids) ids.push(...all.filter(({ parentId }) => parentId === id).map((child) => child.id))
  return ids
}
