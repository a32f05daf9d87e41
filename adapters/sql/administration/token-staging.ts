import { setImmediate as breathe } from 'node:timers/promises'
import {
  type ImportCounts,
  type StagedToken,
  StoreError,
  type TokenStaging,
  type TokenStagingMove,
} from '@driftlock/application'
import { CompiledQuery, type SqlBool, sql } from 'kysely'
import type { Engine, Queries } from '../engine.ts'
import { CLOCK_COLUMNS, STEP_COLUMNS, TOKEN_COLUMNS } from '../rows/token-columns.ts'
import { newTokenRow } from '../rows/token-row.ts'
import type { TokenColumns } from '../schema/tables.ts'
import { keyAfter, pageOf, rowsToRead } from './paging.ts'

/** Rows of one INSERT on PostgreSQL, where each is a round trip: below its limit on bound values. */
const ROWS_AT_ONCE = 100

/** An earlier line of the file has the same serial. */
const repeated = sql<SqlBool>`EXISTS (SELECT 1 FROM staged_tokens e
  WHERE e.import_id = s.import_id AND e.serial = s.serial AND e.line < s.line)`
/** The stored token `t` has the very seed of the staged row `s`. */
const SAME =
  '(s.seed_fingerprint IS NOT NULL AND t.seed_fingerprint IS NOT NULL AND s.seed_fingerprint = t.seed_fingerprint)'

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function tokenStaging({ kind, reader, write, analyse }: Engine): TokenStaging {
  const rowsAtOnce = kind === 'sqlite' ? 1 : ROWS_AT_ONCE
  return {
    async idsOfSerials(serials) {
      if (serials.length === 0) return new Map()
      const rows = await reader.selectFrom('tokens').select(['id', 'serial']).where('serial', 'in', serials).execute()
      return new Map(rows.map(({ id, serial }) => [serial, id]))
    },
    async stage(importId, rows) {
      const whole = insertStaged(kind, rowsAtOnce)
      await write(async (queries) => {
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          const some = rows.slice(from, from + rowsAtOnce)
          const text = some.length === rowsAtOnce ? whole : insertStaged(kind, some.length)
          await queries.executeQuery(
            CompiledQuery.raw(
              text,
              some.flatMap((row) => stagedValues(importId, row)),
            ),
          )
        }
      })
    },
    async countStaged(importId) {
      const { counted } = await reader
        .selectFrom('staged_tokens')
        .select((column) => column.fn.countAll<number>().as('counted'))
        .where('import_id', '=', importId)
        .executeTakeFirstOrThrow()
      return counted
    },
    async duplicates(importId, page) {
      const key = keyAfter(page, 1)
      const rows = await reader
        .selectFrom('staged_tokens as s')
        .leftJoin('tokens as t', 't.serial', 's.serial')
        .select(['s.serial', 's.line', 't.id as token_id', 't.user_id'])
        .select([repeated.as('repeated'), sql<number>`CASE WHEN ${sql.raw(SAME)} THEN 1 ELSE 0 END`.as('same_seed')])
        .where('s.import_id', '=', importId)
        .where('s.line', '>', Number(key?.[0] ?? 0))
        .where((where) => where.or([where('t.id', 'is not', null), repeated]))
        .orderBy('s.line')
        .limit(rowsToRead(page))
        .execute()
      return pageOf(rows, page, {
        item: (row) => ({
          serial: row.serial,
          line: row.line,
          with: row.repeated ? 'file' : 'store',
          tokenId: row.repeated ? null : row.token_id,
          assigned: row.user_id !== null,
          sameSeed: row.same_seed === 1,
        }),
        key: (row) => [row.line],
      })
    },
    async discard(importId) {
      await write((queries) =>
        pieceByPiece(queries, importId, (piece) => sql`DELETE FROM staged_tokens AS s WHERE ${piece}`),
      )
      await analyse()
    },
    discardBefore: (instant) =>
      write(async (queries) => {
        const result = await queries.deleteFrom('staged_tokens').where('imported_at', '<', instant).executeTakeFirst()
        return Number(result.numDeletedRows)
      }),
  }
}

/**
 * Text of an INSERT of so many rows. Made by hand, once: a query builder would make a tree of every value of every row, which
 * a file of a million tokens pays with time and memory.
 */
function insertStaged(kind: Engine['kind'], rowCount: number): string {
  const width = TOKEN_COLUMNS.length + 2
  const mark = (place: number) => (kind === 'sqlite' ? '?' : `$${place + 1}`)
  const row = (index: number) => Array.from({ length: width }, (_, column) => mark(index * width + column)).join(', ')
  const rows = Array.from({ length: rowCount }, (_, index) => `(${row(index)})`)
  return `INSERT INTO staged_tokens (import_id, line, ${TOKEN_COLUMNS.join(', ')}) VALUES ${rows.join(', ')}`
}

function stagedValues(importId: string, token: StagedToken): readonly unknown[] {
  const row = newTokenRow(token)
  return [importId, token.line, ...TOKEN_COLUMNS.map((column) => row[column])]
}

