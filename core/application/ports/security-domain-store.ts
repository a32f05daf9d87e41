/** The root of the tree; it always exists. */
export const ROOT_SECURITY_DOMAIN_ID = 'root'
/** The identity source for users kept in the store itself; it always exists. */
export const INTERNAL_IDENTITY_SOURCE_ID = 'internal'

/** A node of the tree that users, tokens, agents and the scope of administrators hang on. */
export interface SecurityDomain {
  readonly id: string
  readonly name: string
  /** null only for the root. */
  readonly parentId: string | null
  readonly notes: string
  /** Version read; writes raise it by one. */
  readonly version: number
}

/** Where users come from. `internal` is the store itself. */
export interface IdentitySource {
  readonly id: string
  readonly name: string
  readonly kind: 'internal' | 'ldap'
  /** Settings of the source as JSON, without secrets. */
  readonly configuration: unknown
  readonly version: number
}

export interface SecurityDomainQueries {
  find(id: string): Promise<SecurityDomain | undefined>
  /** The whole tree (some hundreds at most), in the order of the name. */
  all(): Promise<readonly SecurityDomain[]>
  identitySources(): Promise<readonly IdentitySource[]>
}

export interface SecurityDomainRepository extends SecurityDomainQueries {
  /** Names are unique among siblings. @throws StoreError `ALREADY_EXISTS`, `REFERENCE_BROKEN`. */
  insert(domain: SecurityDomain): Promise<void>
  /** @throws StoreError `STALE_VERSION`, `ALREADY_EXISTS`. */
  update(domain: SecurityDomain): Promise<void>
  /** Must be empty. @throws StoreError `REFERENCE_BROKEN`. */
  remove(id: string): Promise<void>
  saveIdentitySource(source: IdentitySource): Promise<void>
}
