/** Users, tokens, agents and policies live in security domains; a domain in an administrator's scope covers its sub-domains. */
export interface SecurityDomain {
  readonly id: string
  readonly name: string
  /** null = the root of the tree. */
  readonly parentId: string | null
}

/** Domains by id. A tree without faults has one root, and every domain leads up to it. */
export type DomainTree = ReadonlyMap<string, SecurityDomain>

/** Thrown when a domain does not lead up to the root: the stored tree is broken. */
export class DomainTreeError extends Error {
  readonly code = 'DOMAIN_TREE_BROKEN'
  readonly domainId: string
  constructor(domainId: string) {
    super(`securityDomain ${domainId}: its parents do not lead to the root; repair the tree of security domains`)
    this.name = 'DomainTreeError'
    this.domainId = domainId
  }
}

export function domainTree(domains: Iterable<SecurityDomain>): DomainTree {
  return new Map([...domains].map((domain) => [domain.id, domain]))
}

/**
 * The domain and all domains above it, the domain first and the root last.
 * @throws DomainTreeError for an unknown domain, a missing parent or a circle.
 */
export function domainChain(domainId: string, tree: DomainTree): readonly SecurityDomain[] {
  const chain: SecurityDomain[] = []
  for (let id: string | null = domainId; id !== null; ) {
    const domain = tree.get(id)
    if (domain === undefined || chain.length === tree.size) throw new DomainTreeError(domainId)
    chain.push(domain)
    id = domain.parentId
  }
  return chain
}

/** Whether a domain is another one or lies anywhere below it. */
export function isWithin(domainId: string, above: string, tree: DomainTree): boolean {
  return domainChain(domainId, tree).some(({ id }) => id === above)
}

/** Names from the root down, for people: `System > Sales > North`. */
export function domainPath(domainId: string, tree: DomainTree): string {
  return domainChain(domainId, tree)
    .map(({ name }) => name)
    .toReversed()
    .join(' > ')
}

/** The ids of a domain and everything below it, in the order of the tree map. */
export function domainsBelow(domainId: string, tree: DomainTree): readonly string[] {
  return [...tree.keys()].filter((id) => isWithin(id, domainId, tree))
}
