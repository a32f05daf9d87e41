import type { MatchCandidate, MatchingAttribute } from '@driftlock/domain'
import { sql } from 'kysely'
import { userEmail } from '../administration/user-keys.ts'
import type { Queries } from '../engine.ts'

/** As they are indexed. */
const KEYS = { 'user-id': sql<string>`users.username_key`, email: userEmail } as const

/** Keys of one statement. */
const KEYS_AT_ONCE = 500

export interface Sought {
  readonly attribute: MatchingAttribute
  readonly keys: readonly string[]
  readonly reading: 'plain' | 'locked'
}

/** Users by the key of an attribute, through its index; users without the attribute are nobody's candidates. */
export async function candidatesIn(
  queries: Queries,
  { attribute, keys, reading }: Sought,
): Promise<ReadonlyMap<string, readonly MatchCandidate[]>> {
  const sought = KEYS[attribute]
  const wanted = [...new Set(keys)].filter((key) => key !== '')
  const found = new Map<string, MatchCandidate[]>()
  for (let from = 0; from < wanted.length; from += KEYS_AT_ONCE) {
    const query = queries
      .selectFrom('users')
      .innerJoin('identity_sources', 'identity_sources.id', 'users.identity_source_id')
      .select([sought.as('key'), 'users.id', 'users.security_domain_id', 'identity_sources.name'])
      .where(sought, 'in', wanted.slice(from, from + KEYS_AT_ONCE))
    const rows = await (reading === 'locked' ? query.forShare('users') : query).execute()
    for (const { key, id, security_domain_id, name } of rows) {
      const candidate = { userId: id, securityDomainId: security_domain_id, sourceName: name }
      const others = found.get(key)
      if (others === undefined) found.set(key, [candidate])
      else others.push(candidate)
    }
  }
  return found
}
