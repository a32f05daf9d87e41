import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aToken, codeAt, NOON, passcodeOf, stepNow, wrongCode } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { addMs, step } from '../time.ts'
import type { Token } from '../token/token.ts'
import type * as codeSources from '../tokencode/code-source.ts'

/** Codes computed since the last reset: what an outsider could measure with a clock. */
const counter = vi.hoisted(() => ({ codes: 0 }))

vi.mock('../tokencode/code-source.ts', async (load) => {
  const real = await load<typeof codeSources>()
  return {
    ...real,
    codeSource: (...args: Parameters<typeof real.codeSource>) => {
      const source = real.codeSource(...args)
      return {
        ...source,
        code: (at: ReturnType<typeof step>) => {
          counter.codes += 1
          return source.code(at)
        },
        codes: (...range: Parameters<typeof source.codes>) => {
          const codes = source.codes(...range)
          counter.codes += codes.length
          return codes
        },
      }
    },
  }
})

function codesFor(act: () => unknown): number {
  counter.codes = 0
  act()
  return counter.codes
}

beforeEach(() => {
  counter.codes = 0
})

describe('the work of a passcode', () => {
  const work = (token: Token, passcode: string, spec = {}) => {
    const world = new World({ tokens: [token], ...spec })
    return codesFor(() => world.enter(passcode))
  }

  it('is one code for a good passcode of a right clock', () => {
    expect(work(aToken(), passcodeOf(aToken(), NOON))).toBe(1)
  })

  it('is the same for a wrong PIN whether or not the code is good', () => {
    const token = aToken()
    expect(work(token, passcodeOf(token, NOON, { pin: '5555' }))).toBe(7)
    expect(work(token, `5555${wrongCode(token, NOON)}`)).toBe(7)
  })

  it('is the same for a wrong PIN where a redistributed seed is looked at as well', () => {
    const token = aToken({ pendingSeed: 8 })
    expect(work(token, passcodeOf(token, NOON, { pin: '5555' }))).toBe(14)
    expect(work(token, passcodeOf(token, NOON, { pin: '5555', seed: 8 }))).toBe(14)
    expect(work(token, `5555${wrongCode(token, NOON)}`)).toBe(14)
  })

  it.each([
    ['fob', aToken()],
    ['pinpad', aToken({ record: { passcodeStyle: 'pinpad' } })],
    ['tokencode-only', aToken({ record: { passcodeStyle: 'tokencode-only' } })],
  ])('is the same for a locked user of a %s token, whether or not the passcode is good', (_, token) => {
    const user = { guesses: { ...new World().user.guesses, lockedAt: NOON } }
    const good = work(token, passcodeOf(token, NOON), { user })
    expect(good).toBe(work(token, passcodeOf(token, NOON, { off: 60 }), { user }))
    expect(good).toBeGreaterThanOrEqual(7)
  })

  it('is the same for a user who must wait, whether or not the passcode is good', () => {
    const token = aToken()
    const failures = [addMs(NOON, -1000), addMs(NOON, -2000), addMs(NOON, -3000)]
    const user = { guesses: { ...new World().user.guesses, failedAt: failures, oneFactorFailedAt: failures } }
    const spec = { user, lockout: { response: 'delay' as const } }
    const world = new World({ tokens: [token], ...spec })
    expect(world.enter(passcodeOf(token, NOON)).reason).toBe('try-later')
    expect(work(token, passcodeOf(token, NOON), spec)).toBe(7)
    expect(work(token, `4711${wrongCode(token, NOON)}`, spec)).toBe(7)
  })

  it.each([
    ['disabled', { record: { enabled: false } }],
    ['expired', { record: { expiresAt: NOON } }],
    ['lost', { state: { lost: true } }],
  ])('is the same for a %s token, whether or not PIN and code are good', (_, spec) => {
    const token = aToken(spec)
    expect(work(token, passcodeOf(token, NOON))).toBe(7)
    expect(work(token, passcodeOf(token, NOON, { pin: '5555' }))).toBe(7)
    expect(work(token, `4711${wrongCode(token, NOON)}`)).toBe(7)
  })
})

describe('the work of a resynchronisation', () => {
  const pairs = (token: Token, at: bigint) => ({
    fits: { first: codeAt(token, at), second: codeAt(token, at + 1n) },
    'first only': { first: codeAt(token, at), second: wrongCode(token, NOON) },
    'second only': { first: wrongCode(token, NOON), second: codeAt(token, at + 1n) },
    neither: { first: wrongCode(token, NOON), second: wrongCode(token, NOON, 5000) },
    'same twice': { first: codeAt(token, at), second: codeAt(token, at) },
    unreadable: { first: '', second: 'abc' },
  })

  it.each([
    ['TOTP', aToken(), 1442],
    ['SecurID-format', aToken({ kind: 'securid' }), 1442],
    ['TOTP of 30 s', aToken({ record: { intervalSeconds: 30 } }), 2882],
    ['HOTP', aToken({ kind: 'hotp', state: { highWaterStep: step(5000) } }), 2002],
    ['a redistributed TOTP token', aToken({ pendingSeed: 8 }), 2884],
  ])('of %s is the same whatever fits', (_, token, expected) => {
    const at = token.record.kind === 'hotp' ? 5300n : stepNow(token, NOON) - 300n
    for (const [what, pair] of Object.entries(pairs(token, at))) {
      const world = new World({ tokens: [token] })
      expect([what, codesFor(() => world.resync(pair))]).toEqual([what, expected])
    }
  })

  it('is the same for a locked user', () => {
    const token = aToken()
    const user = { guesses: { ...new World().user.guesses, lockedAt: NOON } }
    const world = new World({ tokens: [token], user })
    const pair = pairs(token, stepNow(token, NOON)).fits
    expect(codesFor(() => world.resync(pair))).toBe(1442)
  })
})
