import type { TokenFilter, TokenSort } from '@driftlock/application'
import { type FormFactor, MS_PER_DAY, type TokenKind } from '@driftlock/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { CLEARED_PIN_BEGINS } from '../rows/pin-json.ts'
import { flag, searchKey } from '../rows/values.ts'
import { FIRST_NUMBER, LAST_NUMBER, LAST_TEXT } from '../schema/column-types.ts'
import { beginsWith } from './paging.ts'
import { alike, anyOf, type Condition, type Criterion, type Stretch } from './search-plan.ts'
import type { ListOrder } from './list-order.ts'

const lastNumber = sql.lit(LAST_NUMBER)
const serial = sql<string>`tokens.serial`
const ownerKey = sql<string>`COALESCE(tokens.owner_key, ${sql.lit(LAST_TEXT)})`
const expiry = sql<number>`COALESCE(tokens.expires_at, ${lastNumber})`
const lastUsed = sql<number>`COALESCE(tokens.last_used_day, ${lastNumber})`
const leavesWindow = sql<number>`COALESCE(tokens.leaves_window_at, ${lastNumber})`

/** What a list is sorted by, word for word as in the indexes of the schema; what has no value comes last. */
export function tokenOrder(sort: TokenSort): ListOrder {
  const keys: Readonly<Record<Exclude<TokenSort, 'serial'>, RawBuilder<string | number>>> = {
    expiry,
    'last-used': lastUsed,
    'leaves-window': leavesWindow,
    owner: ownerKey,
  }
  // A serial is one token's: with the id behind it the index of a domain's serials would not serve.
  if (sort === 'serial') return { keys: [serial], start: '', beginsWithExpression: false, identity: 'serial' }
  const start = sort === 'owner' ? '' : FIRST_NUMBER
  return { keys: [keys[sort], sql`tokens.id`], start, beginsWithExpression: true, identity: 'id' }
}

/** Serials are kept as they are printed: in digits, or in letters of one case. */
function spellingsOf(text: string): readonly string[] {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
}

function serialBegins(spelling: string): Condition {
  return beginsWith(serial, spelling)
}

/** A cleared PIN stands in the column of the PIN, and is none. */
function hasPin(wanted: boolean): Condition {
  const cleared = sql`tokens.pin LIKE ${sql.lit(`${CLEARED_PIN_BEGINS}%`)}`
  return wanted ? sql`(tokens.pin IS NOT NULL AND NOT ${cleared})` : sql`(tokens.pin IS NULL OR ${cleared})`
}

type TokenCriterion = Criterion<TokenSort>

function idsOf(condition: Condition): RawBuilder<unknown> {
  return sql`SELECT id FROM tokens WHERE ${condition}`
}

/** What an index holds the few of, in the order of the serial. */
function rare(condition: Condition): TokenCriterion {
  return { condition, stretches: [alike(condition)], inOrder: ['serial'], ids: [idsOf(condition)] }
}

/** What an index finds in an order of its own. */
function ofSome(condition: Condition): TokenCriterion {
  return { condition, ids: [idsOf(condition)] }
}

function common(condition: Condition): TokenCriterion {
  return { condition }
}

function* stateCriteria(filter: TokenFilter): Generator<TokenCriterion> {
  const { lost, newPinRequired, hasEmergencyAccess, hasPendingSeed, enabled } = filter
  // Spelled out, not bound: so that the indexes of the few serve.
  if (lost !== undefined) yield (lost ? rare : common)(sql`tokens.lost = ${sql.lit(flag(lost))}`)
  if (hasEmergencyAccess !== undefined)
    yield hasEmergencyAccess ? rare(sql`tokens.emergency IS NOT NULL`) : common(sql`tokens.emergency IS NULL`)
  if (hasPendingSeed !== undefined)
    yield hasPendingSeed ? rare(sql`tokens.pending_seed IS NOT NULL`) : common(sql`tokens.pending_seed IS NULL`)
  if (enabled !== undefined) yield (enabled ? common : rare)(sql`tokens.enabled = ${sql.lit(flag(enabled))}`)
  if (newPinRequired !== undefined)
    yield (newPinRequired ? rare : common)(sql`tokens.new_pin_required = ${sql.lit(flag(newPinRequired))}`)
  if (filter.hasPin !== undefined) yield common(hasPin(filter.hasPin))
}

