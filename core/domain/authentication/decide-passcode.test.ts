import { describe, expect, it } from 'vitest'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, seedOf, stepNow, withPin, wrongCode } from '../testing/tokens.ts'
import { NO_GUESSES } from '../directory/user.ts'
import { World } from '../testing/world.ts'
import { addMs, MS_PER_DAY, step } from '../time.ts'
import type { Token } from '../token/token.ts'

const wrong = (token: Token, world: World) => wrongCode(token, world.now)

describe('a good passcode', () => {
  it.each([
    ['a TOTP fob', aToken()],
    ['a TOTP fob of 8 digits and 30 s', aToken({ record: { digits: 8, intervalSeconds: 30 } })],
    ['a TOTP token of SHA-256', aToken({ record: { algorithm: 'sha256' } })],
    ['a SecurID-format fob', aToken({ kind: 'securid' })],
    ['a SecurID-format PINPad token', aToken({ kind: 'securid', record: { passcodeStyle: 'pinpad', digits: 8 } })],
    ['a TOTP PINPad token', aToken({ record: { passcodeStyle: 'pinpad' } })],
    ['a token without PIN', aToken({ record: { passcodeStyle: 'tokencode-only' } })],
  ])('of %s lets its user in once', (_, token) => {
    const world = new World({ tokens: [token] })
    const passcode = passcodeOf(token, NOON)
    expect(world.enter(passcode)).toMatchObject({ outcome: 'accept', reason: 'passcode-accepted', tokenId: 'token-1' })
    expect(world.state()).toMatchObject({ version: 4, highWaterStep: stepNow(token, NOON), lastAcceptedAt: NOON })
    expect(world.enter(passcode)).toMatchObject({ outcome: 'reject', reason: 'tokencode-reused' })
  })

  it('of an HOTP token lets its user in up to two presses ahead', () => {
    const token = aToken({ kind: 'hotp', state: { highWaterStep: step(10) } })
    for (const [counter, outcome] of [
      [11, 'accept'],
      [13, 'accept'],
      [14, 'challenge'],
      [17, 'challenge'],
      [18, 'reject'],
    ] as const) {
      const world = new World({ tokens: [token] })
      expect([counter, world.enter(ALICES_PIN + codeAt(token, counter)).outcome]).toEqual([counter, outcome])
    }
  })

  it.each([-1, 0, 1])('%i steps off is accepted silently, its step spent and the clock learned', (off) => {
    const world = new World()
    expect(world.login(off)).toMatchObject({
      outcome: 'accept',
      trace: {
        counted: false,
        consecutiveFailures: 0,
        tokens: [{ pin: 'good', code: 'good', window: 'small', stepsOff: off, clockOffMs: off * 60_000 }],
      },
    })
    expect(world.state().highWaterStep).toBe(stepNow(world.token(), NOON) + BigInt(off))
    expect(Math.sign(world.state().clock.offsetMs)).toBe(off)
  })

  it('teaches nothing while the server’s clock is in doubt', () => {
    const world = new World({ clockInDoubt: true })
    const { clock } = world.state()
    expect(world.login(1)).toMatchObject({ outcome: 'accept', trace: { serverClockInDoubt: true } })
    expect(world.state().clock).toEqual(clock)
  })

  it('wipes the failures of the user and of its token', () => {
    const world = new World()
    world.fail(2)
    expect(world.state().badTokencodeCount).toBe(2)
    expect(world.login().outcome).toBe('accept')
    expect([world.state().badTokencodeCount, world.failures]).toEqual([0, 0])
  })

  it('wipes a failure that was no passcode: a next tokencode that was missed', () => {
    const world = new World()
    world.login(2)
    world.answer('000000')
    expect([world.user.guesses.failedAt.length, world.user.guesses.recentWrong.length]).toEqual([1, 0])
    world.wait(300)
    expect(world.login().outcome).toBe('accept')
    expect(world.user.guesses).toEqual(NO_GUESSES)
  })

  it('leaves the user’s record alone when there is nothing to wipe', () => {
    const world = new World()
    const { changes, condition } = world.login()
    expect(changes.guesses).toBeUndefined()
    expect(condition).toEqual({
      userId: 'alice',
      userVersion: 1,
      tokens: [{ tokenId: 'token-1', version: 3, highWaterBelow: stepNow(world.token(), NOON) }],
    })
  })
})

