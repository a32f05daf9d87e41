import { effectivePolicy, endedLocksBeganBy, type UnixMs } from '@driftlock/domain'
import { type PolicyReader, policyGround, wholePolicies } from '../policies/policies-in-force.ts'
import type { EndedLocks, LockedNow, UserFilter } from '../ports/user-store.ts'

/** What users are looked for by; whether they are locked is asked as of an instant. */
export type UserSearch = Omit<UserFilter, 'locked'> & { readonly locked?: boolean }

/** The search as the store can answer it: with the lockout policies that hold now in each security domain. */
export async function userFilterNow(
  read: PolicyReader,
  { locked, ...search }: UserSearch,
  now: UnixMs,
): Promise<UserFilter> {
  return locked === undefined ? search : { ...search, locked: await lockedNow(read, locked, now) }
}

/** Who is locked now, or who is not, by the policies in force; no job and no log-on has to clear a lock that ended. */
async function lockedNow(read: PolicyReader, locked: boolean, now: UnixMs): Promise<LockedNow> {
  const ground = await policyGround(read)
  const { domains } = ground
  const assignments = wholePolicies(ground)
  const byInstant = Map.groupBy(domains.keys(), (domainId) =>
    endedLocksBeganBy(effectivePolicy('lockout', { domainId, domains, assignments }).policy, now),
  )
  const ended = [...byInstant].flatMap(([beganBy, ids]): EndedLocks[] => {
    if (beganBy === null) return []
    return [ids.length === domains.size ? { beganBy } : { beganBy, securityDomainIds: ids }]
  })
  return { locked, ended }
}
