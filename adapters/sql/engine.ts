import type { Kysely } from 'kysely'
import type { HotEngine } from './hot/batched-authentication-store.ts'
import type { EngineKind } from './schema/column-types.ts'
import type { Tables } from './schema/tables.ts'

export type Queries = Kysely<Tables>

/** An open database: what the administration's one set of queries and the hot path need of it. */
export interface Engine {
  readonly kind: EngineKind
  readonly hot: HotEngine
  /** Reads of what is committed; never part of a transaction. */
  readonly reader: Queries
  /**
   * Runs `work` in one write transaction; again from the start when the engine asks for it. `auditIds` tells the records
   * whose presence proves the commit, for a commit whose answer was lost.
   */
  readonly write: <T>(work: (queries: Queries) => Promise<T>, auditIds?: () => readonly string[]) => Promise<T>
  /** @throws StoreError in place of an error of the driver; anything else comes back as it is. */
  readonly translate: (error: unknown) => unknown
  /** Refreshes what the planner knows, after an import. */
  readonly analyse: () => Promise<void>
  /** Copies the database, as it stands at one moment, into a new file. */
  readonly backUpTo: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}
