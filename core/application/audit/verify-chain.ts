import type { AuditEntry } from '@driftlock/domain'
import type { ChainHead } from '../ports/audit-chain.ts'
import type { AuditProof } from '../ports/audit-proof.ts'
import type { AuditLink, ChainCheckpoint } from '../ports/audit-store.ts'
import { type AuditFault, type ChainStand, isFault, type NextLink, startOfChain, walk } from './chain-walk.ts'
import { sameBytes } from './same-bytes.ts'

export type AuditColumns = Readonly<Record<string, string | number | null>>

/** One chain as it lies in the store. */
export interface ChainSource {
  readonly chainId: string
  /** In the order of the store. */
  readonly links: AsyncIterable<AuditLink> | Iterable<AuditLink>
  /** Those of the store and those that were kept elsewhere (logs, backups). */
  readonly checkpoints: readonly ChainCheckpoint[]
  /** What the store says the chain's last record is, asked once all links were read; `undefined` if it knows none. */
  readonly head: () => ChainHead | undefined
  /** Begin here instead of at the start (`standAt`). */
  readonly from?: ChainStand
  /** What the store's search columns must hold for an entry. */
  readonly columnsOf?: (entry: AuditEntry) => AuditColumns
}

export interface ChainReport {
  readonly chainId: string
  /** Records that were proved, pruned ones included. */
  readonly records: number
  readonly pruned: number
  readonly checkpoints: number
  /** Records after the last checkpoint: an attacker with the MAC key could still change these. */
  readonly unsigned: number
  /** Of the last record that was proved; 0 = none. */
  readonly lastSequence: number
  /** Absent = nothing is wrong. */
  readonly fault?: AuditFault
}

/**
 * Walks along one chain and names the first record that was changed, moved, taken out or put in, or the place where the
 * end was cut off.
 * @param onRecord Called after each record with its sequence, for progress.
 */
export async function verifyChain(
  proof: AuditProof,
  source: ChainSource,
  onRecord?: (sequence: number) => void,
): Promise<ChainReport> {
  const tally = { records: 0, pruned: 0, checkpoints: 0, signed: source.from?.sequence ?? 0 }
  let stand = source.from ?? startOfChain(source.chainId)
  const begun = stand.sequence
  const report = (fault?: AuditFault): ChainReport => {
    const { signed, ...counts } = tally
    const lastSequence = stand.sequence
    return {
      chainId: source.chainId,
      ...counts,
      unsigned: lastSequence - signed,
      lastSequence,
      ...(fault && { fault }),
    }
  }
  const signedAt = Map.groupBy(source.checkpoints, ({ sequence }) => sequence)
  for await (const next of withFollowing(source.links)) {
    const { link } = next
    const result = walk(proof, stand, next)
    if (isFault(result)) return report(result)
    stand = result
    const fault = columnFault(source, link) ?? checkpointFault(proof, stand, signedAt.get(stand.sequence))
    if (fault !== undefined) return report(fault)
    tally.records++
    if (link.record === null) tally.pruned++
    const signed = signedAt.get(stand.sequence)?.length ?? 0
    if (signed > 0) tally.signed = stand.sequence
    tally.checkpoints += signed
    onRecord?.(stand.sequence)
  }
  return report(endFault(source, stand, begun))
}

function checkpointFault(
  proof: AuditProof,
  stand: ChainStand,
  checkpoints: readonly ChainCheckpoint[] = [],
): AuditFault | undefined {
  const { chainId, sequence } = stand
  for (const checkpoint of checkpoints) {
    const sum = proof.signedSum(checkpoint)
    if (sum === undefined) {
      return { chainId, sequence, kind: 'checkpoint-forged', text: 'The signature of the checkpoint here is not good.' }
    }
    if (!sameBytes(sum, stand.sum) || !sameBytes(checkpoint.mac, stand.mac)) {
      return { chainId, sequence, kind: 'changed', text: 'The records up to here are not those the checkpoint signed.' }
    }
  }
  return undefined
}

/** The end of the chain must reach both what the store and what every signed checkpoint says. */
function endFault(
  { chainId, checkpoints, head: lastHead }: ChainSource,
  stand: ChainStand,
  begun: number,
): AuditFault | undefined {
  const { sequence } = stand
  const head = lastHead()
  const signed = checkpoints.reduce((highest, checkpoint) => Math.max(highest, checkpoint.sequence), begun)
  if (signed > sequence) {
    const text = `The chain ends at record ${sequence}, but a checkpoint signed record ${signed}: the end was cut off.`
    return { chainId, sequence: sequence + 1, kind: 'truncated', text }
  }
  const headSequence = head?.sequence ?? 0
  if (headSequence > sequence) {
    const text = `The chain ends at record ${sequence}, but ${headSequence} records were written: the end was cut off.`
    return { chainId, sequence: sequence + 1, kind: 'truncated', text }
  }
  if (headSequence < sequence) {
    const text = `The chain was written up to record ${headSequence}, but goes on to ${sequence}, or its head was set back.`
    return { chainId, sequence: headSequence + 1, kind: 'inserted', text }
  }
  if (head !== undefined && !sameBytes(head.mac, stand.mac)) {
    return { chainId, sequence, kind: 'changed', text: 'The last record is not the one the head of the chain names.' }
  }
  return undefined
}

function columnFault({ chainId, columnsOf }: ChainSource, link: AuditLink): AuditFault | undefined {
  if (link.record === null) return undefined
  const entry = entryOf(link.record)
  if (entry === undefined) return { chainId, sequence: link.sequence, kind: 'changed', text: 'The record is not JSON.' }
  const stored: AuditColumns = { id: link.id, ...(columnsOf && link.columns) }
  const expected: AuditColumns = { ...columnsOf?.(entry), id: entry.id }
  const wrong = Object.keys(stored).find((name) => stored[name] !== expected[name])
  if (wrong === undefined) return undefined
  const text = `The search column ${wrong} does not agree with the record: searches would not find it, or show it wrongly.`
  return { chainId, sequence: link.sequence, kind: 'changed', text }
}

function entryOf(record: string): AuditEntry | undefined {
  try {
    return JSON.parse(record) as AuditEntry // what this product wrote, or a checkpoint will show that it is not
  } catch {
    return undefined
  }
}

async function* withFollowing(links: ChainSource['links']): AsyncGenerator<NextLink> {
  let link: AuditLink | undefined
  for await (const following of links) {
    if (link !== undefined) yield { link, following }
    link = following
  }
  if (link !== undefined) yield { link, following: undefined }
}
