import { setTimeout as sleep } from 'node:timers/promises'
import { type AuditChain, type CommitOutcome, type LookupAnswer, StoreError } from '@driftlock/application'
import type { HotEngine } from '../hot/batched-authentication-store.ts'
import type { PreparedJob } from '../hot/prepared-job.ts'
import { type ChainedRow, chainedRow } from '../rows/audit-row.ts'
import { bytes } from '../rows/values.ts'
import { COMMIT, commitValues, type FencedHead, type VerdictRow } from './commit-statement.ts'
import type { Lane } from './lane.ts'
import { lookup } from './lookup-statement.ts'
import { SINGLE_COMMIT, singleCommitValues } from './single-commit-statement.ts'
import { isConnectionLoss, isWorthRepeating, translatePostgresqlError } from './postgresql-error.ts'

const READ_HEAD = { name: 'read-head', text: 'SELECT sequence, mac, epoch FROM audit_chains WHERE chain_id = $1' }
const MAKE_HEAD = {
  name: 'make-head',
  text: 'INSERT INTO audit_chains (chain_id, sequence, mac, epoch) VALUES ($1, 0, $2, 0) ON CONFLICT (chain_id) DO NOTHING',
}
/** From now on no statement that was linked in an earlier epoch can commit; one that is about to is waited for. */
const FENCE = {
  name: 'fence',
  text: 'UPDATE audit_chains SET epoch = epoch + 1 WHERE chain_id = $1 RETURNING sequence, mac, epoch',
}
const FIND_RECORD = { name: 'find-record', text: 'SELECT id FROM audit_records WHERE id = $1' }

const REPEATS = 8
const RECONNECT_FOR_MS = 15_000

type HeadRow = Pick<FencedHead, 'sequence' | 'mac' | 'epoch'>

/** Logins on PostgreSQL: a lane that reads and a lane that writes, one statement a batch. */
export class PostgresqlHotPath implements HotEngine {
  readonly #reads: Lane
  readonly #writes: Lane
  readonly #chain: AuditChain
  #head: FencedHead | undefined

  constructor(lanes: { readonly reads: Lane; readonly writes: Lane }, chain: AuditChain) {
    this.#reads = lanes.reads
    this.#writes = lanes.writes
    this.#chain = chain
  }

  async lookup(names: readonly string[]): Promise<LookupAnswer> {
    try {
      return await lookup(this.#reads, names)
    } catch (error) {
      if (!isConnectionLoss(error)) throw translatePostgresqlError(error)
    }
    try {
      return await lookup(this.#reads, names) // once more on a fresh connection: reading twice harms nobody
    } catch (error) {
      throw translatePostgresqlError(error)
    }
  }

  /** Losers are answered, and the rest is sent again at once, linked anew: the chain has no gap. */
  async commit(jobs: readonly PreparedJob[]): Promise<readonly CommitOutcome[]> {
    const outcomes = jobs.map((): CommitOutcome => 'committed')
    let places = jobs.map((_, place) => place)
    try {
      while (places.length > 0) {
        const batch = places.map((place) => jobs[place] as PreparedJob) // places are those of jobs
        const losers = await this.#commitAll(batch)
        if (losers.size === 0) break
        for (const index of losers) outcomes[places[index] as number] = 'conflict' // losers are indexes of places
        places = places.filter((_, index) => !losers.has(index))
      }
      return outcomes
    } catch (error) {
      throw translatePostgresqlError(error)
    }
  }

  /** @returns the places of jobs that no longer hold; none = everything was written. */
  async #commitAll(jobs: readonly PreparedJob[]): Promise<ReadonlySet<number>> {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      await this.#writes.connect()
      const head = this.#head ?? (await this.#readHead())
      const linked = this.#link(head, jobs)
      try {
        const single = singleCommitValues(jobs, head, linked)
        const rows = single
          ? await this.#writes.query<VerdictRow>(SINGLE_COMMIT, single)
          : await this.#writes.query<VerdictRow>(COMMIT, commitValues(jobs, head, linked))
        const verdict = rows[0]
        if (verdict?.head_stands && verdict.all_hold) {
          this.#head = { ...head, ...linked.at(-1)?.head }
          return new Set()
        }
        const losers = new Set(rows.flatMap(({ place }) => (place === null ? [] : [place])))
        if (losers.size > 0) return losers
        this.#head = undefined // another transaction of this instance wrote to the chain
      } catch (error) {
        this.#head = undefined
        if (isConnectionLoss(error)) {
          if (await this.#isCommitted(linked, error)) return new Set()
        } else if (isWorthRepeating(error)) await sleep(Math.random() * 10 * (repeat + 1))
        else throw error
      }
    }
    throw new StoreError('STORE_UNAVAILABLE', 'The database kept refusing because of other transactions. Try again.')
  }

  #link(head: FencedHead, jobs: readonly PreparedJob[]): readonly ChainedRow[] {
    const linked: ChainedRow[] = []
    for (const { audit } of jobs) {
      for (const entry of audit) linked.push(chainedRow(this.#chain, linked.at(-1)?.head ?? head, entry))
    }
    return linked
  }

  async #readHead(): Promise<FencedHead> {
    const { chainId } = this.#chain
    for (;;) {
      const [row] = await this.#writes.query<HeadRow>(READ_HEAD, [chainId])
      if (row !== undefined) {
        this.#head = { chainId, ...row, mac: bytes(row.mac) }
        return this.#head
      }
      await this.#writes.query(MAKE_HEAD, [chainId, Buffer.alloc(32)])
    }
  }

  /**
   * Was the batch written whose connection was lost? The fence first makes sure that it cannot be written any more; then
   * the record with the id we made is there or it is not.
   */
  async #isCommitted(linked: readonly ChainedRow[], cause: unknown): Promise<boolean> {
    const deadline = performance.now() + RECONNECT_FOR_MS
    for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1000)) {
      try {
        await this.#writes.query(FENCE, [this.#chain.chainId])
        const found = await this.#writes.query(FIND_RECORD, [linked[0]?.row.id])
        return found.length > 0
      } catch (error) {
        if (!isConnectionLoss(error) || performance.now() > deadline) {
          throw new StoreError(
            'COMMIT_IN_DOUBT',
            'The connection to the database was lost while committing, and it could not be asked again.',
            { cause },
          )
        }
        await sleep(waitMs)
      }
    }
  }
}
