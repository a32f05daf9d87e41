import {
  type ManagedToken,
  StoreError,
  type TokenFilter,
  type TokenQueries,
  type TokenRepository,
  type TokenSeeds,
  type TokenSort,
  type TokenUpdate,
} from '@driftlock/application'
import { isCloudManaged } from '@driftlock/domain'
import { sql } from 'kysely'
import type { Queries } from '../engine.ts'
import type { EngineKind } from '../schema/column-types.ts'
import { noteDeletedToken } from '../high-availability/remove-records.ts'
import {
  detailColumns,
  managedTokenOf,
  MANAGED_COLUMNS,
  newTokenRow,
  recordColumns,
  stateColumns,
} from '../rows/token-row.ts'
import { bytes, instant, stepOf } from '../rows/values.ts'
import type { TokenColumns } from '../schema/tables.ts'
import { keyAfter, pageOf, rowsToRead } from './paging.ts'
import { type Searched, searchPlan } from './search-plan.ts'
import { changedSeeds } from './token-seeds.ts'
import { tokenCriteria, tokenOrder } from './token-search.ts'
import { type ListPart, type Walk, walkedCount, walkedPage } from './walking.ts'
import { expectDeleted, expectWritten } from './writing.ts'

const highWaterText = sql<string>`CAST(tokens.high_water_step AS TEXT)`
const spentText = sql<string>`CAST(tokens.challenge_spent_step AS TEXT)`

type ManagedRow = TokenColumns & { readonly username: string | null }

/** Tokens and their owners, with the columns of a managed token. */
function allManaged(queries: Queries) {
  return queries
    .selectFrom('tokens')
    .leftJoin('users', 'users.id', 'tokens.user_id')
    .select(MANAGED_COLUMNS)
    .select([highWaterText.as('high_water_step'), spentText.as('challenge_spent_step'), 'users.username as username'])
}

/** The rows of a part, with the key that the list is sorted by. */
function readPart(queries: Queries, { window, where, orderBy }: ListPart, limit: number) {
  return queries
    .selectFrom(window.as<'w'>(sql`w`))
    .crossJoin('tokens')
    .leftJoin('users', 'users.id', 'tokens.user_id')
    .select(MANAGED_COLUMNS)
    .select([highWaterText.as('high_water_step'), spentText.as('challenge_spent_step'), 'users.username as username'])
    .select(sql<string | number>`w.k0`.as('sort_key'))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
    .execute()
}

async function walkOf(searched: Searched, filter: TokenFilter, sort: TokenSort = 'serial'): Promise<Walk> {
  const plan = await searchPlan(searched, { criteria: [...tokenCriteria(filter)], sort })
  return { plan, order: tokenOrder(sort) }
}

async function voidedSeeds(queries: Queries, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, TokenSeeds['voidedSeeds']>()
  const rows = await queries
    .selectFrom('voided_seeds')
    .selectAll()
    .where('token_id', 'in', ids)
    .orderBy('voided_at', 'desc')
    .execute()
  const byToken = Map.groupBy(rows, ({ token_id }) => token_id)
  return new Map(
    [...byToken].map(([id, voided]) => [
      id,
      voided.map(({ seed, voided_at }) => ({ seed: bytes(seed), voidedAt: instant(voided_at) })),
    ]),
  )
}

const SEED_COLUMNS = ['tokens.id', 'tokens.version', 'tokens.seed', 'tokens.pending_seed'] as const

function seedsOf(
  row: Pick<TokenColumns, 'seed' | 'pending_seed'>,
  voided: TokenSeeds['voidedSeeds'] | undefined,
): TokenSeeds {
  return {
    seed: bytes(row.seed),
    ...(row.pending_seed !== null && { pendingSeed: bytes(row.pending_seed) }),
    voidedSeeds: voided ?? [],
  }
}

