import { userHindrance } from '../directory/user-hindrance.ts'
import { clockAfterResync } from '../drift/learn.ts'
import { stepsInSeconds } from '../drift/windows.ts'
import { type PairSearch, searchPair } from '../drift/search-pair.ts'
import { failuresInRow, pausedUntil } from '../lockout/guess-budget.ts'
import { conditionalChanges, type ConditionalChanges } from '../authentication/conditional-changes.ts'
import type { Snapshot } from '../authentication/decision.ts'
import type { Reason } from '../authentication/reasons.ts'
import { rejectCounted, rejectUncounted } from '../authentication/reject.ts'
import { tokenRefusal } from '../authentication/token-refusal.ts'
import type { Trace } from '../authentication/trace.ts'
import { passcodeFingerprint } from '../pin/passcode-fingerprint.ts'
import { addSteps, type Step, type UnixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import { sameCode } from '../tokencode/same-code.ts'
import { codeSource } from '../tokencode/code-source.ts'
import { middleOfStepMs, stepAt } from '../tokencode/steps.ts'

/** How far apart token and server clock may be: 12 hours (seed 000). */
export const RESYNC_REACH_SECONDS = 12 * 3600
/** HOTP: how far ahead the pair is looked for. A pair among 1,000 fits by chance once in 10^9. */
export const RESYNC_REACH_COUNTERS = 1000

export interface ResyncRequest {
  readonly tokenId: string
  /** The code showing now, without PIN. */
  readonly first: string
  /** The code after it. */
  readonly second: string
  /** The device clock was set back: steps below the last used one are allowed. Administrators only; audited by its own reason. */
  readonly setBack?: boolean
}

export interface ResyncDecision extends ConditionalChanges {
  readonly outcome: 'resynchronised' | 'refused'
  readonly reason: Reason
  readonly trace: Trace
}

/**
 * Resynchronises a token by two successive codes (seed 000). The pair is judged together, with the same work whether or
 * not it fits, and one answer: the first code alone must not be an oracle. It counts against the lockout, spends both
 * codes, and logs nobody in. While the server doubts its own clock a time token is refused for that, whatever the codes.
 */
export function resynchronise(snapshot: Snapshot, request: ResyncRequest, now: UnixMs): ResyncDecision {
  const token = snapshot.tokens.find(({ record }) => record.id === request.tokenId)
  if (token === undefined) return refuseUncounted(snapshot, 'no-token-assigned', now)
  const found = findPair(token, request, now)
  const hindrance = hindranceOf(snapshot, token, now)
  if (hindrance !== undefined) return refuseUncounted(snapshot, hindrance, now)
  if (sameCode(request.first, request.second))
    return refuse(snapshot, request, { reason: 'resync-same-code-twice', now })
  if (found === undefined) return refuse(snapshot, request, { reason: 'resync-pair-not-found', now })
  return store(snapshot, token, { ...found, now })
}

/** Where the second code of the pair lies, and by which seed: the one of a redistribution may be in use already. */
interface FoundPair {
  readonly step: Step
  readonly fromPendingSeed: boolean
}

function findPair(token: Token, { first, second, setBack = false }: ResyncRequest, now: UnixMs): FoundPair | undefined {
  const { record, state } = token
  const search: PairSearch = { first, second, ...reachOf(token, now), above: state.highWaterStep, allowBelow: setBack }
  const current = searchPair(codeSource(record, token.seed), search)
  const pending = token.pendingSeed && searchPair(codeSource(record, token.pendingSeed), search)
  const found = current.match ?? pending?.match
  return found && { step: addSteps(found.step, 1), fromPendingSeed: current.match === undefined }
}

function reachOf({ record, state }: Token, now: UnixMs): Pick<PairSearch, 'centre' | 'radiusSteps'> {
  if (record.kind === 'hotp') {
    return { centre: addSteps(state.highWaterStep, 1), radiusSteps: RESYNC_REACH_COUNTERS }
  }
  return { centre: stepAt(record, now), radiusSteps: stepsInSeconds(RESYNC_REACH_SECONDS, record.intervalSeconds) }
}

function hindranceOf(
  { user, lockoutPolicy, serverClockInDoubt }: Snapshot,
  token: Token,
  now: UnixMs,
): Reason | undefined {
  const paused = pausedUntil(user.guesses, lockoutPolicy, now) === undefined ? undefined : 'try-later'
  // An offset measured against a wrong clock would be wrong; a counter has no clock.
  const doubted = serverClockInDoubt && token.record.kind !== 'hotp' ? 'resync-server-clock-in-doubt' : undefined
  return userHindrance(user, lockoutPolicy, now) ?? paused ?? tokenRefusal(token, now) ?? doubted
}

interface At {
  readonly now: UnixMs
}

function store(snapshot: Snapshot, token: Token, { step, fromPendingSeed, now }: FoundPair & At): ResyncDecision {
  const { record, state } = token
  const setBack = addSteps(step, -1) <= state.highWaterStep
  const reason = setBack ? 'resynchronised-after-setback' : 'resynchronised'
  const clock = clockAfterResync(state.clock, { record, step, now })
  const next = {
    highWaterStep: step,
    clock,
    badTokencodeCount: 0,
    challengeSpentStep: step,
    ...(fromPendingSeed && { pendingSeed: false }),
  }
  const clockOffMs = record.kind === 'hotp' ? {} : { clockOffMs: middleOfStepMs(record, step) - now }
  return {
    outcome: 'resynchronised',
    reason,
    ...withoutHighWater(
      conditionalChanges(snapshot.user, [{ token, next, promotePendingSeed: fromPendingSeed }]),
      setBack,
    ),
    trace: {
      rule: reason,
      tokens: [
        { serial: record.serial, pin: 'not-needed', code: 'good', via: 'tokencode', searchedSteps: 0, ...clockOffMs },
      ],
      consecutiveFailures: failuresInRow(snapshot.user.guesses, { policy: snapshot.lockoutPolicy, now }),
      counted: false,
      serverClockInDoubt: snapshot.serverClockInDoubt,
    },
  }
}

/** A set-back lowers the high-water step on purpose: only the versions can be its condition. */
function withoutHighWater(change: ConditionalChanges, setBack: boolean): ConditionalChanges {
  if (!setBack) return change
  const tokens = change.condition.tokens.map(({ tokenId, version }) => ({ tokenId, version }))
  return { ...change, condition: { ...change.condition, tokens } }
}

function refuseUncounted(snapshot: Snapshot, reason: Reason, now: UnixMs): ResyncDecision {
  return asRefused(rejectUncounted({ snapshot, now, reason, verdicts: [] }))
}

function refuse(snapshot: Snapshot, request: ResyncRequest, why: { reason: Reason; now: UnixMs }): ResyncDecision {
  const pair = `${request.first} ${request.second}`
  const fingerprint = passcodeFingerprint(pair, snapshot.user.id, snapshot.pinKeys)
  return asRefused(rejectCounted({ snapshot, ...why, verdicts: [] }, { oneFactor: true, fingerprint, tokens: [] }))
}

function asRefused({ reason, changes, condition, trace }: ReturnType<typeof rejectUncounted>): ResyncDecision {
  return { outcome: 'refused', reason, changes, condition, trace }
}
