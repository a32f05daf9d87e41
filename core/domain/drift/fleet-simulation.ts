import { addMs, MS_PER_DAY, NO_STEP, type Step, type UnixMs, unixMs } from '../time.ts'
import { stepAt } from '../tokencode/steps.ts'
import { type ClockEstimate, UNKNOWN_CLOCK } from './clock-estimate.ts'
import type { ClockedRecord } from './clock-model.ts'
import { clockAfterResync, learn } from './learn.ts'
import type { Randomness } from './seeded-random.ts'
import { acceptanceWindow } from './windows.ts'

export interface FleetScenario {
  readonly record: ClockedRecord
  readonly tokens: number
  readonly years: number
  readonly everyDays: number
  /** The clocks' own rates are spread evenly over this range. */
  readonly slowestPpm: number
  readonly fastestPpm: number
  /** Amplitude of the seasons and scatter between uses, ppm. */
  readonly wanderPpm: number
  /** Codes are typed up to so much later than they were read. */
  readonly typingMs: number
}

export interface FleetOutcome {
  readonly logins: number
  readonly silent: number
  /** Let in after the next tokencode: beyond the small window, within the large one. */
  readonly withNextTokencode: number
  /** Outside every window: the help desk resynchronised. */
  readonly refused: number
  /** Mean of believed minus true offset right after learning: the bias. */
  readonly meanErrorMs: number
  /** Root mean square of the same. */
  readonly errorMs: number
}

const START = unixMs(Date.UTC(2026, 0, 1))
const DAYS_PER_YEAR = 365.25
/** A gap is lived through in pieces no longer than this, so that the seasons are felt. */
const PIECE_MS = 10 * MS_PER_DAY

/**
 * Lets virtual tokens with imperfect clocks log in over years, each accepted code teaching the server as in real use.
 * Steps stand for their codes. A token outside every window is resynchronised and goes on.
 */
export function simulateFleet(scenario: FleetScenario, random: Randomness): FleetOutcome {
  const tally = new FleetTally()
  for (let token = 0; token < scenario.tokens; token += 1) liveThrough(scenario, random, tally)
  return tally.outcome()
}

function liveThrough(scenario: FleetScenario, random: Randomness, tally: FleetTally): void {
  const { record, everyDays, years } = scenario
  const device = new DeviceClock(scenario, random)
  const end = addMs(START, years * DAYS_PER_YEAR * MS_PER_DAY)
  let clock: ClockEstimate = UNKNOWN_CLOCK
  let highWaterStep: Step = NO_STEP
  let now: UnixMs = START
  for (;;) {
    // People are not punctual: a tenth of the gap either way, at any moment of the interval.
    const gapMs = Math.round(everyDays * MS_PER_DAY * (0.9 + 0.2 * random()))
    now = addMs(now, gapMs)
    if (now > end) return
    device.run(now - gapMs, gapMs)
    const step = stepAt(record, addMs(now, device.offsetMs - random() * scenario.typingMs))
    const window = acceptanceWindow(record, { clock, highWaterStep }, now)
    const distance = Math.abs(Number(step - window.centre))
    const accepted = step > highWaterStep && distance <= window.largeSteps
    clock = accepted
      ? learn(clock, { record, step, now, inDoubt: false })
      : clockAfterResync(clock, { record, step, now })
    tally.count(accepted ? (distance <= window.smallSteps ? 'silent' : 'withNextTokencode') : 'refused')
    tally.measure(clock.offsetMs - device.offsetMs)
    highWaterStep = step
  }
}

/** A quartz with a rate of its own, seasons and scatter. */
class DeviceClock {
  offsetMs = 0
  readonly #ratePpm: number
  readonly #wanderPpm: number
  readonly #random: Randomness

  constructor({ slowestPpm, fastestPpm, wanderPpm }: FleetScenario, random: Randomness) {
    this.#ratePpm = slowestPpm + random() * (fastestPpm - slowestPpm)
    this.#wanderPpm = wanderPpm
    this.#random = random
  }

  run(fromMs: number, gapMs: number): void {
    for (let done = 0; done < gapMs; done += PIECE_MS) {
      const season = Math.sin((2 * Math.PI * (fromMs + done)) / (DAYS_PER_YEAR * MS_PER_DAY))
      const wander = this.#wanderPpm * (season + this.#random() - 0.5)
      this.offsetMs += (this.#ratePpm + wander) * 1e-6 * Math.min(PIECE_MS, gapMs - done)
    }
  }
}

class FleetTally {
  readonly #counts = { silent: 0, withNextTokencode: 0, refused: 0 }
  #errorSum = 0
  #squareSum = 0

  count(kind: 'silent' | 'withNextTokencode' | 'refused'): void {
    this.#counts[kind] += 1
  }

  measure(errorMs: number): void {
    this.#errorSum += errorMs
    this.#squareSum += errorMs ** 2
  }

  outcome(): FleetOutcome {
    const { silent, withNextTokencode, refused } = this.#counts
    const logins = silent + withNextTokencode + refused
    const perLogin = Math.max(1, logins)
    return {
      logins,
      ...this.#counts,
      meanErrorMs: this.#errorSum / perLogin,
      errorMs: Math.sqrt(this.#squareSum / perLogin),
    }
  }
}