/** In the order of the owners those without one lie together, at the end. */
function* ownedCriteria({ assigned }: TokenFilter): Generator<TokenCriterion> {
  if (assigned === undefined) return
  const condition = assigned ? sql<SqlBool>`tokens.user_id IS NOT NULL` : sql<SqlBool>`tokens.user_id IS NULL`
  yield assigned ? ofSome(condition) : rare(condition)
  yield { condition, stretches: [assigned ? { to: LAST_TEXT } : { from: LAST_TEXT }], inOrder: ['owner'], isHint: true }
}

function range(sort: TokenSort, stretch: Stretch, condition: Condition): TokenCriterion {
  return { condition, stretches: [stretch], inOrder: [sort], ids: [idsOf(condition)] }
}

function* instantCriteria(filter: TokenFilter): Generator<TokenCriterion> {
  const { expiresBefore, expiresFrom, leavesWindowBefore, unusedSince } = filter
  if (expiresBefore !== undefined) yield range('expiry', { to: expiresBefore }, sql`${expiry} < ${expiresBefore}`)
  if (expiresFrom !== undefined) yield range('expiry', { from: expiresFrom }, sql`${expiry} >= ${expiresFrom}`)
  if (leavesWindowBefore !== undefined)
    yield range('leaves-window', { to: leavesWindowBefore }, sql`${leavesWindow} < ${leavesWindowBefore}`)
  if (unusedSince !== undefined) {
    const day = Math.floor(unusedSince / MS_PER_DAY)
    yield {
      condition: sql`(tokens.last_accepted_at IS NULL OR tokens.last_accepted_at < ${unusedSince})`,
      stretches: [{ to: day + 1 }, { from: LAST_NUMBER }],
      inOrder: ['last-used'],
      ids: [idsOf(sql`${lastUsed} <= ${day}`), idsOf(sql`${lastUsed} >= ${lastNumber}`)],
      isLoose: true,
    }
  }
}

const KINDS = { securid: true, totp: true, hotp: true } as const satisfies Record<TokenKind, true>
const FORM_FACTORS = { 'key-fob': true, pinpad: true, software: true } as const satisfies Record<FormFactor, true>

/** One index has the serials of each kind in each form. */
function* kindCriteria({ kind, formFactor }: TokenFilter): Generator<TokenCriterion> {
  if (kind === undefined && formFactor === undefined) return
  const kinds = kind === undefined ? Object.keys(KINDS) : [kind]
  const forms = formFactor === undefined ? Object.keys(FORM_FACTORS) : [formFactor]
  const each = kinds.flatMap((one) => forms.map((form) => ({ one, form })))
  const conditions = each.map(({ one, form }) => sql<SqlBool>`(tokens.kind = ${one} AND tokens.form_factor = ${form})`)
  const stretches = conditions.map(alike)
  yield { condition: anyOf(conditions), stretches, inOrder: ['serial'], ids: conditions.map(idsOf) }
}

/** What a filter asks for, the rarest first. */
export function* tokenCriteria(filter: TokenFilter): Generator<TokenCriterion> {
  const { text, serialPrefix, userId, securityDomainIds } = filter
  if (userId !== undefined) {
    yield ofSome(sql`tokens.user_id = ${userId}`)
  }
  if (text !== undefined) {
    const key = searchKey(text)
    const nickname = sql<SqlBool>`(tokens.nickname_key <> '' AND ${beginsWith(sql.ref('tokens.nickname_key'), key)})`
    yield ofSome(
      sql`(${anyOf(spellingsOf(text.trim()).map(serialBegins))} OR ${nickname} OR ${beginsWith(ownerKey, key)})`,
    )
  }
  yield* stateCriteria(filter)
  yield* ownedCriteria(filter)
  if (securityDomainIds !== undefined) {
    const stretches = securityDomainIds.map((id) => alike(sql`tokens.security_domain_id = ${id}`))
    const condition = sql<SqlBool>`tokens.security_domain_id IN (${sql.join(securityDomainIds)})`
    yield { condition, stretches, inOrder: ['serial', 'expiry'], ids: [idsOf(condition)] }
  }
  if (serialPrefix !== undefined) {
    const spellings = spellingsOf(serialPrefix.trim())
    yield {
      condition: anyOf(spellings.map(serialBegins)),
      stretches: spellings.map((spelling) => ({ from: spelling, to: spelling + LAST_TEXT })),
      inOrder: ['serial'],
      ids: spellings.map(serialBegins).map(idsOf),
    }
  }
  yield* instantCriteria(filter)
  yield* kindCriteria(filter)
}
