import { StoreError } from '@driftlock/application'

export interface BatchOptions<Job, Answer> {
  /** Answers every job, in order; throws when nothing was done for any of them. */
  readonly run: (jobs: readonly Job[]) => Promise<readonly Answer[]>
  /** Two jobs that share a key never meet in one batch: the later waits for the next. */
  readonly keysOf: (job: Job) => readonly string[]
  readonly limit: number
  /** One job may be to blame for the failure, and the others may go well without it. */
  readonly isWorthSplitting: (error: unknown) => boolean
  /**
   * What must be over before the answers of a batch are told, such as a sync; the next batch is run meanwhile. Nothing is tried
   * again when it throws.
   */
  readonly keep?: () => Promise<void>
}

interface Waiting<Job, Answer> {
  readonly job: Job
  readonly keys: readonly string[]
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Batches that are run but not yet kept: more would only make each smaller. */
const MOST_UNKEPT = 2

/**
 * Lets calls that arrive together share one transaction: while one batch is under way, what arrives waits and is the next
 * batch. No timer: a lone caller is served at once. A batch that one bad job spoils is run again job by job, so that it
 * fails alone.
 */
export class Batcher<Job, Answer> {
  readonly #options: BatchOptions<Job, Answer>
  #waiting: Waiting<Job, Answer>[] = []
  #inFlight = false
  #unkept = 0
  #closed = false
  /** Told whenever a batch is over. */
  #over: (() => void)[] = []

  constructor(options: BatchOptions<Job, Answer>) {
    this.#options = options
  }

  add(job: Job): Promise<Answer> {
    if (this.#closed) return Promise.reject(new StoreError('STORE_CLOSED', 'The store is closed.'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, keys: this.#options.keysOf(job), resolve, reject })
      if (!this.#inFlight) {
        this.#inFlight = true
        setImmediate(() => void this.#drain())
      }
    })
  }

  /** Takes no more jobs; settles when those already taken are answered. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#inFlight || this.#unkept > 0) await this.#nextIsOver()
  }

  #nextIsOver(): Promise<void> {
    return new Promise((resolve) => this.#over.push(resolve))
  }

  #tellOver(): void {
    for (const resolve of this.#over.splice(0)) resolve()
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      while (this.#unkept >= MOST_UNKEPT) await this.#nextIsOver()
      await this.#runBatch(this.#nextBatch())
    }
    this.#inFlight = false
    this.#tellOver()
  }

  /** The oldest jobs without a key in common, in their order; a job held back holds back every later one it shares a key with. */
  #nextBatch(): readonly Waiting<Job, Answer>[] {
    const batch: Waiting<Job, Answer>[] = []
    const later: Waiting<Job, Answer>[] = []
    const taken = new Set<string>()
    for (const waiting of this.#waiting) {
      const isFree = batch.length < this.#options.limit && !waiting.keys.some((key) => taken.has(key))
      for (const key of waiting.keys) taken.add(key)
      ;(isFree ? batch : later).push(waiting)
    }
    this.#waiting = later
    return batch
  }

  async #runBatch(batch: readonly Waiting<Job, Answer>[]): Promise<void> {
    let answers: readonly Answer[]
    try {
      answers = await this.#options.run(batch.map(({ job }) => job))
    } catch (error) {
      if (batch.length > 1 && this.#options.isWorthSplitting(error)) {
        for (const waiting of batch) await this.#runBatch([waiting])
      } else for (const { reject } of batch) reject(error)
      return
    }
    const { keep } = this.#options
    if (keep === undefined) tell(batch, answers)
    else void this.#tellWhenKept(batch, answers, keep())
  }

  async #tellWhenKept(
    batch: readonly Waiting<Job, Answer>[],
    answers: readonly Answer[],
    kept: Promise<void>,
  ): Promise<void> {
    this.#unkept += 1
    try {
      await kept
      tell(batch, answers)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      this.#unkept -= 1
      this.#tellOver()
    }
  }
}

function tell<Job, Answer>(batch: readonly Waiting<Job, Answer>[], answers: readonly Answer[]): void {
  for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer) // run answers every job, in order
}