describe('several tokens of one user', () => {
  const first = aToken({ pin: '4711' })
  const second = aToken({ id: 'token-2', kind: 'securid', pin: '936258', seed: 9 })
  const third = aToken({ id: 'token-3', seed: 11, record: { passcodeStyle: 'tokencode-only', digits: 8 } })
  const world = () => new World({ tokens: [first, second, third] })

  it('are told apart by the passcode', () => {
    for (const [token, pin] of [
      [first, '4711'],
      [second, '936258'],
      [third, ''],
    ] as const) {
      expect(world().enter(passcodeOf(token, NOON, { pin }))).toMatchObject({
        outcome: 'accept',
        tokenId: token.record.id,
      })
    }
  })

  it('do not take each other’s PIN', () => {
    expect(world().enter(passcodeOf(first, NOON, { pin: '936258' }))).toMatchObject({
      reason: 'bad-pin-good-tokencode',
    })
  })

  it('are charged with a wrong code only where its PIN fitted', () => {
    const one = world()
    one.enter(`4711${wrong(first, one)}`)
    expect(one.tokens.map(({ state }) => state.badTokencodeCount)).toEqual([1, 0, 0])
  })

  it('are all charged that could read the passcode where no PIN fitted', () => {
    const one = world()
    one.enter(`5555${wrong(first, one)}`)
    expect(one.tokens.map(({ state }) => state.badTokencodeCount)).toEqual([1, 1, 0])
  })

  it('share one lockout', () => {
    const one = world()
    one.enter(`4711${wrong(first, one)}`)
    one.enter(`4711${wrongCode(first, NOON, 100)}`)
    one.enter(`936258${wrongCode(second, NOON, 200)}`)
    one.enter(`936258${wrongCode(second, NOON, 300)}`)
    expect(one.isLocked).toBe(false)
    one.enter(wrong(third, one))
    expect(one.isLocked).toBe(true)
    expect(one.enter(passcodeOf(first, NOON))).toMatchObject({ outcome: 'reject', reason: 'user-locked' })
  })

  it('prefer the reading nearest to its token’s clock', () => {
    const twins = [aToken({ pin: '4711' }), aToken({ id: 'token-2', pin: '4711' })]
    const shifted = { ...twins[0]?.state.clock, offsetMs: 60_000 } as Token['state']['clock']
    const one = new World({ tokens: twins }).administer({ state: { clock: shifted } })
    expect(one.login()).toMatchObject({ outcome: 'accept', tokenId: 'token-2' })
  })
})