export function tokenQueries(queries: Queries, kind: EngineKind): TokenQueries {
  const searched: Searched = { queries, kind, table: 'tokens' }
  const managed = async (query: ReturnType<typeof allManaged>): Promise<readonly ManagedToken[]> => {
    const rows: readonly ManagedRow[] = await query.orderBy('tokens.serial').execute()
    return rows.map(managedTokenOf)
  }
  const all = () => allManaged(queries)
  return {
    find: async (id) => (await managed(all().where('tokens.id', '=', id)))[0],
    findBySerial: async (serial) => (await managed(all().where('tokens.serial', '=', serial)))[0],
    findMany: async (ids) => (ids.length === 0 ? [] : managed(all().where('tokens.id', 'in', ids))),
    ofUser: (userId) => managed(all().where('tokens.user_id', '=', userId)),
    async seeds(id) {
      const row = await queries.selectFrom('tokens').select(SEED_COLUMNS).where('id', '=', id).executeTakeFirst()
      return row && seedsOf(row, (await voidedSeeds(queries, [id])).get(id))
    },
    search: async (filter, page) =>
      walkedPage(queries, await walkOf(searched, filter, page.sort), {
        page,
        read: (part, limit) => readPart(queries, part, limit),
        item: managedTokenOf,
        key: (row) => (page.sort === undefined || page.sort === 'serial' ? [row.serial] : [row.sort_key, row.id]),
      }),
    count: async (filter, bound, lookForMs) =>
      walkedCount(queries, await walkOf(searched, filter), { bound, lookForMs }),
    async sealedSeeds(page) {
      const key = keyAfter(page, 1)
      let query = queries.selectFrom('tokens').select(SEED_COLUMNS)
      if (key !== undefined) query = query.where('id', '>', String(key[0]))
      const rows = await query.orderBy('id').limit(rowsToRead(page)).execute()
      const voided = await voidedSeeds(
        queries,
        rows.map(({ id }) => id),
      )
      return pageOf(rows, page, {
        item: (row) => ({ tokenId: row.id, version: row.version, ...seedsOf(row, voided.get(row.id)) }),
        key: (row) => [row.id],
      })
    },
  }
}

async function ownerKey(queries: Queries, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  const owner = await queries.selectFrom('users').select('username_key').where('id', '=', userId).executeTakeFirst()
  return owner?.username_key ?? null
}

async function refuseSetBack(queries: Queries, { tokenId, state, setBack }: TokenUpdate): Promise<void> {
  if (state === undefined || setBack === true) return
  const row = await queries
    .selectFrom('tokens')
    .select(highWaterText.as('step'))
    .where('id', '=', tokenId)
    .executeTakeFirst()
  if (row === undefined || state.highWaterStep >= stepOf(row.step)) return
  throw new StoreError('INVALID_VALUE', 'The high-water step of a token may only fall by an explicit setback.', {
    facts: { field: 'state.highWaterStep', tokenId },
  })
}

export function tokenRepository(queries: Queries, kind: EngineKind): TokenRepository {
  return {
    ...tokenQueries(queries, kind),
    async insert(token) {
      const row = newTokenRow(token)
      await queries
        .insertInto('tokens')
        .values({ ...row, owner_key: await ownerKey(queries, row.user_id) })
        .execute()
    },
    async update(change) {
      const { tokenId, version, record, state, details, seeds } = change
      await refuseSetBack(queries, change)
      const isResealed = seeds?.type === 'reseal'
      const columns: Partial<TokenColumns> = {
        ...(record && {
          ...recordColumns(record),
          user_id: record.userId,
          owner_key: await ownerKey(queries, record.userId),
        }),
        ...(state && stateColumns(state)),
        ...(details && detailColumns(details)),
        version: isResealed ? version : version + 1,
      }
      const seedColumns = seeds === undefined ? {} : await changedSeeds(queries, tokenId, seeds)
      const result = await queries
        .updateTable('tokens')
        .set({ ...columns, ...seedColumns })
        .where('id', '=', tokenId)
        .where('version', '=', version)
        .executeTakeFirst()
      expectWritten(result, 'token', tokenId)
    },
    async remove(id) {
      const row = await queries
        .deleteFrom('tokens')
        .where('id', '=', id)
        .returning(['serial', highWaterText.as('step')])
        .executeTakeFirst()
      expectDeleted({ numDeletedRows: row === undefined ? 0n : 1n }, 'token', id)
      if (row !== undefined && isCloudManaged(row)) await noteDeletedToken(queries, row)
    },
  }
}
