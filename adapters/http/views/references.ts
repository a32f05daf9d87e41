import type { AdministrationReader, ManagedUser } from '@driftlock/application'
import type { DomainReference, UserReference } from '@driftlock/contracts'
import { domainPath, type DomainTree, domainTree } from '@driftlock/domain'

/** Looks up what answers name, once per answer. */
export interface Names {
  domain(id: string): DomainReference
  user(id: string | null): UserReference | null
}

/** @param userIds Users the answer will name. */
export async function namesFor(read: AdministrationReader, userIds: readonly (string | null)[]): Promise<Names> {
  const tree = domainTree(await read.securityDomains.all())
  const wanted = [...new Set(userIds.filter((id) => id !== null))]
  const users = new Map((wanted.length === 0 ? [] : await read.users.findMany(wanted)).map((one) => [one.user.id, one]))
  return {
    domain: (id) => domainReferenceIn(tree, id),
    user: (id) => {
      const found = id === null ? undefined : users.get(id)
      return found === undefined ? null : userReferenceOf(found)
    },
  }
}

export function domainReferenceIn(tree: DomainTree, id: string): DomainReference {
  const found = tree.get(id)
  return { id, name: found?.name ?? id, path: found === undefined ? id : domainPath(id, tree) }
}

export function userReferenceOf(user: ManagedUser): UserReference {
  return { id: user.user.id, username: user.user.username, displayName: displayNameOf(user) }
}

export function displayNameOf({ user, firstName, lastName }: ManagedUser): string {
  return `${firstName} ${lastName}`.trim() || user.username
}