describe('a refused passcode', () => {
  it.each([
    ['passcode-format-error', () => ''],
    ['passcode-format-error', () => 'let me in'],
    ['passcode-format-error', (token: Token) => passcodeOf(token, NOON, { pin: '' })],
    ['passcode-format-error', (token: Token) => passcodeOf(token, NOON, { pin: '123' })],
    ['passcode-format-error', (token: Token) => passcodeOf(token, NOON, { pin: '47114711471' })],
    ['passcode-format-error', (token: Token) => passcodeOf(token, NOON, { pin: '4'.repeat(80) })],
    ['wrong-passcode', (token: Token) => `5555${wrongCode(token, NOON)}`],
    ['bad-pin-good-tokencode', (token: Token) => passcodeOf(token, NOON, { pin: '4712' })],
    ['good-pin-bad-tokencode', (token: Token) => ALICES_PIN + wrongCode(token, NOON)],
    ['good-pin-bad-tokencode', (token: Token) => passcodeOf(token, NOON, { off: 4 })],
  ] as const)('is called %s', (reason, passcode) => {
    const world = new World()
    expect(world.enter(passcode(world.token()))).toMatchObject({ outcome: 'reject', reason, trace: { counted: true } })
    expect(world.state().highWaterStep).toBe(-1n)
  })

  it('is told from a used code and from an earlier one', () => {
    const world = new World()
    world.login()
    world.wait(120)
    expect(world.login(-2)).toMatchObject({ reason: 'tokencode-reused' })
    expect(world.login(-3)).toMatchObject({ reason: 'tokencode-too-old' })
    expect(world.login(-2, '5555')).toMatchObject({ reason: 'bad-pin-previous-tokencode' })
    expect(world.login(-3, '5556')).toMatchObject({ reason: 'bad-pin-previous-tokencode' })
  })

  it('counts with a wrong PIN as a guess at the PIN: the code was right once', () => {
    const world = new World({ lockout: { response: 'delay' } })
    world.login()
    world.login(0, '5555')
    expect(world.user.guesses.oneFactorFailedAt).toEqual([NOON])
  })

  it('takes a code that was skipped no more', () => {
    const world = new World()
    world.login(1)
    expect(world.login(0).outcome).toBe('reject')
    world.wait(60)
    expect(world.login(0).outcome).toBe('reject')
    world.wait(60)
    expect(world.login(0).outcome).toBe('accept')
  })

  it('is not counted when it is the last accepted passcode, sent twice', () => {
    const world = new World()
    world.login()
    world.wait(29)
    expect(world.login(0)).toMatchObject({ reason: 'tokencode-reused', trace: { counted: false } })
    world.wait(2)
    expect(world.login(-1)).toMatchObject({ reason: 'tokencode-reused', trace: { counted: true } })
  })

  it('is counted a moment after a log-on when it is anything else than that passcode', () => {
    const guesses = (world: World) => world.failures
    for (const [off, pin] of [
      [0, '5555'],
      [-1, ALICES_PIN],
      [60, ALICES_PIN],
    ] as const) {
      const world = new World()
      world.login()
      expect([off, pin, world.login(off, pin).trace.counted, guesses(world)]).toEqual([off, pin, true, 1])
    }
    const opened = new World()
    opened.login(2)
    expect(opened.login(2)).toMatchObject({ reason: 'tokencode-reused', trace: { counted: true } })
  })

  it('is not counted when it was the last accepted one of any of the user’s tokens, to the very end of 30 s', () => {
    const second = aToken({ id: 'token-2', seed: 9, pin: '936258' })
    const world = new World({ tokens: [aToken(), second] })
    const passcode = passcodeOf(second, NOON, { pin: '936258' })
    world.enter(passcode)
    world.wait(30)
    expect(world.enter(passcode)).toMatchObject({ reason: 'tokencode-reused', trace: { counted: false } })
  })

  it('is not counted twice when a client sends it again within 30 s, nor charged to the token', () => {
    const world = new World()
    const passcode = ALICES_PIN + wrong(world.token(), world)
    expect(world.enter(passcode)).toMatchObject({ trace: { counted: true, consecutiveFailures: 1 } })
    expect(world.enter(passcode)).toMatchObject({ trace: { counted: false, consecutiveFailures: 1 } })
    world.wait(30)
    expect(world.enter(passcode)).toMatchObject({ trace: { counted: false } })
    expect(world.state().badTokencodeCount).toBe(1)
    world.wait(1)
    expect(world.enter(passcode)).toMatchObject({ trace: { counted: true, consecutiveFailures: 2 } })
    expect(world.state().badTokencodeCount).toBe(2)
  })

  it('does not charge the token when only the PIN was wrong', () => {
    const world = new World()
    world.login(0, '4712')
    expect([world.state().badTokencodeCount, world.failures]).toEqual([0, 1])
  })
})

