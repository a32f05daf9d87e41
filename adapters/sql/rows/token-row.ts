import {
  type ManagedToken,
  type NewToken,
  type StoredToken,
  StoreError,
  type TokenDistribution,
} from '@driftlock/application'
import { MS_PER_DAY, type TokenRecord, type TokenState, type UnixMs } from '@driftlock/domain'
import type { TokenColumns } from '../schema/tables.ts'
import { clockColumns, clockOf } from './clock-row.ts'
import type { HotTokenRow } from './hot-token-row.ts'
import { emergencyOf, emergencyText, heldPinOf, heldPinText, pinOf, pinText } from './pin-json.ts'
import { HOT_COLUMNS, KEPT_COLUMNS } from './token-columns.ts'
import { bytes, flag, instantOrNull, instant, searchKey, stepOf, stepText } from './values.ts'

/** Columns the administration reads beside the steps. */
export const MANAGED_COLUMNS = [
  ...HOT_COLUMNS.map((column) => `tokens.${column}` as const),
  ...KEPT_COLUMNS.map((column) => `tokens.${column}` as const),
] as const

export function tokenRecordOf(row: HotTokenRow): TokenRecord {
  return {
    id: row.id,
    serial: row.serial,
    kind: row.kind as TokenRecord['kind'], // written by recordColumns
    formFactor: row.form_factor as TokenRecord['formFactor'], // written by recordColumns
    algorithm: row.algorithm as TokenRecord['algorithm'], // written by recordColumns
    digits: row.digits,
    intervalSeconds: row.interval_seconds,
    t0Seconds: row.t0_seconds,
    passcodeStyle: row.passcode_style as TokenRecord['passcodeStyle'], // written by recordColumns
    windows: { small: row.window_small, medium: row.window_medium, large: row.window_large },
    enabled: row.enabled === 1,
    startsAt: instantOrNull(row.starts_at),
    expiresAt: instantOrNull(row.expires_at),
    userId: row.user_id,
  }
}

export function tokenStateOf(row: HotTokenRow): TokenState {
  return {
    version: row.version,
    highWaterStep: stepOf(row.high_water_step),
    clock: clockOf(row),
    badTokencodeCount: row.bad_tokencode_count,
    challengeSpentStep: stepOf(row.challenge_spent_step),
    ...heldPinOf(row.pin),
    newPinRequired: row.new_pin_required === 1,
    proposedPin: pinOf(row.proposed_pin),
    lastAcceptedAt: instantOrNull(row.last_accepted_at),
    lost: row.lost === 1,
    emergency: emergencyOf(row.emergency),
    pendingSeed: row.pending_seed !== null,
  }
}

/** All tokens of a user, by serial. Most users have one: a sorter in the statement would cost them more than the rest of it. */
export function storedTokensOf(rows: readonly HotTokenRow[]): StoredToken[] {
  const sorted = rows.length > 1 ? rows.toSorted((one, other) => (one.serial < other.serial ? -1 : 1)) : rows
  return sorted.map(storedTokenOf)
}

function storedTokenOf(row: HotTokenRow): StoredToken {
  return {
    record: tokenRecordOf(row),
    state: tokenStateOf(row),
    seed: bytes(row.seed),
    ...(row.pending_seed !== null && { pendingSeed: bytes(row.pending_seed) }),
  }
}

export function lastUsedDay(lastAcceptedAt: UnixMs | null): number | null {
  return lastAcceptedAt === null ? null : Math.floor(lastAcceptedAt / MS_PER_DAY)
}

/** Everything of the state but its version and its seeds. */
export function stateColumns(state: TokenState) {
  return {
    high_water_step: stepText(state.highWaterStep),
    ...clockColumns(state.clock),
    bad_tokencode_count: state.badTokencodeCount,
    challenge_spent_step: stepText(state.challengeSpentStep),
    pin: heldPinText(state),
    new_pin_required: flag(state.newPinRequired),
    proposed_pin: pinText(state.proposedPin),
    last_accepted_at: state.lastAcceptedAt,
    last_used_day: lastUsedDay(state.lastAcceptedAt),
    lost: flag(state.lost),
    emergency: emergencyText(state.emergency),
  } satisfies Partial<TokenColumns>
}

/** Everything of the record but its id and its owner. */
export function recordColumns(record: TokenRecord) {
  return {
    serial: record.serial,
    kind: record.kind,
    form_factor: record.formFactor,
    algorithm: record.algorithm,
    digits: record.digits,
    interval_seconds: record.intervalSeconds,
    t0_seconds: record.t0Seconds,
    passcode_style: record.passcodeStyle,
    window_small: record.windows.small,
    window_medium: record.windows.medium,
    window_large: record.windows.large,
    enabled: flag(record.enabled),
    starts_at: record.startsAt,
    expires_at: record.expiresAt,
  } satisfies Partial<TokenColumns>
}

type Details = Pick<
  ManagedToken,
  'securityDomainId' | 'nickname' | 'notes' | 'assignedAt' | 'distribution' | 'replacedByTokenId' | 'leavesWindowAt'
>

/** Only the details that are given. */
export function detailColumns(details: Partial<Details>): Partial<TokenColumns> {
  return {
    ...(details.securityDomainId !== undefined && { security_domain_id: details.securityDomainId }),
    ...(details.nickname !== undefined && { nickname: details.nickname, nickname_key: searchKey(details.nickname) }),
    ...(details.notes !== undefined && { notes: details.notes }),
    ...(details.assignedAt !== undefined && { assigned_at: details.assignedAt }),
    ...(details.distribution !== undefined && {
      distribution: details.distribution === null ? null : JSON.stringify(details.distribution),
    }),
    ...(details.replacedByTokenId !== undefined && { replaced_by_token_id: details.replacedByTokenId }),
    ...(details.leavesWindowAt !== undefined && { leaves_window_at: details.leavesWindowAt }),
  }
}

/** A whole new row; the owner's key is filled in by the caller. */
export function newTokenRow({ token, seed, seedFingerprint }: NewToken): TokenColumns {
  if (token.state.pendingSeed) {
    throw new StoreError('INVALID_VALUE', 'A new token cannot have a pending seed.', {
      facts: { field: 'state.pendingSeed' },
    })
  }
  return {
    id: token.record.id,
    ...recordColumns(token.record),
    version: token.state.version,
    ...stateColumns(token.state),
    seed,
    pending_seed: null,
    seed_fingerprint: seedFingerprint,
    nickname: token.nickname,
    nickname_key: searchKey(token.nickname),
    notes: token.notes,
    origin: token.origin,
    imported_at: token.importedAt,
    assigned_at: token.assignedAt,
    distribution: token.distribution === null ? null : JSON.stringify(token.distribution),
    leaves_window_at: token.leavesWindowAt,
    owner_key: null,
    user_id: token.record.userId,
    security_domain_id: token.securityDomainId,
    replaced_by_token_id: token.replacedByTokenId,
  }
}

export function managedTokenOf(row: TokenColumns & { readonly username: string | null }): ManagedToken {
  return {
    record: tokenRecordOf(row),
    state: tokenStateOf(row),
    securityDomainId: row.security_domain_id,
    nickname: row.nickname,
    notes: row.notes,
    origin: row.origin,
    importedAt: instant(row.imported_at),
    assignedAt: instantOrNull(row.assigned_at),
    // our own text, written by detailColumns or newTokenRow
    distribution: row.distribution === null ? null : (JSON.parse(row.distribution) as TokenDistribution),
    replacedByTokenId: row.replaced_by_token_id,
    leavesWindowAt: instantOrNull(row.leaves_window_at),
    username: row.username,
  }
}
