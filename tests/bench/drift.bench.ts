/**
 * What becomes of tokens whose clocks drift: a fleet over five years, and the situations in which other servers' drift
 * handling was measured. Run: node tests/bench/drift.bench.ts
 */
import {
  acceptanceWindow,
  addMs,
  type ClockEstimate,
  type ClockedRecord,
  defaultWindows,
  type FleetOutcome,
  type FleetScenario,
  learn,
  NO_STEP,
  seededRandom,
  simulateFleet,
  stepAt,
  UNKNOWN_CLOCK,
  unixMs,
} from '@driftlock/domain'

const USES = [
  ['daily', 1],
  ['weekly', 7],
  ['monthly', 30],
  ['90 days', 90],
  ['yearly', 365],
] as const

/** A time token with these half-widths, in steps. */
function fob(intervalSeconds: number, windowSteps?: readonly [number, number, number]): ClockedRecord {
  const [small, medium, large] = windowSteps ?? []
  const windows =
    small === undefined || medium === undefined || large === undefined
      ? defaultWindows('totp', 'key-fob', intervalSeconds)
      : { small: small * intervalSeconds, medium: medium * intervalSeconds, large: large * intervalSeconds }
  return { kind: 'totp', formFactor: 'key-fob', intervalSeconds, t0Seconds: 0, windows }
}

const PERFECT = { slowestPpm: 0, fastestPpm: 0, wanderPpm: 0, typingMs: 0 }
/** Codes are typed up to this late; half of it is what a clock seems to be behind. */
const TYPING_MS = 8000
const TWO_SECONDS_A_DAY = 2 / 0.0864

function simulate(scenario: Partial<FleetScenario> & Pick<FleetScenario, 'record' | 'everyDays'>): FleetOutcome {
  const usual = { tokens: 40, years: 5, slowestPpm: -42, fastestPpm: 20, wanderPpm: 2, typingMs: TYPING_MS }
  return simulateFleet({ ...usual, ...scenario }, seededRandom(20_260_101))
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
const share = (count: number, all: number): string => `${((100 * count) / Math.max(1, all)).toFixed(2)} %`

function besidePeers(): Record<string, string>[] {
  const perfect = [30, 60].map((interval) =>
    simulate({ ...PERFECT, record: fob(interval, [1, 1, 1]), everyDays: 1, tokens: 1, years: 5.5 }),
  )
  const steady = { ...PERFECT, slowestPpm: TWO_SECONDS_A_DAY, fastestPpm: TWO_SECONDS_A_DAY, tokens: 1 }
  const monthly = simulate({ ...steady, record: fob(30), everyDays: 30, years: 3.05 })
  const quarterly = simulate({ ...steady, record: fob(30), everyDays: 90, years: 3.05 })
  const many = simulate({ ...PERFECT, record: fob(30), everyDays: 1, tokens: 50, years: 1 })
  const { endMs, accepted } = walkAhead()
  const turnedAway = perfect.map(
    ({ refused, withNextTokencode, logins }) => `${refused + withNextTokencode} of ${logins}`,
  )
  const letIn = ({ silent, logins }: FleetOutcome): string => `${silent} of ${logins}`
  return [
    {
      situation: 'perfect clock, window ±1 of 30 s: refused',
      peer: 'privacyIDEA 1,939 of 2,000',
      driftlock: turnedAway[0] ?? '',
    },
    { situation: 'perfect clock, window ±1 of 60 s: refused', peer: '(not measured)', driftlock: turnedAway[1] ?? '' },
    {
      situation: 'perfect clock: mean error of the estimate',
      peer: 'privacyIDEA -14.4 s',
      driftlock: seconds(many.meanErrorMs),
    },
    { situation: '2 s/day, monthly use: accepted', peer: 'privacyIDEA 36 of 36', driftlock: letIn(monthly) },
    { situation: '2 s/day, 90-day use: accepted', peer: 'privacyIDEA 0 of 12', driftlock: letIn(quarterly) },
    {
      situation: '20 logins, each 150 s further ahead',
      peer: 'privacyIDEA +3,000 s',
      driftlock: `+${seconds(endMs)} (${accepted} accepted)`,
    },
  ]
}

/** Somebody types codes ever further in the future within a minute. */
function walkAhead(): { readonly endMs: number; readonly accepted: number } {
  const record = fob(30, [6, 6, 6])
  let clock: ClockEstimate = UNKNOWN_CLOCK
  let accepted = 0
  for (let login = 1; login <= 20; login += 1) {
    const now = addMs(unixMs(Date.UTC(2026, 0, 1)), login * 3000)
    const step = stepAt(record, addMs(now, login * 150_000))
    const { centre, smallSteps } = acceptanceWindow(record, { clock, highWaterStep: NO_STEP }, now)
    if (Math.abs(Number(step - centre)) > smallSteps) continue
    accepted += 1
    clock = learn(clock, { record, step, now, inDoubt: false })
  }
  return { endMs: clock.offsetMs, accepted }
}

function fleet(): Record<string, string>[] {
  const windows = [
    ['±1', [1, 3, 10]],
    ['±10', [10, 12, 70]],
  ] as const
  return [30, 60].flatMap((interval) =>
    windows.flatMap(([name, steps]) =>
      USES.map(([use, everyDays]) => {
        const outcome = simulate({ record: fob(interval, steps), everyDays })
        return {
          interval: `${interval} s`,
          window: name,
          use,
          logins: String(outcome.logins),
          silent: share(outcome.silent, outcome.logins),
          'next tokencode': share(outcome.withNextTokencode, outcome.logins),
          resync: share(outcome.refused, outcome.logins),
          'bias beyond typing': seconds(outcome.meanErrorMs + TYPING_MS / 2),
          'rms error': seconds(outcome.errorMs),
        }
      }),
    ),
  )
}

console.log('Beside the figures measured of peers')
console.table(besidePeers())
console.log('Fleet: 40 key fobs of -42…+20 ppm, ±2 ppm of seasons and scatter, codes typed up to 8 s late, 5 years')
console.table(fleet())
