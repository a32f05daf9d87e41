import { describe, expect, it } from 'vitest'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, stepNow, withPin, wrongCode } from '../testing/tokens.ts'
import { World, type WorldSpec } from '../testing/world.ts'
import { addMs, step } from '../time.ts'

const codeNow = (world: World, off = 0) => codeAt(world.token(), stepNow(world.token(), world.now) + BigInt(off))

/** A good code two steps off: asked for the next one. */
function asked(spec: WorldSpec = {}): World {
  const world = new World(spec)
  expect(world.login(2)).toMatchObject({ outcome: 'challenge', reason: 'next-tokencode-outside-small-window' })
  return world
}

describe('the next tokencode is asked', () => {
  it.each([-3, -2, 2, 3])('for a good code %i steps off, whose step is spent and whose clock is not learned', (off) => {
    const world = new World()
    const { clock } = world.state()
    const decision = world.login(off)
    expect(decision).toMatchObject({
      outcome: 'challenge',
      reason: 'next-tokencode-outside-small-window',
      question: { type: 'next-tokencode', intervalSeconds: 60, pinpad: false },
      challenge: { type: 'next-tokencode', cause: 'outside-small-window', expiresAt: addMs(NOON, 180_000) },
    })
    expect(world.state()).toMatchObject({ clock, highWaterStep: stepNow(world.token(), NOON) + BigInt(off) })
  })

  it('after three wrong codes followed by a good one, also far from the centre, and not after two', () => {
    for (const [failures, off, outcome] of [
      [2, 0, 'accept'],
      [3, 0, 'challenge'],
      [3, 10, 'challenge'],
      [3, -10, 'challenge'],
      [3, 11, 'reject'],
      [2, 10, 'reject'],
    ] as const) {
      const world = new World()
      world.fail(failures)
      expect([failures, off, world.login(off).outcome]).toEqual([failures, off, outcome])
    }
  })

  it('says by its reason that wrong codes were the cause', () => {
    const world = new World()
    world.fail(3)
    expect(world.login()).toMatchObject({
      reason: 'next-tokencode-after-bad-codes',
      challenge: { cause: 'too-many-bad-codes' },
      trace: { tokens: [{ window: 'small' }] },
    })
  })

  it('never after wrong codes where the policy says so', () => {
    const world = new World({
      policy: { incorrectPasscodesBeforeNextTokencode: null },
      lockout: { maxFailures: 99 },
    })
    world.fail(20)
    expect(world.login().outcome).toBe('accept')
  })

  it('again with the next good code, where the question after wrong codes was left unanswered', () => {
    const world = new World()
    world.fail(3)
    expect(world.login()).toMatchObject({ reason: 'next-tokencode-after-bad-codes' })
    world.wait(600)
    expect(world.login()).toMatchObject({ reason: 'next-tokencode-after-bad-codes' })
    expect(world.state().badTokencodeCount).toBe(3)
  })

  it('not for a wrong PIN, whatever the code', () => {
    const world = new World()
    expect(world.login(2, '5555').outcome).toBe('reject')
  })
})

it('says to a PINPad user that the next display is wanted, and to the help desk how far off the code was', () => {
  const world = new World({ tokens: [aToken({ record: { passcodeStyle: 'pinpad' } })] })
  world.fail(3)
  expect(world.login(7)).toMatchObject({
    question: { pinpad: true },
    trace: { tokens: [{ via: 'tokencode', window: 'large', stepsOff: 7 }] },
  })
})

it.each(['fob', 'pinpad'] as const)('is missed with a PIN in front by whoever has none yet: %s', (passcodeStyle) => {
  const world = new World({ tokens: [aToken({ pin: null, record: { passcodeStyle } })] })
  expect(world.enter(codeNow(world, 2))).toMatchObject({ outcome: 'challenge' })
  const next = codeNow(world, 3)
  const withAny = passcodeStyle === 'fob' ? `1234${next}` : withPin(world.token(), next, '1234')
  expect(world.answer(withAny)).toMatchObject({
    reason: 'next-tokencode-wrong',
    trace: { tokens: [{ pin: 'not-set', code: 'none' }] },
  })
})

