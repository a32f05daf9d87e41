import type { RecordWrite, WriteTerms } from '@driftlock/application'
import { NO_STEP, type Step } from '@driftlock/domain'
import { sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { recordColumnsOf } from '../rows/ha-row.ts'
import { TOKEN_COLUMNS } from '../rows/token-columns.ts'
import { bytes, flag, stepOf, stepText } from '../rows/values.ts'
import type { EngineKind } from '../schema/column-types.ts'
import type { HaRecordColumns, TokenColumns } from '../schema/tables.ts'
import { appTokenRow } from './app-token-row.ts'
import { changeAppToken } from './change-app-token.ts'
import { insertRows, ROWS_AT_ONCE } from './insert-rows.ts'

export interface Writing {
  readonly queries: Queries
  readonly kind: EngineKind
  readonly terms: WriteTerms
}

/** New rows, inserted together. */
interface Gathered {
  readonly tokens: TokenColumns[]
  readonly records: HaRecordColumns[]
}

/**
 * Makes the records of a page what they are to be, with their tokens; all of it in the caller's transaction. Only so many
 * rows wait to be inserted as one statement takes: a page of them would outlive the young part of the heap.
 */
export async function writeRecords(writing: Writing, writes: readonly RecordWrite[]): Promise<void> {
  for (let from = 0; from < writes.length; from += ROWS_AT_ONCE) {
    const gathered: Gathered = { tokens: [], records: [] }
    for (const write of writes.slice(from, from + ROWS_AT_ONCE)) {
      const change = await placed(writing, write, gathered)
      gathered.records.push({ ...newRow(writing, write), ...change })
    }
    const { queries, kind } = writing
    await insertRows(queries, kind, { insertion: TOKEN_INSERTION, rows: gathered.tokens })
    await insertRows(queries, kind, { insertion: RECORD_UPSERT, rows: gathered.records })
  }
}

type Change = Pick<
  HaRecordColumns,
  'user_id' | 'token_id' | 'reason' | 'has_token' | 'seed' | 'shared_step' | 'kept_step' | 'generation'
>

/** What is here of a record before it is written. */
interface Kept {
  readonly seed: Uint8Array | null
  readonly step: Step
  readonly generation: number
}

const NOTHING_KEPT: Kept = { seed: null, step: NO_STEP, generation: 0 }

/** Where the record's seed and token go; a token that is taken away leaves its high-water step behind. */
async function placed(writing: Writing, write: RecordWrite, gathered: Gathered): Promise<Change> {
  const { held, place, tokenId, record } = write
  const kept = held === undefined ? NOTHING_KEPT : await keptOf(writing.queries, held.recordId)
  const shared = highest(record.lastUsedStep ?? NO_STEP, held?.sharedStep ?? NO_STEP)
  const common = {
    token_id: tokenId,
    shared_step: stepText(shared),
    kept_step: stepText(kept.step),
    generation: writing.terms.generation ?? kept.generation,
  }
  if (place.type !== 'matched') return { ...common, ...(await withoutToken(writing, write, kept)) }
  const owned = { ...common, user_id: place.userId, reason: null, seed: null }
  const changed = await changedToken(writing, write, shared)
  if (changed !== undefined) return { ...owned, has_token: flag(changed) }
  const seed = seedOf(write, kept.seed)
  // The token was deleted here while the page was on its way: it stays deleted, as if that had come a moment later.
  if (seed === null) return { ...owned, has_token: 0 }
  const row = appTokenRow({
    write,
    owner: place,
    seed,
    highWaterStep: highest(shared, kept.step),
    now: writing.terms.now,
  })
  gathered.tokens.push({ ...row, owner_key: place.userId })
  return { ...owned, has_token: 1 }
}

/** Revoked, or without a user: the token goes, and the seed waits where a user may still come. */
async function withoutToken({ queries }: Writing, write: RecordWrite, kept: Kept) {
  const { held, place } = write
  const taken = held?.hasToken === true ? await takeToken(queries, held.tokenId) : undefined
  const lost = { user_id: null, has_token: 0, kept_step: stepText(highest(kept.step, taken?.step ?? NO_STEP)) }
  if (place.type !== 'unmatched') return { ...lost, reason: null, seed: null }
  return { ...lost, reason: place.reason, seed: seedOf(write, taken?.seed ?? kept.seed) }
}

/** @returns whether the token is there and changed, or stays deleted; undefined = it is to be made. */
async function changedToken({ queries }: Writing, write: RecordWrite, shared: Step): Promise<boolean | undefined> {
  const { held, place, tokenId, leaveDeleted, seed } = write
  if (leaveDeleted) return false
  if (place.type !== 'matched' || held?.hasToken !== true || held.tokenId !== tokenId) return undefined
  const changed = await changeAppToken(queries, write, { owner: place, shared })
  return changed || seed === 'keep' ? changed : undefined
}

/** The seed that holds now: a new one, the one that is here, or none. */
function seedOf({ seed }: RecordWrite, here: Uint8Array | null | undefined): Uint8Array | null {
  if (seed === 'drop') return null
  return seed === 'keep' ? (here ?? null) : seed
}

function newRow({ terms }: Writing, write: RecordWrite) {
  return {
    record_id: write.record.recordId,
    ...recordColumnsOf(write),
    needs_match: flag(write.lookAgain),
    updated_at: terms.now,
  }
}

function highest(one: Step, other: Step): Step {
  return one > other ? one : other
}

async function keptOf(queries: Queries, recordId: string): Promise<Kept> {
  const row = await queries
    .selectFrom('ha_records')
    .select(['seed', 'generation', sql<string>`CAST(kept_step AS TEXT)`.as('step')])
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  if (row === undefined) return NOTHING_KEPT
  return { seed: row.seed === null ? null : bytes(row.seed), step: stepOf(row.step), generation: row.generation }
}

/** Removes a token; its seed and its high-water step go with the caller. */
export async function takeToken(queries: Queries, tokenId: string | null) {
  if (tokenId === null) return undefined
  const row = await queries
    .deleteFrom('tokens')
    .where('id', '=', tokenId)
    .returning(['serial', 'seed', sql<string>`CAST(high_water_step AS TEXT)`.as('step')])
    .executeTakeFirst()
  return row && { serial: row.serial, seed: bytes(row.seed), step: stepOf(row.step) }
}

const RECORD_COLUMNS = [
  'record_id',
  'serial',
  'company_id',
  'user_attribute',
  'attribute_key',
  'identity_source',
  'algorithm',
  'digits',
  'interval_seconds',
  'state',
  'seed_version',
  'change_time_ms',
  'clock_offset_ms',
  'shared_step',
  'kept_step',
  'user_id',
  'token_id',
  'reason',
  'has_token',
  'seed',
  'needs_match',
  'generation',
  'updated_at',
] as const satisfies readonly (keyof HaRecordColumns)[]

const RECORD_UPSERT = {
  into: 'ha_records',
  columns: RECORD_COLUMNS,
  suffix: `ON CONFLICT (record_id) DO UPDATE SET ${RECORD_COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`,
} as const

const TOKEN_INSERTION = {
  into: 'tokens',
  columns: TOKEN_COLUMNS,
  // The row brings the id of the owner; the key is looked up where it is written.
  expressions: { owner_key: '(SELECT username_key FROM users WHERE id = ?)' },
} as const
