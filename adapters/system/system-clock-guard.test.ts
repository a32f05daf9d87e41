import type { Clock } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { SystemClockGuard } from './system-clock-guard.ts'
import type { TimeServiceState } from './time-service.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let wall: number
let monotonic: number
let state: TimeServiceState
let guard: SystemClockGuard

const clock: Clock = { now: () => unixMs(wall), monotonicMs: () => monotonic }

beforeEach(() => {
  wall = Date.UTC(2026, 10, 22)
  monotonic = 1000
  state = 'unknown'
  guard = new SystemClockGuard({ clock, timeService: async () => state })
})

function pass(milliseconds: number, wallMilliseconds = milliseconds): void {
  monotonic += milliseconds
  wall += wallMilliseconds
}

function fleetSees(surpriseMs: number): void {
  pass(1000)
  for (let token = 0; token < 10; token++) guard.witness(`token-${token}`, surpriseMs)
}

const reasons = () => guard.doubts().map(({ reason }) => reason)

describe('a clock that is kept', () => {
  it('is trusted, also while the time service runs it a little faster or slower', () => {
    for (let minute = 0; minute < 1000; minute++) {
      pass(MINUTE, MINUTE + 30)
      expect(guard.inDoubt()).toBe(false)
    }
  })

  it('is trusted where nobody can be asked, and doubted where the system says that nothing keeps it', async () => {
    await guard.check()
    expect(guard.inDoubt()).toBe(false)
    state = 'not-synchronised'
    await guard.check()
    expect(reasons()).toEqual(['not-synchronised'])
    state = 'synchronised'
    await guard.check()
    expect(guard.inDoubt()).toBe(false)
  })

  it('is not asked of the time service where that is to be ignored', async () => {
    state = 'not-synchronised'
    guard = new SystemClockGuard({ clock, timeService: async () => state, ignoreTimeService: true })
    await guard.check()
    expect(guard.inDoubt()).toBe(false)
  })
})

describe('a clock that was set while the server ran', () => {
  it.each([
    [HOUR, 'forward by 1 h'],
    [-13 * HOUR - 5 * MINUTE, 'back by 13 h 5 min'],
    [3000, 'forward by 3 s'],
  ])('is doubted at once: %d ms', (jump, words) => {
    pass(10_000, 10_000 + jump)
    expect(guard.doubts()).toEqual([{ reason: 'wall-clock-jumped', text: expect.stringContaining(words), since: wall }])
  })

  it('is trusted again when it is put back', () => {
    pass(10_000, 10_000 + HOUR)
    expect(guard.inDoubt()).toBe(true)
    pass(10_000, 10_000 - HOUR)
    expect(guard.inDoubt()).toBe(false)
  })

  it('is trusted again when the time service confirms the new time', async () => {
    pass(10_000, HOUR)
    state = 'not-synchronised'
    await guard.check()
    expect(reasons()).toEqual(['wall-clock-jumped', 'not-synchronised'])
    state = 'synchronised'
    await guard.check()
    expect(guard.inDoubt()).toBe(false)
  })

  it('is doubted for an hour where nobody can confirm it, and again after the next jump', () => {
    pass(10_000, HOUR)
    expect(guard.inDoubt()).toBe(true)
    pass(HOUR)
    expect(guard.inDoubt()).toBe(true)
    pass(MINUTE)
    expect(guard.inDoubt()).toBe(false)
    pass(10_000, HOUR)
    expect(guard.inDoubt()).toBe(true)
  })
})

describe('a clock the tokens disagree with', () => {
  it('is doubted, with how far it is off', () => {
    fleetSees(14 * HOUR + 3 * MINUTE)
    expect(guard.doubts()).toMatchObject([
      { reason: 'fleet-moved', text: expect.stringContaining('14 h 3 min behind') },
    ])
    fleetSees(-HOUR)
    expect(guard.doubts()).toMatchObject([{ text: expect.stringContaining('1 h ahead') }])
  })

  it('is trusted again when they agree', () => {
    fleetSees(HOUR)
    expect(guard.inDoubt()).toBe(true)
    fleetSees(0)
    expect(guard.inDoubt()).toBe(false)
  })

  it('is trusted for a time when an operator says that it is right', () => {
    fleetSees(HOUR)
    pass(10_000, HOUR)
    guard.trustClock(24 * HOUR)
    fleetSees(HOUR)
    expect(guard.inDoubt()).toBe(false)
    pass(24 * HOUR)
    fleetSees(HOUR)
    expect(reasons()).toEqual(['fleet-moved'])
  })
})
