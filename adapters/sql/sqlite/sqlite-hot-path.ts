import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type AuditChain,
  type ChainHead,
  type CommitOutcome,
  emptyChain,
  type LookupAnswer,
  type StoredSubject,
} from '@driftlock/application'
import type { PreparedChange, PreparedJob, PreparedToken } from '../hot/prepared-job.ts'
import { AUDIT_COLUMNS, chainedRow } from '../rows/audit-row.ts'
import { STATE_COLUMNS } from '../rows/token-columns.ts'
import { hotTokenColumns, hotTokenRow } from '../rows/hot-token-row.ts'
import { hotUserColumns, hotUserRow } from '../rows/hot-user-row.ts'
import { storedTokensOf } from '../rows/token-row.ts'
import { userOf } from '../rows/user-row.ts'

/** Reads of logins: a few probes of an index each. */
export class SqliteLookup {
  readonly #begin: StatementSync
  readonly #end: StatementSync
  readonly #version: StatementSync
  readonly #user: StatementSync
  readonly #tokens: StatementSync

  constructor(database: DatabaseSync) {
    this.#begin = database.prepare('BEGIN')
    this.#end = database.prepare('COMMIT')
    this.#version = database.prepare('SELECT config_version FROM store_state')
    this.#user = database.prepare(
      `SELECT ${hotUserColumns('u')} FROM login_names n JOIN users u ON u.id = n.user_id WHERE n.name = ?`,
    )
    this.#tokens = database.prepare(`SELECT ${hotTokenColumns('t')} FROM tokens t WHERE t.user_id = ?`)
    for (const statement of [this.#user, this.#tokens]) statement.setReturnArrays(true)
  }

  /** In one transaction: all is of one moment, and SQLite takes its locks once instead of for every statement. */
  lookup(names: readonly string[]): LookupAnswer {
    this.#begin.run()
    try {
      const { config_version: configVersion } = this.#version.get() as { config_version: number } // one row, always there
      return { configVersion, subjects: names.map((name) => this.#subject(name)) }
    } finally {
      this.#end.run()
    }
  }

  #subject(name: string): StoredSubject | undefined {
    const found = this.#user.get(name) as unknown[] | undefined // an array, as asked for
    if (found === undefined) return undefined
    const user = hotUserRow(found)
    const tokens = this.#tokens.all(user.id).map((values) => hotTokenRow(values as unknown as unknown[])) // likewise
    return { user: userOf(user), tokens: storedTokensOf(tokens) }
  }
}

interface TokenStand {
  readonly version: bigint
  readonly high_water_step: bigint
  readonly last_used_day: bigint | null
}

function tokenHolds({ version, highWaterBelow, change }: PreparedToken, stand: TokenStand): boolean {
  if (Number(stand.version) !== version) return false
  if (highWaterBelow !== null && stand.high_water_step >= BigInt(highWaterBelow)) return false
  return change === null || BigInt(change.columns.high_water_step) >= stand.high_water_step
}

/** Writes of logins: prepared statements in a loop, to be called inside a transaction. */
export class SqliteCommit {
  readonly #chain: AuditChain
  readonly #userVersion: StatementSync
  readonly #tokenStand: StatementSync
  readonly #setGuesses: StatementSync
  readonly #setState: StatementSync
  readonly #setLastUsedDay: StatementSync
  readonly #setForecast: StatementSync
  readonly #keepVoided: StatementSync
  readonly #promote: StatementSync
  readonly #head: StatementSync
  readonly #setHead: StatementSync
  readonly #insertAudit: StatementSync

  constructor(writer: DatabaseSync, chain: AuditChain) {
    this.#chain = chain
    this.#userVersion = writer.prepare('SELECT version FROM users WHERE id = ?')
    this.#tokenStand = writer.prepare('SELECT version, high_water_step, last_used_day FROM tokens WHERE id = ?')
    this.#tokenStand.setReadBigInts(true)
    this.#setGuesses = writer.prepare('UPDATE users SET guesses = ?, locked_at = ?, version = version + 1 WHERE id = ?')
    const assignments = STATE_COLUMNS.map((column) => `${column} = ?`).join(', ')
    this.#setState = writer.prepare(`UPDATE tokens SET version = ?, ${assignments} WHERE id = ?`)
    // Apart from the rest because they are indexed: SQLite rewrites the index of every column a statement names.
    this.#setLastUsedDay = writer.prepare('UPDATE tokens SET last_used_day = ? WHERE id = ?')
    this.#setForecast = writer.prepare(
      'UPDATE tokens SET leaves_window_at = ?1 WHERE id = ?2 AND leaves_window_at IS NOT ?1',
    )
    this.#keepVoided = writer.prepare(
      'INSERT INTO voided_seeds (token_id, voided_at, seed) SELECT id, ?, seed FROM tokens WHERE id = ? AND pending_seed IS NOT NULL',
    )
    this.#promote = writer.prepare(
      'UPDATE tokens SET seed = pending_seed, pending_seed = NULL, seed_fingerprint = NULL WHERE id = ? AND pending_seed IS NOT NULL',
    )
    this.#head = writer.prepare('SELECT sequence, mac FROM audit_chains WHERE chain_id = ?')
    this.#setHead = writer.prepare(
      `INSERT INTO audit_chains (chain_id, sequence, mac, epoch) VALUES (?, ?, ?, 0)
        ON CONFLICT (chain_id) DO UPDATE SET sequence = excluded.sequence, mac = excluded.mac`,
    )
    this.#insertAudit = writer.prepare(
      `INSERT INTO audit_records (${AUDIT_COLUMNS.join(', ')}) VALUES (${AUDIT_COLUMNS.map(() => '?').join(', ')})`,
    )
  }

  commit(jobs: readonly PreparedJob[]): readonly CommitOutcome[] {
    const before = this.#readHead()
    let head = before
    const outcomes = jobs.map((job): CommitOutcome => {
      const stands = this.#standOf(job)
      if (stands === undefined) return 'conflict'
      this.#apply(job, stands)
      head = this.#append(head, job)
      return 'committed'
    })
    if (head !== before) this.#setHead.run(head.chainId, head.sequence, head.mac)
    return outcomes
  }

  #readHead(): ChainHead {
    const { chainId } = this.#chain
    const row = this.#head.get(chainId) as { sequence: number; mac: Uint8Array } | undefined // the select list above
    return row === undefined ? emptyChain(chainId) : { chainId, ...row }
  }

  /** How the tokens of a job stand now, in its order; `undefined` = the job no longer holds. */
  #standOf(job: PreparedJob): readonly TokenStand[] | undefined {
    if (job.userId === null) return []
    const user = this.#userVersion.get(job.userId) as { version: number } | undefined // the select list above
    if (user?.version !== job.userVersion) return undefined
    const stands: TokenStand[] = []
    for (const token of job.tokens) {
      const stand = this.#tokenStand.get(token.id) as TokenStand | undefined // the select list above
      if (stand === undefined || !tokenHolds(token, stand)) return undefined
      stands.push(stand)
    }
    return stands
  }

  #apply(job: PreparedJob, stands: readonly TokenStand[]): void {
    if (job.guesses !== null) this.#setGuesses.run(job.guesses.guesses, job.guesses.locked_at, job.userId)
    for (const [index, { id, change }] of job.tokens.entries()) {
      if (change !== null)
        this.#applyChange(id, change, { at: job.at, lastUsedDay: stands[index]?.last_used_day ?? null })
    }
  }

  #applyChange(
    id: string,
    change: PreparedChange,
    { at, lastUsedDay }: { at: number; lastUsedDay: bigint | null },
  ): void {
    const { columns } = change
    this.#setState.run(change.version, ...STATE_COLUMNS.map((column) => columns[column]), id)
    const day = columns.last_used_day
    if (day !== null && BigInt(day) !== lastUsedDay) this.#setLastUsedDay.run(day, id)
    if (change.leavesWindowAt !== undefined) this.#setForecast.run(change.leavesWindowAt, id)
    if (change.promotesPendingSeed) {
      this.#keepVoided.run(at, id)
      this.#promote.run(id)
    }
  }

  #append(head: ChainHead, job: PreparedJob): ChainHead {
    let last = head
    for (const entry of job.audit) {
      const linked = chainedRow(this.#chain, last, entry)
      this.#insertAudit.run(...AUDIT_COLUMNS.map((column) => linked.row[column]))
      last = linked.head
    }
    return last
  }
}
