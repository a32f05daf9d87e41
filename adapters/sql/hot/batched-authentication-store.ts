import {
  type AuthenticationStore,
  type CommitJob,
  type CommitOutcome,
  type LookupAnswer,
  StoreError,
  type StoreErrorCode,
} from '@driftlock/application'
import { Batcher } from './batcher.ts'
import { type PreparedJob, prepareJob } from './prepared-job.ts'

/** The two functions that are written per engine. Jobs of one commit have neither user nor token in common. */
export interface HotEngine {
  lookup(names: readonly string[]): Promise<LookupAnswer>
  /** All in one transaction. Throws when nothing was written (or when that could not be found out). */
  commit(jobs: readonly PreparedJob[]): Promise<readonly CommitOutcome[]>
  /** Settles when all that is committed is on disk; where it is absent, `commit` sees to that. */
  readonly keep?: () => Promise<void>
}

const BATCH_LIMIT = 256

/** The database's failures hit every job alike; and what is in doubt must not be tried again. */
function isWorthSplitting(error: unknown): boolean {
  const codes: readonly StoreErrorCode[] = [
    'STORE_UNAVAILABLE',
    'STORE_FULL',
    'STORE_CLOSED',
    'STORE_CORRUPT',
    'COMMIT_IN_DOUBT',
  ]
  return !(error instanceof StoreError && codes.includes(error.code))
}

/** Told of every batch before it is run, for metrics: quick, and must not throw. */
export type BatchWatcher = (kind: 'lookup' | 'commit', size: number) => void

/** Logins over one engine, batched: one lookup and one commit under way at a time. */
export class BatchedAuthenticationStore implements AuthenticationStore {
  readonly #lookups: Batcher<readonly string[], LookupAnswer>
  readonly #commits: Batcher<PreparedJob, CommitOutcome>

  /** Calls that wait or are under way. */
  #pending = 0

  constructor(engine: HotEngine, onBatch: BatchWatcher = () => undefined) {
    this.#lookups = new Batcher<readonly string[], LookupAnswer>({
      limit: BATCH_LIMIT,
      isWorthSplitting,
      keysOf: () => [],
      run: async (calls) => {
        onBatch('lookup', calls.length)
        const { configVersion, subjects } = await engine.lookup(calls.flat())
        let from = 0
        return calls.map((names) => {
          const answer = { configVersion, subjects: subjects.slice(from, from + names.length) }
          from += names.length
          return answer
        })
      },
    })
    this.#commits = new Batcher({
      limit: BATCH_LIMIT,
      isWorthSplitting,
      keysOf: (job) => [...(job.userId === null ? [] : [job.userId]), ...job.tokens.map(({ id }) => id)],
      run: (jobs) => {
        onBatch('commit', jobs.length)
        return engine.commit(jobs)
      },
      ...(engine.keep !== undefined && { keep: engine.keep }),
    })
  }

  lookup(usernames: readonly string[]): Promise<LookupAnswer> {
    return this.#counted(this.#lookups.add(usernames))
  }

  async commit(job: CommitJob): Promise<CommitOutcome> {
    return await this.#counted(this.#commits.add(prepareJob(job)))
  }

  /** How many calls wait or are under way now. */
  pending(): number {
    return this.#pending
  }

  async #counted<T>(call: Promise<T>): Promise<T> {
    this.#pending += 1
    try {
      return await call
    } finally {
      this.#pending -= 1
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#lookups.close(), this.#commits.close()])
  }
}
