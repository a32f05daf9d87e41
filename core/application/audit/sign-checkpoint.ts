import type { AuditProof, CheckpointSigner } from '../ports/audit-proof.ts'
import type { AuditRepository, ChainCheckpoint } from '../ports/audit-store.ts'
import type { Clock } from '../ports/clock.ts'
import { type AuditFault, type ChainStand, isFault, standAt, startOfChain, walk } from './chain-walk.ts'

/** Records looked at in one go: the process has other work between two pages. */
const PAGE = 200

export interface CheckpointPorts {
  readonly auditLog: Pick<AuditRepository, 'links' | 'checkpoints' | 'addCheckpoint'>
  readonly proof: AuditProof
  readonly signer: CheckpointSigner
  readonly clock: Clock
}

/**
 * Signs where a chain stands: from time to time, at shutdown, before pruning, on demand. The records since the last checkpoint
 * are verified first; a broken chain is not signed.
 * @param isTimeUp Asked after every page: the records verified so far are signed, the rest next time.
 * @returns the new checkpoint, the last one if no record came since, `undefined` for an empty chain, or the fault.
 */
export async function signCheckpoint(
  ports: CheckpointPorts,
  chainId: string,
  isTimeUp: () => boolean = () => false,
): Promise<ChainCheckpoint | AuditFault | undefined> {
  const last = (await ports.auditLog.checkpoints(chainId)).reduce<ChainCheckpoint | undefined>(
    (latest, checkpoint) => (checkpoint.sequence > (latest?.sequence ?? 0) ? checkpoint : latest),
    undefined,
  )
  const start = last === undefined ? startOfChain(chainId) : standAt(ports.proof, last)
  if (start === undefined) {
    const text = 'The signature of the last checkpoint is not good.'
    return { chainId, sequence: last?.sequence ?? 0, kind: 'checkpoint-forged', text }
  }
  const stand = await walkOn(ports, start, isTimeUp)
  if (isFault(stand)) return stand
  if (stand.sequence === start.sequence) return last
  const checkpoint = ports.signer.sign({ ...stand, at: ports.clock.now() })
  await ports.auditLog.addCheckpoint(checkpoint)
  return checkpoint
}

async function walkOn(
  { auditLog, proof }: CheckpointPorts,
  start: ChainStand,
  isTimeUp: () => boolean,
): Promise<ChainStand | AuditFault> {
  let stand = start
  for (;;) {
    const links = await auditLog.links(start.chainId, stand.sequence, PAGE)
    for (const [at, link] of links.entries()) {
      const result = walk(proof, stand, { link, following: links[at + 1] })
      if (isFault(result)) return result
      stand = result
    }
    if (links.length < PAGE || isTimeUp()) return stand
  }
}
