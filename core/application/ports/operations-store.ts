import type { UnixMs } from '@driftlock/domain'
import type { Page, PageRequest } from './page.ts'
import type { RadiusCountStore } from './radius-count-store.ts'

/** A running (or once running) process of the deployment. */
export interface Instance {
  readonly id: string
  /** Unique; the scope of its settings and the id of its audit chain. */
  readonly name: string
  readonly role: string
  readonly version: string
  readonly address: string
  readonly startedAt: UnixMs
  readonly heartbeatAt: UnixMs
  readonly stoppedAt: UnixMs | null
}

export interface InstanceRegistry {
  /** Inserts, or takes over the entry of the same name. */
  register(instance: Instance): Promise<void>
  heartbeat(id: string, at: UnixMs): Promise<void>
  markStopped(id: string, at: UnixMs): Promise<void>
  all(): Promise<readonly Instance[]>
}

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

/** Long work with progress that another instance can take up where it stopped. Parameters and results hold no secrets. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly status: JobStatus
  readonly parameters: unknown
  /** Where to go on; null = from the start. */
  readonly checkpoint: unknown
  readonly doneCount: number
  /** null = not known. */
  readonly totalCount: number | null
  readonly result: unknown
  readonly errorCode: string | null
  readonly createdBy: string
  readonly createdAt: UnixMs
  readonly startedAt: UnixMs | null
  readonly finishedAt: UnixMs | null
  readonly cancelRequested: boolean
}

export interface JobStore {
  enqueue(job: Job): Promise<void>
  find(id: string): Promise<Job | undefined>
  /** Newest first. */
  list(filter: { readonly kind?: string; readonly status?: JobStatus }, page: PageRequest): Promise<Page<Job>>
  /** The oldest job that is queued, or whose holder's lease has run out; now held by `holder`. */
  claim(claim: LeaseClaim & { readonly kinds: readonly string[] }): Promise<Job | undefined>
  /** Writes status, checkpoint, counts, result and error, and prolongs the lease. @returns false when it was lost. */
  report(job: Job, claim: LeaseClaim): Promise<boolean>
  requestCancel(id: string): Promise<void>
  /** @returns how many went. */
  removeFinishedBefore(instant: UnixMs): Promise<number>
}

export interface LeaseClaim {
  /** Id of the instance. */
  readonly holder: string
  readonly now: UnixMs
  readonly until: UnixMs
}

/** A right that one instance at a time has, and that falls to another when its holder dies. */
export interface LeaseStore {
  /** Takes or prolongs. @returns whether `holder` has it now. */
  acquire(name: string, claim: LeaseClaim): Promise<boolean>
  release(name: string, holder: string): Promise<void>
}

/** A dialogue between two requests, kept so that any instance can go on with it. */
export interface StoredAttempt {
  readonly id: string
  /** Sealed by the caller. */
  readonly state: Uint8Array
  readonly expiresAt: UnixMs
  /** Rises with each step of the dialogue. */
  readonly version: number
}

/** Short memory of dialogues and of repeated requests. Not audited, not backed up. */
export interface AttemptMemory {
  /** @throws StoreError `ALREADY_EXISTS`. */
  insert(attempt: StoredAttempt): Promise<void>
  /** `undefined` also when it has expired. */
  find(id: string, now: UnixMs): Promise<StoredAttempt | undefined>
  /** The next state, if the stored version is still the one before. @returns whether this call won. */
  advance(attempt: StoredAttempt): Promise<boolean>
  /** Removes and returns it: of two racing calls one gets it. */
  take(id: string, now: UnixMs): Promise<StoredAttempt | undefined>
  removeExpiredBefore(instant: UnixMs): Promise<number>
}

/** The memory of dialogues in the database, which outlives processes. */
export interface AttemptArchive extends AttemptMemory {
  /** Writes attempts as they stand, whatever was stored before, in one transaction. */
  save(attempts: readonly StoredAttempt[]): Promise<void>
}

/**
 * Which requests were taken up, and what was answered, known to every instance within seconds of each other: a request that
 * is sent again to another instance is neither a replay nor a bad attempt there. Rows may be lost in a crash of the
 * database and are never waited for on disk.
 */
export interface SharedAnswers {
  /** Takes a request up. @returns whether this call won: of all calls with one id, exactly one does. */
  claim(id: string, expiresAt: UnixMs): Promise<boolean>
  /** What the winner answered, sealed by the caller. */
  remember(id: string, answer: Uint8Array): Promise<void>
  /** `undefined` until the winner has remembered its answer. */
  find(id: string, now: UnixMs): Promise<Uint8Array | undefined>
  /** Lets the request be taken up again: nothing was decided. */
  forget(id: string): Promise<void>
  removeExpiredBefore(instant: UnixMs): Promise<number>
}

export interface OperationsStore {
  readonly instances: InstanceRegistry
  readonly jobs: JobStore
  readonly leases: LeaseStore
  readonly attempts: AttemptArchive
  /** Of the same table, for what the token's own state guards besides: a crash of the database may take back its last moments. */
  readonly dialogues: AttemptMemory
  readonly answers: SharedAnswers
  readonly radiusCounts: RadiusCountStore
}
