import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_GUESSES } from '../directory/user.ts'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { ALICES_PIN, aToken, NOON, passcodeOf, wrongCode } from '../testing/tokens.ts'
import { World, type WorldSpec } from '../testing/world.ts'
import { addMs, MS_PER_DAY, MS_PER_SECOND, type UnixMs, unixMs } from '../time.ts'
import {
  afterFailure,
  effectiveLock,
  endedLocksBeganBy,
  failuresInRow,
  isRetransmission,
  pausedUntil,
} from './guess-budget.ts'

const policy = INITIAL_POLICIES.lockout
/** Fails `times` times, one second apart: the user reads on, so that no next tokencode is asked in between. */
const failing = (times: number, lockout: WorldSpec['lockout'], pin = ALICES_PIN) => {
  const world = new World({ lockout: { ...lockout }, policy: { incorrectPasscodesBeforeNextTokencode: null } })
  for (let count = 0; count < times; count++) world.wait(1).fail(1, pin)
  return world
}

describe('the lock', () => {
  it('comes with the fifth failure in a row and refuses a good passcode without counting it', () => {
    expect(failing(4, {}).isLocked).toBe(false)
    const world = failing(5, {})
    expect(world.isLocked).toBe(true)
    expect(world.login()).toMatchObject({ reason: 'user-locked', trace: { counted: false, consecutiveFailures: 5 } })
    expect(world.login(0, '5555')).toMatchObject({ reason: 'user-locked' })
  })

  it('is not met by failures that a success separates', () => {
    const world = failing(4, {})
    world.login()
    world.fail(4)
    expect(world.isLocked).toBe(false)
  })

  it('is met only by failures within the time of the policy, counted back from the last one', () => {
    for (const [seconds, locked] of [
      [86_400, true],
      [86_401, false],
    ] as const) {
      const world = failing(1, {})
      world.wait(seconds - 3).fail(3)
      world.wait(3).fail(1)
      expect([seconds, world.isLocked]).toEqual([seconds, locked])
    }
  })

  it('forgets each failure at its own time, not all of them with the first', () => {
    const world = failing(1, {})
    world.wait(80_000).fail(3)
    world.wait(6401).fail(1)
    expect([world.failures, world.isLocked]).toEqual([4, false])
    world.wait(73_598).fail(1)
    expect([world.failures, world.isLocked]).toEqual([5, true])
  })

  it('comes exactly when as many failures as the policy says lie within its time, whenever they happen', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 40 })
    const anyLimit = fc.record({ maxFailures: fc.integer({ min: 1, max: 6 }), withinSeconds: fc.constant(1000) })
    fc.assert(
      fc.property(gaps, anyLimit, (seconds, limit) => {
        const limited = { ...policy, ...limit }
        const times: number[] = []
        let guesses = NO_GUESSES
        let now: number = NOON
        for (const gap of seconds) {
          if (guesses.lockedAt !== null) return
          now += gap * 1000
          times.push(now)
          guesses = afterFailure(guesses, { oneFactor: false }, { policy: limited, now: unixMs(now) })
          const first = times.at(-limit.maxFailures)
          expect(guesses.lockedAt !== null).toBe(first !== undefined && now - first <= 1_000_000)
        }
      }),
    )
  })

  it('has ended by itself for a list exactly when it has for its user', () => {
    const seconds = fc.integer({ min: 0, max: 200 })
    fc.assert(
      fc.property(seconds, fc.option(fc.integer({ min: 60, max: 120 })), (ago, unlockAfterSeconds) => {
        const timed = { ...policy, unlockAfterSeconds }
        const now = addMs(NOON, ago * MS_PER_SECOND)
        const ended = endedLocksBeganBy(timed, now)
        const lock = effectiveLock({ ...NO_GUESSES, lockedAt: NOON }, timed, now)
        expect(ended !== null && NOON <= ended).toBe(lock === undefined)
      }),
    )
    expect(endedLocksBeganBy({ ...policy, unlockAfterSeconds: 60 }, NOON)).toBe(NOON - 60_000)
  })

  it('stays until an administrator unlocks where the policy says so', () => {
    expect(failing(5, {}).wait(1e9).isLocked).toBe(true)
    expect(effectiveLock({ ...NO_GUESSES, lockedAt: NOON }, policy, NOON)).toEqual({ since: NOON, until: null })
  })

  it('ends by itself at its very instant, and its failures with it', () => {
    const timed = { ...policy, unlockAfterSeconds: 600 }
    const guesses = { ...NO_GUESSES, failedAt: [NOON, NOON], oneFactorFailedAt: [NOON], lockedAt: NOON }
    const until = addMs(NOON, 600_000)
    expect(effectiveLock(guesses, timed, addMs(until, -1))).toEqual({ since: NOON, until })
    expect(effectiveLock(guesses, timed, until)).toBeUndefined()
    expect(failuresInRow(guesses, { policy: timed, now: addMs(until, -1) })).toBe(2)
    expect(failuresInRow(guesses, { policy: timed, now: until })).toBe(0)
    expect(afterFailure(guesses, { oneFactor: false }, { policy: timed, now: until })).toEqual({
      ...NO_GUESSES,
      failedAt: [until],
    })
    const world = failing(5, { unlockAfterSeconds: 600 }).wait(600)
    expect(world.login().outcome).toBe('accept')
    expect(world.user.guesses).toEqual(NO_GUESSES)
  })

  it('never comes with the response "delay", but for a missed next tokencode where the token policy locks', () => {
    expect(failing(50, { response: 'delay' }).isLocked).toBe(false)
    const lockNow = { oneFactor: true, lockNow: true }
    expect(afterFailure(NO_GUESSES, lockNow, { policy: { ...policy, response: 'delay' }, now: NOON }).lockedAt).toBe(
      NOON,
    )
  })
})