describe('the code that follows', () => {
  it.each([
    ['good', aToken(), ALICES_PIN],
    ['not-needed', aToken({ record: { passcodeStyle: 'tokencode-only' } }), ''],
  ] as const)('is kept in the trace beside its PIN (%s)', (pin, token, typed) => {
    const world = new World({ tokens: [token] })
    world.login(2, typed)
    expect(world.answer(codeNow(world, 3)).trace.tokens).toEqual([
      { serial: '000312345671', via: 'tokencode', pin, code: 'good', searchedSteps: 1 },
    ])
    const missed = new World({ tokens: [token] })
    missed.login(2, typed)
    expect(missed.answer('x').trace.tokens).toMatchObject([{ via: 'tokencode', pin, code: 'none' }])
  })

  it('is the last one of an HOTP token too', () => {
    const last = step((1n << 64n) - 1n)
    const world = new World({ tokens: [aToken({ kind: 'hotp', state: { highWaterStep: step(last - 6n) } })] })
    world.enter(ALICES_PIN + codeAt(world.token(), last - 1n))
    expect(world.answer(codeAt(world.token(), last)).outcome).toBe('accept')
  })

  it('lets the user in, clears the counters and sets the clock', () => {
    const world = new World()
    world.fail(3)
    world.login(9)
    world.wait(60)
    expect(world.answer(codeNow(world, 9))).toMatchObject({
      outcome: 'accept',
      reason: 'next-tokencode-accepted',
      tokenId: 'token-1',
    })
    expect(world.state()).toMatchObject({ badTokencodeCount: 0, lastAcceptedAt: world.now })
    expect(world.state().clock.offsetMs).toBe(540_000)
    expect(world.failures).toBe(0)
    world.wait(60)
    expect(world.login(9).outcome).toBe('accept')
  })

  it.each(['', '4711'])('may have the PIN in front (%j)', (pin) => {
    expect(asked().answer(pin + codeNow(new World(), 3)).outcome).toBe('accept')
  })

  it('must be the very next one', () => {
    for (const off of [0, 1, 4, 5, 6]) {
      const world = asked()
      expect(world.answer(codeNow(world, off))).toMatchObject({ outcome: 'reject', reason: 'next-tokencode-wrong' })
    }
  })

  it.each(['', 'yes', '5555123456', '12345', '0'.repeat(500)])('is not %j', (answer) => {
    expect(asked().answer(answer).outcome).toBe('reject')
  })

  it('does not excuse a wrong PIN in front of it', () => {
    const world = asked()
    expect(world.answer(`5555${codeNow(world, 3)}`).outcome).toBe('reject')
  })

  it('is what a PINPad token displays, or its bare tokencode', () => {
    for (const pin of ['', ALICES_PIN]) {
      const token = aToken({ kind: 'securid', record: { passcodeStyle: 'pinpad' } })
      const world = asked({ tokens: [token] })
      expect(world.challenge?.type).toBe('next-tokencode')
      expect(world.answer(withPin(token, codeNow(world, 3), pin)).outcome).toBe('accept')
    }
  })

  it('teaches no clock while the server’s own is in doubt', () => {
    const world = asked({ clockInDoubt: true })
    const { clock } = world.state()
    expect(world.answer(codeNow(world, 3)).outcome).toBe('accept')
    expect(world.state().clock).toEqual(clock)
  })

  it('is asked of an HOTP token by its counter', () => {
    const token = aToken({ kind: 'hotp', state: { highWaterStep: step(10) } })
    const world = new World({ tokens: [token] })
    world.enter(ALICES_PIN + codeAt(token, 15))
    expect(world.answer(codeAt(token, 16))).toMatchObject({ outcome: 'accept' })
    expect(world.state().highWaterStep).toBe(16n)
  })

  it('does not exist after the last counter', () => {
    const last = step((1n << 64n) - 1n)
    const token = aToken({ kind: 'hotp', state: { highWaterStep: step(last - 5n) } })
    const world = new World({ tokens: [token] })
    expect(world.enter(ALICES_PIN + codeAt(token, last)).outcome).toBe('challenge')
    expect(world.answer('123456')).toMatchObject({ reason: 'next-tokencode-wrong' })
  })
})

