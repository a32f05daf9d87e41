import { describe, expect, it } from 'vitest'
import { emergencyAccess } from '../testing/emergency.ts'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, seedOf, stepNow, wrongCode } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { MS_PER_HOUR, MS_PER_MINUTE, step, unixMs } from '../time.ts'
import type { Token } from '../token/token.ts'

/** The pair a device shows whose clock is `off` steps away; by another seed where one is given. */
function pair(token: Token, off: number, seed?: Uint8Array) {
  const at = stepNow(token, NOON) + BigInt(off)
  return { first: codeAt(token, at, seed), second: codeAt(token, at + 1n, seed) }
}

describe('a resynchronisation', () => {
  it.each([
    ['TOTP', aToken(), 60],
    ['SecurID-format', aToken({ kind: 'securid' }), 60],
    ['TOTP of 30 s', aToken({ record: { intervalSeconds: 30 } }), 30],
    ['SecurID-format of 30 s', aToken({ kind: 'securid', record: { intervalSeconds: 30 } }), 30],
  ])(
    'of a %s token finds the pair up to 12 hours off, and the next displayed code then works',
    (_, token, interval) => {
      const reach = (12 * 3600) / interval
      for (const off of [-reach, -reach + 1, -100, 0, 17, reach - 1, reach]) {
        const world = new World({ tokens: [token] })
        const decision = world.resync(pair(token, off))
        expect([off, decision]).toMatchObject([off, { outcome: 'resynchronised', reason: 'resynchronised' }])
        expect(world.state().highWaterStep).toBe(stepNow(token, NOON) + BigInt(off + 1))
        world.wait(interval)
        expect([off, world.login(off + 1)]).toMatchObject([off, { outcome: 'accept' }])
      }
      for (const off of [-reach - 1, reach + 1]) {
        const world = new World({ tokens: [token] })
        expect(world.resync(pair(token, off))).toMatchObject({ outcome: 'refused', reason: 'resync-pair-not-found' })
      }
    },
  )

  it.each(['totp', 'securid'] as const)(
    'of a %s token is refused while the server’s clock is in doubt, right or wrong',
    (kind) => {
      const token = aToken({ kind })
      for (const codes of [
        pair(token, 99),
        { first: '123456', second: '654321' },
        { first: '111111', second: '111111' },
      ]) {
        const world = new World({ tokens: [token], clockInDoubt: true })
        const decision = world.resync(codes)
        expect(decision).toMatchObject({
          outcome: 'refused',
          reason: 'resync-server-clock-in-doubt',
          trace: { counted: false },
        })
        expect([decision.changes, world.state()]).toEqual([{ tokens: [] }, token.state])
      }
    },
  )

  it('of a counter is none the worse for a doubtful clock', () => {
    const world = new World({ tokens: [aToken({ kind: 'hotp' })], clockInDoubt: true })
    const next = world.state().highWaterStep + 50n
    const codes = { first: codeAt(world.token(), next), second: codeAt(world.token(), next + 1n) }
    expect(world.resync(codes)).toMatchObject({ outcome: 'resynchronised' })
  })

  it('stores the offset measured from the middle of the second step, and says it', () => {
    const world = new World()
    const offMs = 5 * MS_PER_HOUR
    expect(world.resync(pair(world.token(), 299))).toMatchObject({
      trace: { rule: 'resynchronised', counted: false, tokens: [{ clockOffMs: offMs, code: 'good' }] },
    })
    expect(world.state().clock).toMatchObject({ offsetMs: offMs, measuredAt: NOON })
  })

  it('logs nobody in: it wipes no failures, and both codes are spent', () => {
    const world = new World()
    world.fail(2)
    const { guesses } = world.user
    expect(world.resync(pair(world.token(), 0)).outcome).toBe('resynchronised')
    expect(world.user.guesses).toEqual(guesses)
    expect(world.state()).toMatchObject({ badTokencodeCount: 0, lastAcceptedAt: null })
    expect(world.login(0).outcome).toBe('reject')
    expect(world.login(1).outcome).toBe('reject')
  })

  it('needs both steps above the one that was used last', () => {
    const world = new World()
    world.login(0)
    expect(world.resync(pair(world.token(), -1))).toMatchObject({ reason: 'resync-pair-not-found' })
    expect(world.resync(pair(world.token(), 0))).toMatchObject({ reason: 'resync-pair-not-found' })
    expect(world.resync(pair(world.token(), 1))).toMatchObject({ outcome: 'resynchronised' })
  })

  it.each([
    ['the first code alone', (token: Token) => ({ ...pair(token, 5), second: wrongCode(token, NOON) })],
    ['the second code alone', (token: Token) => ({ ...pair(token, 5), first: wrongCode(token, NOON) })],
    ['the codes the wrong way round', (t: Token) => ({ first: pair(t, 5).second, second: pair(t, 5).first })],
    ['a code left out', (token: Token) => ({ first: pair(token, 5).first, second: pair(token, 6).second })],
    [
      'passcodes with the PIN',
      (token: Token) => ({ first: `4711${pair(token, 5).first}`, second: pair(token, 5).second }),
    ],
    ['nothing', () => ({ first: '', second: '' })],
  ])('is refused with one answer, and counted, for %s', (what, typed) => {
    const world = new World()
    const reason = what === 'nothing' ? 'resync-same-code-twice' : 'resync-pair-not-found'
    const before = world.state()
    expect(world.resync(typed(world.token()))).toMatchObject({
      outcome: 'refused',
      reason,
      trace: { counted: true, consecutiveFailures: 1 },
    })
    expect(world.state()).toEqual(before)
  })

  it('is refused when the same code is entered twice', () => {
    const world = new World()
    const { first } = pair(world.token(), 0)
    expect(world.resync({ first, second: first })).toMatchObject({
      reason: 'resync-same-code-twice',
      trace: { counted: true },
    })
  })

  it('counts against the lockout, and the same pair sent twice counts once', () => {
    const world = new World()
    const miss = (number: number) => world.resync({ first: String(100_000 + number), second: '200000' })
    miss(0)
    expect(miss(0)).toMatchObject({ trace: { counted: false } })
    for (const number of [1, 2, 3, 4]) miss(number)
    expect(world.isLocked).toBe(true)
    expect(world.resync(pair(world.token(), 0))).toMatchObject({ reason: 'user-locked', trace: { counted: false } })
  })

  it('waits for a pause to end', () => {
    const world = new World({ lockout: { response: 'delay' } })
    world.fail(3)
    expect(world.resync(pair(world.token(), 0))).toMatchObject({ reason: 'try-later' })
    world.wait(5)
    expect(world.resync(pair(world.token(), 0))).toMatchObject({ outcome: 'resynchronised' })
  })

  it.each([
    ['token-disabled', aToken({ record: { enabled: false } })],
    ['token-expired', aToken({ record: { expiresAt: NOON } })],
    ['recovered-token-denied', aToken({ state: { lost: true } })],
    [
      'recovered-token-denied',
      aToken({ state: { emergency: emergencyAccess('one-time-set', { ifTokenBecomesAvailable: 'deny' }) } }),
    ],
  ])('is refused with %s, and not counted', (reason, token) => {
    const world = new World({ tokens: [token] })
    expect(world.resync(pair(token, 0))).toMatchObject({ outcome: 'refused', reason, trace: { counted: false } })
  })

  it('is refused for a token that is not the user’s', () => {
    const world = new World()
    expect(world.resync(pair(world.token(), 0), 'token-9')).toMatchObject({ reason: 'no-token-assigned' })
  })

  it('does not take the pair of another token', () => {
    const world = new World()
    expect(world.resync(pair(world.token(), 0, seedOf(9)))).toMatchObject({ reason: 'resync-pair-not-found' })
  })

  it('brings a redistributed seed into use', () => {
    const world = new World({ tokens: [aToken({ pendingSeed: 8 })] })
    expect(world.resync(pair(world.token(), 40, seedOf(8)))).toMatchObject({ outcome: 'resynchronised' })
    expect(world.token()).toMatchObject({ seed: seedOf(8), state: { pendingSeed: false } })
    const old = new World({ tokens: [aToken({ pendingSeed: 8 })] })
    old.resync(pair(old.token(), 40))
    expect(old.state().pendingSeed).toBe(true)
  })

  it('voids a question that was open', () => {
    const world = new World()
    world.login(2)
    world.resync(pair(world.token(), 5))
    expect(world.answer(pair(world.token(), 3).first)).toMatchObject({ reason: 'challenge-void' })
  })

  it('rests on the version and the step that were read', () => {
    const world = new World()
    expect(world.resync(pair(world.token(), 0)).condition.tokens).toEqual([
      { tokenId: 'token-1', version: 3, highWaterBelow: stepNow(world.token(), NOON) + 1n },
    ])
  })
})

