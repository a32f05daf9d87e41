/**
 * An instance in a process of its own that does scheduled work under a lease and jobs, and tells of each piece. A job's piece
 * takes until it is told to go on. Run: `scheduled-process.ts DATABASE NAME`; it is moved by messages.
 */
import { type Clock, type JobRunner, runNextJob, withLease } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { openAs } from '../../adapters/sql/testing/conformance/engine-under-test.ts'

export const LEASE = { name: 'nightly', forMs: 60_000 } as const

/** `aheadMs`: how far its clock is ahead of the machine's. `work`: how it tries, and whether it never ends what it began. */
export interface Order {
  readonly work: 'lease' | 'job'
  readonly aheadMs: number
  readonly hangs: boolean
}

/** What came of an order; `begun` is told at once by the one that hangs. */
export interface Told {
  readonly name: string
  readonly did: 'begun' | 'done' | 'nothing'
  /** Of a job: from where it went on. */
  readonly from?: unknown
}

const [database = '', name = ''] = process.argv.slice(2)

function tell(told: Omit<Told, 'name'>): void {
  process.send?.({ name, ...told })
}

const forever = () => new Promise<never>(() => undefined)

if (import.meta.main) {
  const store = await openAs(name, database)
  const { operations } = store

  const underLease = async (clock: Clock, hangs: boolean): Promise<void> => {
    const done = await withLease({ operations, clock }, { ...LEASE, holder: name }, async () => {
      if (!hangs) return true
      tell({ did: 'begun' })
      return forever()
    })
    tell({ did: done === undefined ? 'nothing' : 'done' })
  }

  const nextJob = async (clock: Clock, hangs: boolean): Promise<void> => {
    let from: unknown
    const runner: JobRunner = async function* (job) {
      from = job.checkpoint
      yield { checkpoint: 'half', doneCount: 5, totalCount: 10 }
      if (hangs) {
        tell({ did: 'begun', from })
        await forever()
      }
      return { whole: true }
    }
    const job = await runNextJob({ operations, clock, instanceId: name, runners: { 'discard-left-overs': runner } })
    tell({ did: job === undefined ? 'nothing' : 'done', from })
  }

  process.on('message', ({ work, aheadMs, hangs }: Order) => {
    const clock: Clock = { now: () => unixMs(Date.now() + aheadMs), monotonicMs: () => performance.now() }
    void (work === 'lease' ? underLease(clock, hangs) : nextJob(clock, hangs))
  })
  process.once('disconnect', () => void store.close())
  process.send?.('ready')
}
