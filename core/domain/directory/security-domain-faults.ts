import { normaliseName } from './name.ts'
import { domainChain, type DomainTree, isWithin, type SecurityDomain } from './security-domain.ts'

/** Why a security domain cannot be saved: a closed list. */
export const SECURITY_DOMAIN_FAULTS = {
  name: 'name: enter 1 to 128 characters without ">" and without invisible characters.',
  'duplicate-name': 'name: the parent already has a security domain of this name.',
  'unknown-parent': 'parent: there is no such security domain.',
  circle: 'parent: a security domain cannot lie below itself.',
  'too-deep': 'parent: security domains can be nested 16 deep.',
  root: 'parent: the root stays the root, and there is one root only.',
} as const satisfies Record<string, string>

export type SecurityDomainFault = keyof typeof SECURITY_DOMAIN_FAULTS

const MAX_NAME_LENGTH = 128
const MAX_DEPTH = 16

/**
 * What forbids adding this domain to the tree, or changing the one with its id to it; empty = it may be saved. Saving
 * only domains without faults keeps a tree a tree.
 */
export function securityDomainFaults(domain: SecurityDomain, tree: DomainTree): SecurityDomainFault[] {
  const name = normaliseName(domain.name, MAX_NAME_LENGTH)
  const faults = placeFaults(domain, tree)
  if (name === undefined || name.text.includes('>')) return ['name', ...faults]
  const twin = [...tree.values()].some(
    (other) =>
      other.id !== domain.id &&
      other.parentId === domain.parentId &&
      normaliseName(other.name, MAX_NAME_LENGTH)?.key === name.key,
  )
  return twin ? ['duplicate-name', ...faults] : faults
}

function placeFaults(domain: SecurityDomain, tree: DomainTree): SecurityDomainFault[] {
  const { id, parentId } = domain
  const others = [...tree.values()].filter((other) => other.id !== id)
  const rootIsOther = others.some((other) => other.parentId === null)
  if (parentId === null) return rootIsOther ? ['root'] : []
  if (parentId === id) return ['circle']
  if (!tree.has(parentId)) return ['unknown-parent']
  if (!rootIsOther) return ['root']
  if (tree.has(id) && isWithin(parentId, id, tree)) return ['circle']
  return domainChain(parentId, tree).length + heightOf(id, tree) > MAX_DEPTH ? ['too-deep'] : []
}

/** Levels of a domain and what lies below it; 1 for one that is new. */
function heightOf(id: string, tree: DomainTree): number {
  const below = [...tree.keys()].map((other) => domainChain(other, tree).findIndex((above) => above.id === id) + 1)
  return Math.max(1, ...below)
}
