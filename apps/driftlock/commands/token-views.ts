import type { ManagedToken } from '@driftlock/application'
import { clockWords, needsNewPin, NO_STEP } from '@driftlock/domain'
import { fromNowText, instantText, isoText } from '../terminal/instants.ts'
import type { Row } from '../terminal/table.ts'

const KINDS = { securid: 'SecurID-format', totp: 'TOTP', hotp: 'HOTP' } as const

/** Whether a token can be used, in a word. */
export function tokenStatus({ record, state }: ManagedToken, now: number): string {
  if (record.expiresAt !== null && record.expiresAt <= now) return 'expired'
  if (!record.enabled) return 'disabled'
  if (state.emergency !== null) return 'emergency access'
  if (state.lost) return 'lost'
  if (state.newPinRequired) return 'new PIN required'
  return 'enabled'
}

function pinText({ record, state }: ManagedToken): string {
  if (record.passcodeStyle === 'tokencode-only') return 'not used'
  return state.pin === null ? 'not set' : 'set'
}

function clockText({ record, state }: ManagedToken): string {
  if (record.kind === 'hotp')
    return state.highWaterStep === NO_STEP ? 'counter not used yet' : `counter ${state.highWaterStep}`
  return state.clock.measuredAt === null ? 'not measured yet' : clockWords(state.clock.offsetMs)
}

export function tokenRow(token: ManagedToken, now: number): Row {
  const { record, state, username } = token
  return {
    serial: record.serial,
    kind: KINDS[record.kind],
    owner: username,
    status: tokenStatus(token, now),
    pin: record.userId === null ? '' : pinText(token),
    clock: clockText(token),
    'last used': fromNowText(state.lastAcceptedAt, now),
    expires: record.expiresAt === null ? 'never' : new Date(record.expiresAt).toISOString().slice(0, 10),
  }
}

/** A token for programs; nothing secret, nothing that would verify a secret. */
export function tokenJson(token: ManagedToken, now: number) {
  const { record, state } = token
  return {
    id: record.id,
    serial: record.serial,
    kind: record.kind,
    formFactor: record.formFactor,
    algorithm: record.algorithm,
    digits: record.digits,
    intervalSeconds: record.intervalSeconds,
    passcodeStyle: record.passcodeStyle,
    windows: record.windows,
    status: tokenStatus(token, now),
    enabled: record.enabled,
    lost: state.lost,
    userId: record.userId,
    username: token.username,
    securityDomainId: token.securityDomainId,
    hasPin: state.pin !== null,
    newPinRequired: state.newPinRequired,
    emergencyAccess: state.emergency !== null,
    clockOffMs: state.clock.measuredAt === null ? null : Math.round(state.clock.offsetMs),
    highWaterStep: state.highWaterStep,
    badTokencodeCount: state.badTokencodeCount,
    nickname: token.nickname,
    notes: token.notes,
    origin: token.origin,
    distribution: token.distribution && { ...token.distribution, at: isoText(token.distribution.at) },
    pendingDistribution: state.pendingSeed,
    replacedByTokenId: token.replacedByTokenId,
    startsAt: isoText(record.startsAt),
    expiresAt: isoText(record.expiresAt),
    importedAt: isoText(token.importedAt),
    assignedAt: isoText(token.assignedAt),
    lastAcceptedAt: isoText(state.lastAcceptedAt),
    leavesWindowAt: isoText(token.leavesWindowAt),
  }
}

export function tokenFields(token: ManagedToken, now: number, domainName: string): Row {
  const { record, state, distribution } = token
  const { small, medium, large } = record.windows
  const unit = record.kind === 'hotp' ? 'codes ahead' : 's either way'
  return {
    Serial: record.serial,
    Kind: `${KINDS[record.kind]}, ${record.digits} digits${record.kind === 'hotp' ? '' : ` every ${record.intervalSeconds} s`}, ${record.algorithm}`,
    Form: record.formFactor,
    Owner: token.username ?? 'nobody',
    Status: tokenStatus(token, now),
    'PIN style': record.passcodeStyle,
    PIN: pinText(token),
    'New PIN required': needsNewPin(token),
    Clock: clockText(token),
    'Leaves its windows': instantText(token.leavesWindowAt),
    Windows: `${small} / ${medium} / ${large} ${unit}`,
    'Wrong codes in a row': state.badTokencodeCount,
    'Last used': instantText(state.lastAcceptedAt) || 'never',
    Expires: instantText(record.expiresAt) || 'never',
    Starts: instantText(record.startsAt),
    'Security domain': domainName,
    Nickname: token.nickname,
    Notes: token.notes,
    Imported: `${instantText(token.importedAt)}${token.origin === '' ? '' : ` from ${token.origin}`}`,
    Distributed:
      distribution === null
        ? ''
        : `${distribution.method}, ${instantText(distribution.at)}, ${distribution.count} times`,
    'Redistribution pending': state.pendingSeed,
  }
}
