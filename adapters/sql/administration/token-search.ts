import type { PageRequest, TokenFilter, TokenSort } from '@driftlock/application'
import { MS_PER_DAY } from '@driftlock/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { CLEARED_PIN_BEGINS } from '../rows/pin-json.ts'
import { flag, searchKey } from '../rows/values.ts'
import { LAST_NUMBER, LAST_TEXT } from '../schema/column-types.ts'
import { beginsWith, type Key, keyAfter, NOTHING, unindexed } from './paging.ts'

const lastNumber = sql.lit(LAST_NUMBER)
const ownerKey = sql<string>`COALESCE(tokens.owner_key, ${sql.lit(LAST_TEXT)})`

/** What a list is sorted by, word for word as in the indexes of the schema; what has no value comes last. */
const SORT_KEYS: Readonly<Record<TokenSort, RawBuilder<string | number>>> = {
  serial: sql`tokens.serial`,
  expiry: sql`COALESCE(tokens.expires_at, ${lastNumber})`,
  'last-used': sql`COALESCE(tokens.last_used_day, ${lastNumber})`,
  'leaves-window': sql`COALESCE(tokens.leaves_window_at, ${lastNumber})`,
  owner: ownerKey,
}

/** Serials are kept as they are printed: in digits, or in letters of one case. */
function serialBeginsWith(text: string): RawBuilder<SqlBool> {
  const serial = sql.ref('tokens.serial')
  const spellings = [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
  return sql<SqlBool>`(${sql.join(
    spellings.map((spelling) => beginsWith(serial, spelling)),
    sql` OR `,
  )})`
}

/** A cleared PIN stands in the column of the PIN, and is none. */
function hasPin(wanted: boolean): RawBuilder<SqlBool> {
  const cleared = sql<SqlBool>`tokens.pin LIKE ${sql.lit(`${CLEARED_PIN_BEGINS}%`)}`
  return wanted ? sql`(tokens.pin IS NOT NULL AND NOT ${cleared})` : sql`(tokens.pin IS NULL OR ${cleared})`
}

function* stateConditions(filter: TokenFilter): Generator<RawBuilder<SqlBool>> {
  const isSet = (column: string, wanted: boolean) =>
    sql<SqlBool>`${sql.ref(`tokens.${column}`)} IS ${sql.raw(wanted ? 'NOT NULL' : 'NULL')}`
  if (filter.assigned !== undefined) yield isSet('user_id', filter.assigned)
  if (filter.hasPin !== undefined) yield hasPin(filter.hasPin)
  if (filter.hasEmergencyAccess !== undefined) yield isSet('emergency', filter.hasEmergencyAccess)
  if (filter.hasPendingSeed !== undefined) yield isSet('pending_seed', filter.hasPendingSeed)
  // Spelled out, not bound: so that the indexes of the few serve.
  if (filter.lost !== undefined) yield sql`tokens.lost = ${sql.lit(flag(filter.lost))}`
  if (filter.enabled !== undefined) yield sql`tokens.enabled = ${sql.lit(flag(filter.enabled))}`
  if (filter.newPinRequired !== undefined) yield sql`tokens.new_pin_required = ${sql.lit(flag(filter.newPinRequired))}`
}

function* conditions(filter: TokenFilter): Generator<RawBuilder<SqlBool>> {
  if (filter.text !== undefined) {
    const text = searchKey(filter.text)
    yield sql`(${serialBeginsWith(filter.text.trim())} OR (tokens.nickname_key <> '' AND ${beginsWith(sql.ref('tokens.nickname_key'), text)})
      OR ${beginsWith(ownerKey, text)})`
  }
  if (filter.serialPrefix !== undefined) yield serialBeginsWith(filter.serialPrefix.trim())
  if (filter.userId !== undefined) yield sql`tokens.user_id = ${filter.userId}`
  if (filter.kind !== undefined) yield sql`tokens.kind = ${filter.kind}`
  if (filter.formFactor !== undefined) yield sql`tokens.form_factor = ${filter.formFactor}`
  if (filter.expiresBefore !== undefined)
    yield sql`COALESCE(tokens.expires_at, ${lastNumber}) < ${filter.expiresBefore}`
  if (filter.expiresFrom !== undefined) yield sql`COALESCE(tokens.expires_at, ${lastNumber}) >= ${filter.expiresFrom}`
  if (filter.leavesWindowBefore !== undefined) {
    yield sql`COALESCE(tokens.leaves_window_at, ${lastNumber}) < ${filter.leavesWindowBefore}`
  }
  if (filter.unusedSince !== undefined) {
    const day = Math.floor(filter.unusedSince / MS_PER_DAY)
    yield sql`(tokens.last_accepted_at IS NULL OR (COALESCE(tokens.last_used_day, ${lastNumber}) <= ${day}
      AND tokens.last_accepted_at < ${filter.unusedSince}))`
  }
  if (filter.securityDomainIds !== undefined) {
    yield filter.securityDomainIds.length === 0
      ? NOTHING
      : sql`tokens.security_domain_id IN (${sql.join(filter.securityDomainIds)})`
  }
  yield* stateConditions(filter)
}

export function filteredTokens(queries: Queries, filter: TokenFilter, isBroad = false) {
  let query = queries.selectFrom('tokens').leftJoin('users', 'users.id', 'tokens.user_id')
  for (const condition of conditions(filter)) query = query.where(isBroad ? unindexed(condition) : condition)
  return query
}

/** What an index finds but in another order than the page's: worth it only for a few. */
export function maySortMany({ text, securityDomainIds = [] }: TokenFilter, sort: TokenSort = 'serial'): boolean {
  return text !== undefined || securityDomainIds.length > 1 || (securityDomainIds.length === 1 && sort !== 'serial')
}

/** A page of tokens. `isBroad`: more than `BROAD` match. */
export interface TokenPage extends PageRequest {
  readonly sort?: TokenSort
  readonly isBroad: boolean
}

/** The rows of a page in order, behind its cursor. */
export function sortedTokens(queries: Queries, filter: TokenFilter, page: TokenPage) {
  const { sort = 'serial', isBroad } = page
  const sortKey = SORT_KEYS[sort]
  const after: Key | undefined = keyAfter(page, 2)
  const query = filteredTokens(queries, filter, isBroad).select(sortKey.as('sort_key'))
  // A serial is one token's: with the id behind it the index of a domain's serials would not serve, and be sorted.
  if (sort === 'serial') {
    const behind = after === undefined ? query : query.where('tokens.serial', '>', String(after[0]))
    return behind.orderBy('tokens.serial')
  }
  const behind =
    after === undefined ? query : query.where(sql<SqlBool>`(${sortKey}, tokens.id) > (${after[0]}, ${after[1]})`)
  return behind.orderBy(sortKey).orderBy('tokens.id')
}