describe('a pause', () => {
  const paused = (failures: number, changes = {}) => {
    const guesses = { ...NO_GUESSES, oneFactorFailedAt: Array<UnixMs>(failures).fill(NOON) }
    const until = pausedUntil(guesses, { ...policy, response: 'delay', ...changes }, NOON)
    return until === undefined ? 0 : (until - NOON) / MS_PER_SECOND
  }

  it('begins with the third failure that had one factor right, doubles, and stays below its cap', () => {
    expect([2, 3, 4, 5, 9, 10, 11, 12, 500].map((count) => paused(count))).toEqual([
      0, 5, 10, 20, 320, 640, 900, 900, 900,
    ])
  })

  it('is never made where the policy only locks, and ends at its very instant', () => {
    expect(paused(9, { response: 'lock' })).toBe(0)
    expect(paused(3, { response: 'both' })).toBe(5)
    const guesses = { ...NO_GUESSES, oneFactorFailedAt: [NOON, NOON, NOON] }
    const delay = { ...policy, response: 'delay' } as const
    expect(pausedUntil(guesses, delay, addMs(NOON, 4999))).toBe(addMs(NOON, 5000))
    expect(pausedUntil(guesses, delay, addMs(NOON, 5000))).toBeUndefined()
    expect(pausedUntil(NO_GUESSES, { ...delay, delayAfterFailures: 0 }, NOON)).toBeUndefined()
  })

  it('refuses unseen, is not extended by tries, and then lets the user in', () => {
    const world = failing(3, { response: 'delay' })
    const { guesses } = world.user
    expect(world.login()).toMatchObject({ reason: 'try-later', trace: { counted: false } })
    world.wait(4.999)
    expect(world.login()).toMatchObject({ reason: 'try-later' })
    expect(world.user.guesses).toEqual(guesses)
    world.wait(0.001)
    expect(world.login().outcome).toBe('accept')
  })

  it('is never made by an outsider who has neither PIN nor token', () => {
    const world = failing(40, { response: 'delay' }, '5555')
    expect(world.failures).toBe(40)
    expect(world.login().outcome).toBe('accept')
  })

  it('does not hold an outsider’s guesses, which are counted on', () => {
    const world = failing(3, { response: 'both' })
    expect(world.enter(`5555${wrongCode(world.token(), world.now, 900_000)}`)).toMatchObject({
      reason: 'wrong-passcode',
      trace: { counted: true, consecutiveFailures: 4 },
    })
  })

  it('holds a thief who has the token and guesses the PIN', () => {
    const world = new World({ lockout: { response: 'delay' } })
    let refused = 0
    for (let pin = 5000; pin < 5100; pin++) {
      const { reason } = world.enter(passcodeOf(world.token(), world.now, { pin: String(pin) }))
      if (reason === 'try-later') refused += 1
    }
    expect(refused).toBe(97)
  })

  it('counts failures within the time of the policy, as of the last one, so that a long pause is not cut short', () => {
    const delay = { ...policy, response: 'delay', withinSeconds: 60 } as const
    const ago = (seconds: number) => addMs(NOON, -seconds * MS_PER_SECOND)
    const at = (...seconds: number[]) => ({ ...NO_GUESSES, oneFactorFailedAt: [NOON, ...seconds.map(ago)] })
    expect(pausedUntil(at(30, 60), delay, NOON)).toBe(addMs(NOON, 5000))
    expect(pausedUntil(at(30, 61), delay, NOON)).toBeUndefined()
    const many = at(...Array<number>(8).fill(1))
    expect(pausedUntil(many, delay, addMs(NOON, 319_999))).toBe(addMs(NOON, 320_000))
  })

  it('is not washed away by a flood of guesses that have nothing right', () => {
    const world = failing(3, { response: 'delay' })
    for (let count = 0; count < 200; count++) {
      world.enter(`5555${wrongCode(world.token(), world.now, 100_000 + count)}`)
    }
    expect(world.login()).toMatchObject({ reason: 'try-later' })
    expect(world.user.guesses.failedAt).toHaveLength(128)
  })

  it('comes before the lock with the response "both"', () => {
    const world = failing(3, { response: 'both' })
    expect(world.login()).toMatchObject({ reason: 'try-later' })
    for (const seconds of [5, 10]) world.wait(seconds).fail(1)
    expect(world.isLocked).toBe(true)
  })
})

