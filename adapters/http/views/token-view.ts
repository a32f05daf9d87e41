import type { ManagedToken } from '@driftlock/application'
import type {
  TokenClock,
  TokenCondition,
  TokenDetails,
  TokenForecast,
  TokenReference,
  TokenSummary,
} from '@driftlock/contracts'
import {
  acceptanceWindow,
  addMs,
  forecast,
  isInNewPinMode,
  MS_PER_DAY,
  MS_PER_SECOND,
  predictClock,
  smallBounds,
  tokenHindrance,
  type TokenPolicy,
  type UnixMs,
} from '@driftlock/domain'
import type { Names } from './references.ts'

/** A forecast within this time is worth saying first. */
const DRIFTING_WITHIN_MS = 30 * MS_PER_DAY
const FORECAST_YEARS_MS = 5 * 366 * MS_PER_DAY
/** Used daily, monthly, yearly, and never. */
const FORECAST_USES = [1, 30, 365, null] as const

export interface TokenPlace {
  readonly names: Names
  readonly now: UnixMs
  /** The policy that holds for the token's owner. */
  readonly policy: TokenPolicy
}

export function tokenSummaryOf(token: ManagedToken, { names, now, policy }: TokenPlace): TokenSummary {
  const { record, state } = token
  const { id, serial, kind, formFactor, algorithm, digits, intervalSeconds, passcodeStyle } = record
  const measured = record.kind !== 'hotp' && state.clock.measuredAt !== null
  return {
    id,
    serial,
    kind,
    formFactor,
    algorithm,
    digits,
    intervalSeconds,
    passcodeStyle,
    condition: conditionOf(token, policy, now),
    enabled: record.enabled,
    lost: state.lost,
    startsAt: record.startsAt,
    expiresAt: record.expiresAt,
    hasPin: state.pin !== null,
    newPinRequired: state.newPinRequired,
    nextTokencodeDue: isNextTokencodeDue(token, policy),
    hasEmergencyAccess: state.emergency !== null,
    redistributionPending: state.pendingSeed,
    lastAcceptedAt: state.lastAcceptedAt,
    leavesWindowAt: token.leavesWindowAt,
    clockOffsetMs: measured ? Math.round(predictClock(record, state.clock, now).offsetMs) : null,
    owner: names.user(record.userId),
    securityDomain: names.domain(token.securityDomainId),
    nickname: token.nickname,
    version: state.version,
  }
}

export interface RelatedTokens {
  readonly replacedBy: TokenReference | null
  readonly replaces: TokenReference | null
}

export function tokenDetailsOf(token: ManagedToken, place: TokenPlace, related: RelatedTokens): TokenDetails {
  const { record, state } = token
  const { policy, now } = place
  const counts = { badTokencodeCount: state.badTokencodeCount, limit: policy.incorrectPasscodesBeforeNextTokencode }
  const maxAgeSeconds = policy.pin.maxAgeSeconds
  return {
    ...tokenSummaryOf(token, place),
    t0Seconds: record.t0Seconds,
    notes: token.notes,
    origin: token.origin,
    importedAt: token.importedAt,
    assignedAt: token.assignedAt,
    windows: { ...record.windows },
    windowsNow: windowsNowOf(token, now),
    clock: clockOf(token, now),
    counter: record.kind === 'hotp' ? (state.highWaterStep + 1n).toString() : null,
    forecasts: forecastsOf(token, now),
    nextTokencode: { due: isNextTokencodeDue(token, policy), ...counts },
    pin: state.pin && {
      setAt: state.pin.setAt,
      expiresAt: maxAgeSeconds === null ? null : addMs(state.pin.setAt, maxAgeSeconds * MS_PER_SECOND),
    },
    newPinWaiting: state.proposedPin !== null,
    distribution: token.distribution && { ...token.distribution },
    ...related,
  }
}

/** The gravest thing to say of a token. */
export function conditionOf(token: ManagedToken, policy: TokenPolicy, now: UnixMs): TokenCondition {
  const { record, state, leavesWindowAt } = token
  if (state.lost) return 'lost'
  const hindrance = tokenHindrance(record, now)
  if (hindrance === 'token-expired') return 'expired'
  if (hindrance === 'token-not-started') return 'not-started'
  if (hindrance !== undefined) return 'disabled'
  if (record.userId === null) return 'unassigned'
  if (state.emergency !== null) return 'emergency-access'
  if (isNextTokencodeDue(token, policy)) return 'next-tokencode'
  if (isInNewPinMode(token, policy.pin, now)) return 'new-pin'
  return leavesWindowAt !== null && leavesWindowAt - now < DRIFTING_WITHIN_MS ? 'drifting' : 'ready'
}

function isNextTokencodeDue({ state }: ManagedToken, policy: TokenPolicy): boolean {
  const limit = policy.incorrectPasscodesBeforeNextTokencode
  return limit !== null && state.badTokencodeCount >= limit
}

function windowsNowOf({ record, state }: ManagedToken, now: UnixMs): TokenDetails['windowsNow'] {
  const window = acceptanceWindow(record, state, now)
  const unit = record.kind === 'hotp' ? 'counters' : 'seconds'
  const size = record.kind === 'hotp' ? 1 : record.intervalSeconds
  return {
    unit,
    centreOffset: Math.round(window.offsetMs / MS_PER_SECOND),
    small: window.smallSteps * size,
    medium: window.mediumSteps * size,
    large: window.largeSteps * size,
  }
}

/** How much of the widest silent window three standard deviations of doubt take up. */
export function clockOf({ record, state }: ManagedToken, now: UnixMs): TokenClock | null {
  if (record.kind === 'hotp') return null
  const { clock } = state
  const { offsetMs, offsetVarianceMs2, rateProven } = predictClock(record, clock, now)
  const uncertaintyMs = Math.sqrt(Math.max(0, offsetVarianceMs2))
  const widestMs = smallBounds(record, clock.measurements).widest * record.intervalSeconds * MS_PER_SECOND
  const share = (3 * uncertaintyMs) / widestMs
  const health = share > 0.9 ? 'poor' : share > 0.6 ? 'watch' : 'good'
  return {
    offsetMs: Math.round(offsetMs),
    ratePpm: clock.ratePpm,
    rateProven,
    uncertaintyMs: Math.round(uncertaintyMs),
    measuredAt: clock.measuredAt,
    measurements: clock.measurements,
    health: clock.measuredAt === null ? 'unknown' : health,
  }
}

function forecastsOf({ record, state }: ManagedToken, now: UnixMs): TokenForecast[] {
  const until = record.expiresAt === null || record.expiresAt < now ? addMs(now, FORECAST_YEARS_MS) : record.expiresAt
  const horizon = until - now > FORECAST_YEARS_MS ? addMs(now, FORECAST_YEARS_MS) : until
  return FORECAST_USES.map((everyDays) => {
    const { leavesWindowAt, assumptions } = forecast(record, state.clock, { now, everyDays, until: horizon })
    return { everyDays, leavesWindowAt, widestMs: assumptions.widestMs, neverSeen: assumptions.neverSeen }
  })
}
