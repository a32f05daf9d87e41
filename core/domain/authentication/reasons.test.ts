import { describe, expect, it } from 'vitest'
import { emergencyAccess, FIXED_CODE, ONE_TIME_CODES } from '../testing/emergency.ts'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, stepNow, type TokenSpec, wrongCode } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { addMs, unixMs } from '../time.ts'
import { type Reason, REASONS } from './reasons.ts'

const one = (spec: TokenSpec = {}) => new World({ tokens: [aToken(spec)] })
const away = (changes = {}, record = {}) =>
  one({ state: { emergency: emergencyAccess('temporary-fixed', changes) }, record })
const opened = () => {
  const world = one({ pin: null })
  world.login(0, '')
  return world
}
const codeOff = (world: World, off: number) => codeAt(world.token(), stepNow(world.token(), world.now) + BigInt(off))
const pair = (world: World, off: number) => ({ first: codeOff(world, off), second: codeOff(world, off + 1) })
const failed = (times: number, world = new World()) => {
  world.fail(times)
  return world
}
const after = (world: World, act: (world: World) => unknown) => {
  act(world)
  return world
}

/** `user-unknown` is said by the use case, which judges such an attempt like any other. */
type Decided = Exclude<Reason, 'user-unknown'>

/** For every reason a way to come to it. */
const WAYS: Record<Decided, () => { readonly reason: Reason }> = {
  'passcode-accepted': () => one().login(),
  'next-tokencode-accepted': () => {
    const world = after(one(), (alice) => alice.login(2))
    return world.answer(codeOff(world, 3))
  },
  'emergency-code-accepted': () => away().enter(ALICES_PIN + FIXED_CODE),
  'next-tokencode-after-bad-codes': () => failed(3).login(),
  'next-tokencode-outside-small-window': () => one().login(2),
  'new-pin-required': () => one({ pin: null }).login(0, ''),
  'new-pin-to-confirm': () => opened().answer('8305'),
  'new-pin-accepted': () => after(opened(), (world) => world.answer('8305')).answer('8305'),
  'new-pin-rejected': () => opened().answer('1111'),
  'new-pin-mismatch': () => after(opened(), (world) => world.answer('8305')).answer('8306'),
  'new-pin-cancelled': () => opened().answer(''),
  'passcode-format-error': () => one().enter('1'),
  'wrong-passcode': () => one().enter(`5555${wrongCode(aToken(), NOON)}`),
  'bad-pin-good-tokencode': () => one().login(0, '5555'),
  'bad-pin-previous-tokencode': () => after(one(), (world) => world.login()).login(0, '5555'),
  'good-pin-bad-tokencode': () => one().enter(ALICES_PIN + wrongCode(aToken(), NOON)),
  'tokencode-reused': () => after(one(), (world) => world.login()).login(),
  'tokencode-too-old': () => after(one(), (world) => world.login()).login(-1),
  'emergency-code-used': () => {
    const world = one({ state: { emergency: emergencyAccess('one-time-set') } })
    return after(world, () => world.enter(ALICES_PIN + ONE_TIME_CODES[0])).enter(ALICES_PIN + ONE_TIME_CODES[0])
  },
  'emergency-code-expired': () => away({ expiresAt: NOON }).enter(ALICES_PIN + FIXED_CODE),
  'emergency-code-void': () => away({}, { enabled: false }).enter(ALICES_PIN + FIXED_CODE),
  'bad-pin-good-emergency-code': () => away().enter(FIXED_CODE),
  'recovered-token-denied': () => one({ state: { lost: true } }).login(),
  'token-disabled': () => one({ record: { enabled: false } }).login(),
  'refused-by-cloud': () => new World({ tokens: [{ ...aToken(), refusedByCloud: true }] }).login(),
  'token-expired': () => one({ record: { expiresAt: NOON } }).login(),
  'token-not-started': () => one({ record: { startsAt: addMs(NOON, 1) } }).login(),
  'no-token-assigned': () => new World({ tokens: [] }).enter('4711123456'),
  'user-disabled': () => new World({ user: { enabled: false } }).login(),
  'user-expired': () => new World({ user: { expiresAt: NOON } }).login(),
  'user-locked': () => failed(5).login(),
  'try-later': () => failed(3, new World({ lockout: { response: 'both' } })).login(),
  'next-tokencode-wrong': () => after(one(), (world) => world.login(2)).answer('nonsense'),
  'next-tokencode-same-code': () => {
    const world = after(one(), (alice) => alice.login(2))
    return world.answer(codeOff(world, 2))
  },
  'challenge-expired': () => after(opened(), (world) => world.wait(180)).answer('8305'),
  'challenge-void': () => one().answer('1'),
  resynchronised: () => {
    const world = one()
    return world.resync(pair(world, 99))
  },
  'resynchronised-after-setback': () => {
    const world = after(one(), (alice) => alice.login())
    return world.resync({ ...pair(world, -99), setBack: true })
  },
  'resync-same-code-twice': () => one().resync({ first: '123456', second: '123456' }),
  'resync-pair-not-found': () => one().resync({ first: '123456', second: '654321' }),
  'resync-server-clock-in-doubt': () => new World({ clockInDoubt: true }).resync({ first: '123456', second: '654321' }),
}

describe('the closed list of reasons', () => {
  it('has a way to each of them, but for the unknown user, whom the use case knows', () => {
    expect(Object.keys(WAYS).toSorted()).toEqual(
      Object.keys(REASONS)
        .filter((reason) => reason !== 'user-unknown')
        .toSorted(),
    )
  })

  it.each(Object.entries(WAYS))('%s is produced', (reason, way) => {
    expect(way().reason).toBe(reason)
  })

  it('explains each to the help desk in a sentence, and tells the user of a refusal nothing but no', () => {
    const refused = Object.entries(REASONS).filter(([, { user }]) => user.startsWith('Access denied'))
    for (const { helpDesk, user } of Object.values(REASONS)) {
      expect(helpDesk).toMatch(/^[A-Z].*[.]$/s)
      expect(user).toMatch(/^[A-Z].*[.]$/s)
    }
    const texts = new Set(refused.filter(([reason]) => reason !== 'new-pin-cancelled').map(([, { user }]) => user))
    expect([...texts]).toEqual(['Access denied. Wait for the code to change, then try again.'])
  })

  it('gives each trace the reason it was decided by', () => {
    const world = new World()
    world.now = unixMs(NOON + 1)
    const { reason, trace } = world.enter(passcodeOf(world.token(), world.now))
    expect(trace.rule).toBe(reason)
  })
})
