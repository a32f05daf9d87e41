import {
  type AuditChain,
  type AuditLink,
  type AuditRepository,
  type ChainCheckpoint,
  type ChainHead,
  emptyChain,
} from '@driftlock/application'
import type { AuditEntry, UnixMs } from '@driftlock/domain'

/** One audit chain in memory, open to every attack on what lies in a database. */
export class MemoryAuditLog
  implements Pick<AuditRepository, 'heads' | 'links' | 'checkpoints' | 'addCheckpoint' | 'lastSequenceBefore' | 'prune'>
{
  rows: AuditLink[] = []
  signed: ChainCheckpoint[] = []
  head: ChainHead
  readonly #chain: AuditChain

  constructor(chain: AuditChain) {
    this.#chain = chain
    this.head = emptyChain(chain.chainId)
  }

  append(entry: AuditEntry): void {
    const link = this.#chain.link(this.head, entry)
    const { chainId } = this.#chain
    this.rows.push({ chainId, id: entry.id, digest: null, columns: { action: entry.action }, ...link })
    this.head = { chainId, sequence: link.sequence, mac: link.mac }
  }

  async heads(): Promise<readonly ChainHead[]> {
    return [this.head]
  }

  async links(_chainId: string, above: number, limit: number): Promise<readonly AuditLink[]> {
    return this.rows.filter(({ sequence }) => sequence > above).slice(0, limit)
  }

  async checkpoints(): Promise<readonly ChainCheckpoint[]> {
    return this.signed
  }

  async addCheckpoint(checkpoint: ChainCheckpoint): Promise<void> {
    this.signed.push(checkpoint)
  }

  async lastSequenceBefore(_chainId: string, instant: UnixMs): Promise<number> {
    const kept = this.rows.find(({ record }) => record !== null && (JSON.parse(record) as AuditEntry).at >= instant)
    return kept === undefined ? this.head.sequence : kept.sequence - 1
  }

  async prune(_chainId: string, through: number, limit: number): Promise<number> {
    const due = this.rows.filter((row) => row.sequence <= through && row.record !== null).slice(0, limit)
    this.rows = this.rows.map((row) =>
      due.includes(row) ? { ...row, digest: this.#chain.digest(row.record ?? ''), record: null, columns: null } : row,
    )
    return due.length
  }
}
