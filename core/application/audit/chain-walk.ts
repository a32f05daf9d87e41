import type { AuditProof } from '../ports/audit-proof.ts'
import type { AuditLink, ChainCheckpoint } from '../ports/audit-store.ts'
import { sameBytes } from './same-bytes.ts'

/** What is wrong with a chain, at the first place where something is. */
export interface AuditFault {
  readonly chainId: string
  readonly sequence: number
  readonly kind: 'changed' | 'missing' | 'inserted' | 'reordered' | 'truncated' | 'checkpoint-forged' | 'key-unknown'
  /** For people: what was found. */
  readonly text: string
}

/** Where a walk along a chain stands. */
export interface ChainStand {
  readonly chainId: string
  readonly sequence: number
  readonly mac: Uint8Array
  /** See `AuditProof.accumulate`. */
  readonly sum: Uint8Array
  /** A whole record was seen: no pruned one may follow. */
  readonly pastPruned: boolean
}

export function startOfChain(chainId: string): ChainStand {
  return { chainId, sequence: 0, mac: new Uint8Array(32), sum: new Uint8Array(32), pastPruned: false }
}

/** A walk may begin at a checkpoint whose signature is good instead of at the start. */
export function standAt(proof: AuditProof, checkpoint: ChainCheckpoint): ChainStand | undefined {
  const sum = proof.signedSum(checkpoint)
  if (sum === undefined) return undefined
  const { chainId, sequence, mac } = checkpoint
  return { chainId, sequence, mac, sum, pastPruned: false }
}

export function isFault(result: ChainStand | AuditFault): result is AuditFault {
  return 'kind' in result
}

/** The next link of a chain. */
export interface NextLink {
  readonly link: AuditLink
  /** The link after it, to tell what was done here; `undefined` at the end. */
  readonly following: AuditLink | undefined
}

/** Takes one link. @returns the new stand, or the fault at this place. */
export function walk(proof: AuditProof, stand: ChainStand, next: NextLink): ChainStand | AuditFault {
  const { link } = next
  const expected = stand.sequence + 1
  const fault = (kind: AuditFault['kind'], text: string, sequence = expected): AuditFault => {
    return { chainId: stand.chainId, sequence, kind, text }
  }
  if (link.chainId !== stand.chainId) return fault('inserted', `A record of chain ${link.chainId} lies here.`)
  if (link.sequence > expected) return fault('missing', `Record ${expected} is missing; ${link.sequence} comes next.`)
  if (link.sequence === stand.sequence)
    return fault('inserted', `Record ${link.sequence} is there twice.`, link.sequence)
  if (link.sequence < expected)
    return fault('reordered', `Record ${link.sequence} lies after record ${stand.sequence}.`)
  const digest = digestOf(proof, link)
  if (digest === undefined) return fault('missing', 'Neither the record nor the digest of a pruned one is there.')
  if (link.record === null && stand.pastPruned) {
    return fault(
      'missing',
      'The content was removed although older records still have theirs: retention does not do that.',
    )
  }
  if (proof.knowsMacKeys) {
    const mac = proof.mac({ ...link, previousMac: stand.mac, digest })
    if (mac === undefined) return fault('key-unknown', `The key ring has no audit key ${link.keyId}.`)
    if (!sameBytes(mac, link.mac)) return { ...fault('changed', ''), ...diagnose(proof, stand, next) }
  }
  const sum = proof.accumulate(stand.sum, { sequence: expected, mac: link.mac, digest })
  return { chainId: stand.chainId, sequence: expected, mac: link.mac, sum, pastPruned: link.record !== null }
}

/** The MAC at this place does not fit: what was done? The neighbour tells, because its own MAC still says where it stood. */
function diagnose(
  proof: AuditProof,
  stand: ChainStand,
  { link, following }: NextLink,
): Pick<AuditFault, 'kind' | 'text'> {
  const here = stand.sequence + 1
  const fits = (
    candidate: AuditLink,
    mac: Uint8Array,
    place: { sequence: number; previousMac: Uint8Array },
  ): boolean => {
    const digest = digestOf(proof, candidate)
    if (digest === undefined) return false
    const made = proof.mac({ keyId: candidate.keyId, chainId: stand.chainId, digest, ...place })
    return made !== undefined && sameBytes(made, mac)
  }
  if (following !== undefined) {
    const first = { sequence: here, previousMac: stand.mac }
    const second = { sequence: here + 1, previousMac: following.mac }
    const contentsSwapped = fits(following, link.mac, first)
    if (contentsSwapped || (fits(following, following.mac, first) && fits(link, link.mac, second))) {
      return { kind: 'reordered', text: `Records ${here} and ${here + 1} changed places.` }
    }
    if (fits(following, following.mac, first)) {
      return { kind: 'inserted', text: `A record was put in here; the true record ${here} was moved to ${here + 1}.` }
    }
    if (fits(following, following.mac, { sequence: here + 2, previousMac: link.mac })) {
      return { kind: 'missing', text: `Record ${here} was taken out and the later ones renumbered.` }
    }
  }
  return { kind: 'changed', text: 'The record is not the one that was written.' }
}

function digestOf(proof: AuditProof, link: AuditLink): Uint8Array | undefined {
  return link.record === null ? (link.digest ?? undefined) : proof.digest(link.record)
}