describe('one chance', () => {
  it('is over after a miss, which counts and is charged to the token', () => {
    const world = asked()
    const { challenge } = world
    const next = codeNow(world, 3)
    expect(world.answer(wrongCode(world.token(), NOON))).toMatchObject({
      reason: 'next-tokencode-wrong',
      trace: { counted: true, consecutiveFailures: 1, tokens: [{ code: 'none' }] },
    })
    expect(world.state().badTokencodeCount).toBe(1)
    expect(world.answer(next, challenge)).toMatchObject({ reason: 'challenge-void', trace: { counted: false } })
  })

  it('is a guess that delays when it is missed', () => {
    const world = asked({ lockout: { response: 'delay', delayAfterFailures: 1 } })
    world.answer('000000')
    expect(world.login(3)).toMatchObject({ reason: 'try-later' })
  })

  it('counts each miss of the same wrong code', () => {
    const world = new World()
    const miss = wrongCode(world.token(), NOON)
    world.login(-3)
    world.answer(miss)
    world.login(-2)
    world.answer(miss)
    expect(world.failures).toBe(2)
  })

  it.each([
    [true, 'lock', true],
    [false, 'lock', false],
    [true, 'delay', true],
  ] as const)(
    'locks on a miss where the policy says %s (response %s)',
    (lockOnWrongNextTokencode, response, locked) => {
      const world = asked({ policy: { lockOnWrongNextTokencode }, lockout: { response } })
      world.answer('000000')
      expect(world.isLocked).toBe(locked)
    },
  )

  it('is lost by typing the first code again', () => {
    const world = asked()
    expect(world.answer(codeNow(world, 2))).toMatchObject({ outcome: 'reject', reason: 'next-tokencode-same-code' })
    expect(world.answer(codeNow(world, 3))).toMatchObject({ reason: 'challenge-void' })
  })

  it('ends with its time', () => {
    const world = asked()
    world.wait(179)
    const { challenge } = world
    expect(new World(world.snapshot).state()).toEqual(world.state())
    world.wait(1)
    expect(world.answer(codeNow(world, 3), challenge)).toMatchObject({ reason: 'challenge-expired' })
  })

  it('stands until its last second', () => {
    const world = asked()
    const next = codeNow(world, 3)
    world.wait(179.999)
    expect(world.answer(next).outcome).toBe('accept')
  })

  it('may be used on an instance whose clock is some seconds behind', () => {
    const world = asked()
    const next = codeNow(world, 3)
    world.wait(-10)
    expect(world.answer(next).outcome).toBe('accept')
  })

  it('is over on an instance whose clock is more than a minute behind', () => {
    const late = asked().wait(-60)
    expect(late.answer(codeNow(new World(), 3)).outcome).toBe('accept')
    expect(asked().wait(-60.001).answer('1')).toMatchObject({ reason: 'challenge-expired' })
  })

  it('is void once the token was used in between', () => {
    const world = asked()
    const { challenge } = world
    world.login(3)
    expect(world.answer(codeNow(world, 3), challenge)).toMatchObject({ reason: 'challenge-void' })
  })

  it('is not there for another user, another token or no challenge at all', () => {
    const world = asked()
    const { challenge } = world
    if (challenge === undefined) throw new Error('nothing was asked')
    expect(world.answer('123456', { ...challenge, userId: 'bob' })).toMatchObject({ reason: 'challenge-void' })
    expect(world.answer('123456', { ...challenge, tokenId: 'token-9' })).toMatchObject({ reason: 'challenge-void' })
    world.challenge = undefined
    expect(world.answer('123456')).toMatchObject({ reason: 'challenge-void' })
  })

  it.each([
    ['user-disabled', (world: World) => Object.assign(world, { user: { ...world.user, enabled: false } })],
    ['token-disabled', (world: World) => world.administer({ record: { enabled: false } })],
    ['recovered-token-denied', (world: World) => world.administer({ state: { lost: true } })],
  ])('is refused with %s when that happened meanwhile', (reason, happen) => {
    const world = asked()
    const next = codeNow(world, 3)
    happen(world)
    expect(world.answer(next)).toMatchObject({ outcome: 'reject', reason })
  })
})

it('opens new PIN mode after the next tokencode, and then asks no next tokencode again', () => {
  const world = new World({ tokens: [aToken({ pin: null })], lockout: { maxFailures: 99 } })
  for (const start of [0, 1000, 2000]) world.enter(wrongCode(world.token(), NOON, start))
  expect(world.enter(passcodeOf(world.token(), NOON, { pin: '' })).outcome).toBe('challenge')
  expect(world.answer(codeNow(world, 1))).toMatchObject({ outcome: 'challenge', reason: 'new-pin-required' })
  world.answer('8305')
  world.answer('8305')
  world.wait(120)
  expect(world.login(0, '8305')).toMatchObject({ outcome: 'accept' })
})