const KEPT_ON_REPLACE = new Set([
  'id',
  'serial',
  'version',
  'user_id',
  'owner_key',
  'security_domain_id',
  'assigned_at',
  'pin',
  'new_pin_required',
  'proposed_pin',
  'last_accepted_at',
  'last_used_day',
  'lost',
  'emergency',
  'enabled',
  'nickname',
  'nickname_key',
  'notes',
  'distribution',
  'replaced_by_token_id',
])

/** What a token learned from its use; kept when the very same seed comes again. */
const learned: ReadonlySet<string> = new Set([...CLOCK_COLUMNS, 'bad_tokencode_count', 'leaves_window_at'])
/** A step is never usable twice: only another seed on a counter begins anew. */
const steps: ReadonlySet<string> = new Set(STEP_COLUMNS)

function replacedValue(column: keyof TokenColumns): string {
  if (column === 'pending_seed') return `${column} = CASE WHEN ${SAME} THEN t.${column} ELSE NULL END`
  if (learned.has(column)) return `${column} = CASE WHEN ${SAME} THEN t.${column} ELSE s.${column} END`
  if (steps.has(column)) {
    return `${column} = CASE WHEN s.kind = 'hotp' AND NOT ${SAME} THEN s.${column}
      WHEN t.${column} > s.${column} THEN t.${column} ELSE s.${column} END`
  }
  return `${column} = s.${column}`
}

const REPLACED = TOKEN_COLUMNS.filter((column) => !KEPT_ON_REPLACE.has(column))
  .map(replacedValue)
  .join(', ')

async function affected(queries: Queries, statement: ReturnType<typeof sql>): Promise<number> {
  return Number((await statement.execute(queries)).numAffectedRows ?? 0n)
}

async function count(queries: Queries, statement: ReturnType<typeof sql<{ counted: number }>>): Promise<number> {
  return (await statement.execute(queries)).rows[0]?.counted ?? 0
}

/** Lines of one statement of a move: few enough that the event loop breathes in between. */
const LINES_AT_ONCE = 1000

/** Runs a statement over the staged lines, piece by piece in the one transaction. @returns the rows it touched. */
async function pieceByPiece(
  queries: Queries,
  importId: string,
  statement: (piece: ReturnType<typeof sql>) => ReturnType<typeof sql>,
): Promise<number> {
  const last = await count(
    queries,
    sql`SELECT COALESCE(MAX(line), 0) AS counted FROM staged_tokens WHERE import_id = ${importId}`,
  )
  let touched = 0
  for (let from = 0; from < last; from += LINES_AT_ONCE) {
    touched += await affected(
      queries,
      statement(sql`s.import_id = ${importId} AND s.line > ${from} AND s.line <= ${from + LINES_AT_ONCE}`),
    )
    await breathe()
  }
  return touched
}

async function replace(queries: Queries, importId: string): Promise<number> {
  const first = sql`s.import_id = ${importId} AND s.serial = t.serial AND NOT ${repeated}`
  const strangers = await count(
    queries,
    sql`SELECT count(*) AS counted FROM staged_tokens s, tokens t WHERE ${first} AND s.id <> t.id`,
  )
  if (strangers > 0) {
    throw new StoreError(
      'STALE_VERSION',
      'Tokens of this import were added by someone else meanwhile. Import the file again.',
      {
        facts: { entity: 'token', count: strangers },
      },
    )
  }
  await sql`INSERT INTO voided_seeds (token_id, voided_at, seed) SELECT t.id, s.imported_at, t.seed
    FROM staged_tokens s, tokens t WHERE ${first} AND NOT ${sql.raw(SAME)}`.execute(queries)
  return await pieceByPiece(
    queries,
    importId,
    (piece) => sql`UPDATE tokens AS t SET version = t.version + 1, ${sql.raw(REPLACED)} FROM staged_tokens s
      WHERE ${piece} AND s.serial = t.serial AND NOT ${repeated}`,
  )
}

export function tokenStagingMove(queries: Queries): TokenStagingMove {
  return {
    async moveStaged(importId, duplicates): Promise<ImportCounts> {
      const staged = await count(
        queries,
        sql`SELECT count(*) AS counted FROM staged_tokens WHERE import_id = ${importId}`,
      )
      const isStored = sql<SqlBool>`EXISTS (SELECT 1 FROM tokens t WHERE t.serial = s.serial)`
      if (duplicates === 'refuse') {
        const some = await count(
          queries,
          sql`SELECT count(*) AS counted FROM staged_tokens s WHERE s.import_id = ${importId} AND (${repeated} OR ${isStored})`,
        )
        if (some > 0) {
          throw new StoreError(
            'ALREADY_EXISTS',
            `${some} tokens of the file are stored already or occur twice in it.`,
            {
              facts: { entity: 'token', count: some },
            },
          )
        }
      }
      const replaced = duplicates === 'replace' ? await replace(queries, importId) : 0
      const columns = sql.raw(TOKEN_COLUMNS.join(', '))
      const inserted = await pieceByPiece(
        queries,
        importId,
        (piece) => sql`INSERT INTO tokens (${columns}) SELECT ${columns} FROM staged_tokens s
          WHERE ${piece} AND NOT ${isStored} AND NOT ${repeated}`,
      )
      await pieceByPiece(queries, importId, (piece) => sql`DELETE FROM staged_tokens AS s WHERE ${piece}`)
      return { inserted, replaced, skipped: staged - inserted - replaced }
    },
  }
}