describe('what is remembered of wrong passcodes', () => {
  const at = (ms: number) => ({ policy, now: addMs(NOON, ms) })
  const fail = (guesses: typeof NO_GUESSES, fingerprint: string, ms: number) =>
    afterFailure(guesses, { oneFactor: false, fingerprint }, at(ms))

  it('is the newest four, and none of them in the clear', () => {
    let guesses = NO_GUESSES
    for (const name of ['a', 'b', 'c', 'd', 'e']) guesses = fail(guesses, name, 0)
    expect(guesses.recentWrong.map(({ fingerprint }) => fingerprint)).toEqual(['e', 'd', 'c', 'b'])
    const world = new World()
    world.fail(1)
    expect(world.user.guesses.recentWrong[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/)
  })

  it('knows a retransmission for 30 s', () => {
    const guesses = fail(NO_GUESSES, 'a', 0)
    expect(isRetransmission(guesses, 'a', at(30_000))).toBe(true)
    expect(isRetransmission(guesses, 'a', at(30_001))).toBe(false)
    expect(isRetransmission(guesses, 'b', at(0))).toBe(false)
  })

  it('counts a failure for exactly the time of the policy', () => {
    const guesses = fail(NO_GUESSES, 'a', 0)
    expect(failuresInRow(guesses, at(MS_PER_DAY))).toBe(1)
    expect(failuresInRow(guesses, at(MS_PER_DAY + 1))).toBe(0)
  })

  it('keeps when each failure was, newest first, and which had one factor right', () => {
    const first = afterFailure(NO_GUESSES, { oneFactor: true }, at(0))
    const second = afterFailure(first, { oneFactor: false }, at(1000))
    const third = afterFailure(second, { oneFactor: true }, at(2000))
    expect(third).toEqual({
      failedAt: [addMs(NOON, 2000), addMs(NOON, 1000), NOON],
      oneFactorFailedAt: [addMs(NOON, 2000), NOON],
      lockedAt: null,
      recentWrong: [],
    })
  })

  it('keeps the moment of the lock, and the failures that led to it, through later failures', () => {
    const locked = { ...NO_GUESSES, failedAt: [NOON], lockedAt: NOON }
    const later = at(2 * MS_PER_DAY)
    expect(failuresInRow(locked, later)).toBe(1)
    expect(afterFailure(locked, { oneFactor: true }, later)).toMatchObject({
      lockedAt: NOON,
      failedAt: [later.now, NOON],
    })
  })
})

it('counts all methods together: tokencode, emergency code, next tokencode and resynchronisation', () => {
  const world = new World({ tokens: [aToken()] })
  world.fail(1)
  world.login(0, '5555')
  world.resync({ first: '123456', second: '654321' })
  world.login(2)
  world.answer('000000')
  expect([world.failures, world.isLocked]).toEqual([4, false])
  world.enter('nonsense')
  expect(world.isLocked).toBe(true)
})