describe('a device clock that was set back', () => {
  it('is resynchronised to an earlier time only on request, with a reason of its own and no high-water condition', () => {
    const world = new World()
    world.login(0)
    const back = pair(world.token(), -30)
    expect(world.resync(back)).toMatchObject({ reason: 'resync-pair-not-found' })
    expect(world.resync({ ...back, setBack: true })).toMatchObject({
      outcome: 'resynchronised',
      reason: 'resynchronised-after-setback',
      condition: { tokens: [{ tokenId: 'token-1', version: 4 }] },
    })
    expect(world.state().highWaterStep).toBe(stepNow(world.token(), NOON) - 29n)
    world.wait(60)
    expect(world.login(-29).outcome).toBe('accept')
    world.wait(60)
    expect(world.login(-26)).toMatchObject({ outcome: 'challenge' })
    expect(world.answer(codeAt(world.token(), stepNow(world.token(), world.now) - 25n)).outcome).toBe('accept')
  })

  it('is the reason as soon as one of the two codes lies at or below the last used step', () => {
    for (const [off, reason] of [
      [-1, 'resynchronised-after-setback'],
      [0, 'resynchronised-after-setback'],
      [1, 'resynchronised'],
    ] as const) {
      const world = new World()
      world.login(0)
      expect([off, world.resync({ ...pair(world.token(), off), setBack: true }).reason]).toEqual([off, reason])
    }
  })
})

