import {
  type CompiledQuery,
  type DatabaseConnection,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely'

/** How long queries may follow one another before everything else that waits has its turn. */
const LONGEST_RUN_MS = 5

/** Tells queries apart that run in one turn of the event loop. */
class Turns {
  #begunMs = 0
  #next: Promise<void> | undefined

  /** Settles at once, or in the next turn when this one has been held for long. */
  async wait(): Promise<void> {
    while (this.#next !== undefined && performance.now() - this.#begunMs > LONGEST_RUN_MS) await this.#next
    this.#next ??= this.#begin()
  }

  #begin(): Promise<void> {
    this.#begunMs = performance.now()
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#next = undefined
        resolve()
      })
    })
  }
}

class FairDriver extends SqliteDriver {
  readonly #turns = new Turns()

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    const turns = this.#turns
    return {
      async executeQuery<Row>(query: CompiledQuery) {
        await turns.wait()
        return connection.executeQuery<Row>(query)
      },
      async *streamQuery<Row>(query: CompiledQuery, chunkSize: number) {
        for await (const rows of connection.streamQuery<Row>(query, chunkSize)) {
          await turns.wait()
          yield rows
        }
      },
    }
  }
}

/**
 * SQLite for queries that may be many: `node:sqlite` answers on the event loop, so a report or a walk along the audit log, one page
 * after the other, would let nobody log on until its end. Between two of its queries all others have their turn. Not for
 * transactions: what comes in between would be part of them.
 */
export class FairSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): SqliteDriver {
    return new FairDriver(this.#config)
  }
}