describe('what stands in the way of a good passcode', () => {
  const tomorrow = addMs(NOON, MS_PER_DAY)

  it.each([
    ['user-disabled', new World({ user: { enabled: false } })],
    ['user-expired', new World({ user: { expiresAt: NOON } })],
    ['user-expired', new World({ user: { startsAt: tomorrow } })],
    ['token-disabled', new World({ tokens: [aToken({ record: { enabled: false } })] })],
    ['token-expired', new World({ tokens: [aToken({ record: { expiresAt: NOON } })] })],
    ['token-not-started', new World({ tokens: [aToken({ record: { startsAt: tomorrow } })] })],
    ['recovered-token-denied', new World({ tokens: [aToken({ state: { lost: true } })] })],
  ] as const)('is called %s', (reason, world) => {
    expect(world.login()).toMatchObject({ outcome: 'reject', reason })
  })

  it.each([
    ['a wrong code', 'good-pin-bad-tokencode', (world: World) => ALICES_PIN + wrong(world.token(), world)],
    ['a wrong PIN', 'bad-pin-good-tokencode', (world: World) => passcodeOf(world.token(), NOON, { pin: '5555' })],
    ['neither right', 'wrong-passcode', (world: World) => `5555${wrong(world.token(), world)}`],
  ])('is not told of a passcode with %s', (_, reason, passcode) => {
    for (const spec of [{ record: { enabled: false } }, { state: { lost: true } }]) {
      const world = new World({ tokens: [aToken(spec)] })
      expect(world.enter(passcode(world)).reason).toBe(reason)
    }
  })

  it('is gone at its very instant', () => {
    const valid = { startsAt: NOON, expiresAt: addMs(NOON, 1) }
    expect(new World({ user: valid }).login().outcome).toBe('accept')
    expect(new World({ tokens: [aToken({ record: valid })] }).login().outcome).toBe('accept')
  })

  it('does not hold up another token of the user', () => {
    const second = aToken({ id: 'token-2', seed: 9 })
    const world = new World({ tokens: [aToken({ record: { enabled: false } }), second] })
    expect(world.enter(passcodeOf(second, NOON))).toMatchObject({ outcome: 'accept', tokenId: 'token-2' })
  })

  it('is having no token', () => {
    const world = new World({ tokens: [] })
    expect(world.enter('4711123456')).toMatchObject({ outcome: 'reject', reason: 'no-token-assigned' })
  })
})

describe('a redistributed seed', () => {
  const token = aToken({ pendingSeed: 8 })

  it('leaves the old one in use until its own first use', () => {
    const world = new World({ tokens: [token] })
    expect(world.enter(passcodeOf(token, NOON)).outcome).toBe('accept')
    expect(world.state().pendingSeed).toBe(true)
    world.wait(60)
    expect(world.enter(passcodeOf(token, world.now, { seed: 8 })).outcome).toBe('accept')
    expect(world.token()).toMatchObject({ seed: seedOf(8), state: { pendingSeed: false } })
    world.wait(60)
    expect(world.enter(passcodeOf(token, world.now, { seed: 7 })).outcome).toBe('reject')
  })

  it('takes over after its next tokencode, not before', () => {
    const world = new World({ tokens: [token] })
    expect(world.enter(passcodeOf(token, NOON, { seed: 8, off: 3 }))).toMatchObject({ outcome: 'challenge' })
    expect(world.state().pendingSeed).toBe(true)
    world.answer(codeAt(token, stepNow(token, NOON) + 4n, seedOf(8)))
    expect(world.token().seed).toEqual(seedOf(8))
  })

  it('never brings a spent step back', () => {
    const world = new World({ tokens: [token] })
    world.login()
    expect(world.enter(passcodeOf(token, NOON, { seed: 8 })).outcome).toBe('reject')
  })
})

describe('a PINPad passcode', () => {
  const token = aToken({ kind: 'securid', record: { passcodeStyle: 'pinpad', digits: 8 } })

  it('is refused with a wrong PIN, the PIN in front or letters', () => {
    const world = new World({ tokens: [token] })
    const code = codeAt(token, stepNow(token, NOON))
    expect(world.enter(withPin(token, code, '4712'))).toMatchObject({ reason: 'wrong-passcode' })
    expect(world.enter(code)).toMatchObject({ reason: 'wrong-passcode' })
    expect(world.enter(`4711${code}`)).toMatchObject({ reason: 'passcode-format-error' })
    for (const letters of ['abcdefgh', '1234567x', 'x2345678'])
      expect(new World({ tokens: [token] }).enter(letters)).toMatchObject({ reason: 'passcode-format-error' })
  })

  it('is called reused when its PIN and code were good before', () => {
    const world = new World({ tokens: [token] })
    world.login()
    expect(world.login()).toMatchObject({ reason: 'tokencode-reused', trace: { tokens: [{ pin: 'good' }] } })
  })

  it('is paused like any other guess: a wrong one cannot be told from a right PIN with a wrong code', () => {
    const world = new World({ tokens: [token], lockout: { response: 'delay' } })
    world.fail(3)
    const guesses = world.user.guesses
    expect(world.enter(wrongCode(token, NOON, 900_000))).toMatchObject({ reason: 'try-later' })
    expect(world.user.guesses).toEqual(guesses)
    world.wait(5)
    expect(world.enter(passcodeOf(token, world.now))).toMatchObject({ reason: 'next-tokencode-after-bad-codes' })
  })
})