describe('an HOTP token', () => {
  const token = aToken({ kind: 'hotp', state: { highWaterStep: step(5000) } })
  const presses = (counter: number) => ({ first: codeAt(token, counter), second: codeAt(token, counter + 1) })

  it('is resynchronised up to 1,000 presses ahead, and the next code then works', () => {
    for (const counter of [5001, 5500, 6001]) {
      const world = new World({ tokens: [token] })
      const { clock } = world.state()
      expect([counter, world.resync(presses(counter)).outcome]).toEqual([counter, 'resynchronised'])
      expect(world.state()).toMatchObject({ highWaterStep: BigInt(counter + 1), clock })
      expect(world.enter(ALICES_PIN + codeAt(token, counter + 2)).outcome).toBe('accept')
    }
  })

  it('is not found beyond that, nor at or below the counter that was used', () => {
    for (const counter of [6002, 5000, 4999, 4000]) {
      expect(new World({ tokens: [token] }).resync(presses(counter)).reason).toBe('resync-pair-not-found')
    }
  })

  it('may be set back by an administrator', () => {
    const world = new World({ tokens: [token] })
    const decision = world.resync({ ...presses(4500), setBack: true })
    expect(decision).toMatchObject({ reason: 'resynchronised-after-setback' })
    expect(decision.trace.tokens[0]?.clockOffMs).toBeUndefined()
    expect(world.enter(ALICES_PIN + codeAt(token, 4502)).outcome).toBe('accept')
  })

  it('that was never used is found from its first counter on', () => {
    const unused = new World({ tokens: [aToken({ kind: 'hotp' })] })
    expect(unused.resync(presses(0)).outcome).toBe('resynchronised')
  })
})

it('is for the token that drifted out of its windows: refused before, accepted after', () => {
  const world = new World()
  const token = world.token()
  world.now = unixMs(NOON + 14 * MS_PER_MINUTE)
  const shown = (ms: number) => codeAt(token, stepNow(token, unixMs(world.now - 14 * MS_PER_MINUTE + ms)))
  expect(world.enter(ALICES_PIN + shown(0)).outcome).toBe('reject')
  expect(world.resync({ first: shown(0), second: shown(60_000) }).outcome).toBe('resynchronised')
  world.wait(60)
  expect(world.enter(ALICES_PIN + shown(60_000)).outcome).toBe('accept')
  expect(passcodeOf(token, NOON)).not.toBe('')
})
