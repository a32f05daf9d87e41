import { describe, expect, it } from 'vitest'
import { emergencyAccess, FIXED_CODE, ONE_TIME_CODES } from '../testing/emergency.ts'
import { emergencyAccessOf } from '../emergency/issue-emergency-access.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, stepNow, type TokenSpec } from '../testing/tokens.ts'
import { World, type WorldSpec } from '../testing/world.ts'
import { addMs, MS_PER_DAY, unixMs } from '../time.ts'
import type { EmergencyAccess } from '../emergency/emergency-access.ts'

const [FIRST, SECOND] = ONE_TIME_CODES
const inADay = addMs(NOON, MS_PER_DAY)

function world(
  type: 'one-time-set' | 'temporary-fixed',
  changes: Partial<EmergencyAccess> = {},
  { token, ...spec }: WorldSpec & { token?: TokenSpec } = {},
): World {
  const emergency = emergencyAccess(type, changes)
  return new World({ tokens: [aToken({ ...token, state: { emergency, ...token?.state } })], ...spec })
}

describe('a one-time tokencode', () => {
  it('stands in for the tokencode, after the PIN, exactly once', () => {
    const alice = world('one-time-set')
    expect(alice.enter(ALICES_PIN + FIRST)).toMatchObject({
      outcome: 'accept',
      reason: 'emergency-code-accepted',
      tokenId: 'token-1',
      trace: { tokens: [{ via: 'emergency', pin: 'good', code: 'good' }] },
    })
    expect(alice.enter(ALICES_PIN + FIRST)).toMatchObject({ reason: 'emergency-code-used', trace: { counted: true } })
    expect(alice.enter(ALICES_PIN + SECOND).outcome).toBe('accept')
    expect(alice.enter(ALICES_PIN + ONE_TIME_CODES[2]).outcome).toBe('accept')
    expect(alice.state().emergency?.method).toMatchObject({
      codes: [{ usedAt: NOON }, { usedAt: NOON }, { usedAt: NOON }],
    })
  })

  it('spends no step and leaves the other codes unused', () => {
    const alice = world('one-time-set')
    const { highWaterStep, clock } = alice.state()
    const decision = alice.enter(ALICES_PIN + SECOND)
    expect(alice.state()).toMatchObject({ highWaterStep, clock, version: 4 })
    expect(alice.state().emergency?.method).toMatchObject({
      codes: [{ usedAt: null }, { usedAt: NOON }, { usedAt: null }],
    })
    expect(decision.condition.tokens).toEqual([{ tokenId: 'token-1', version: 3 }])
  })

  it('may be typed in small letters', () => {
    expect(world('one-time-set').enter(ALICES_PIN + FIRST.toLowerCase()).outcome).toBe('accept')
  })

  it('wipes the failures of its user', () => {
    const alice = world('one-time-set')
    alice.fail(2)
    alice.enter(ALICES_PIN + FIRST)
    expect(alice.failures).toBe(0)
  })
})

it('comes before a tokencode that reads the same: with digits only the two can meet', () => {
  const codes = [codeAt(aToken(), stepNow(aToken(), NOON)), ...ONE_TIME_CODES]
  const proposal = {
    settings: { method: { type: 'one-time-set', count: 4 }, expiresAt: null, ifTokenBecomesAvailable: 'deny' },
    codes,
  } as const
  const saving = { tokenId: 'token-1', keys: testPinKeys(), now: NOON, pinNeeded: true }
  const emergency = emergencyAccessOf(proposal, saving)
  const second = aToken({ id: 'token-2' })
  const alice = new World({ tokens: [second, aToken({ state: { emergency } })] })
  expect(alice.login(0)).toMatchObject({ reason: 'emergency-code-accepted', tokenId: 'token-1' })
})

describe('a temporary fixed tokencode', () => {
  it('is good many times, until its lifetime ends', () => {
    const alice = world('temporary-fixed', { expiresAt: inADay })
    for (let use = 0; use < 3; use++) expect(alice.enter(ALICES_PIN + FIXED_CODE).outcome).toBe('accept')
    expect(alice.state().version).toBe(6)
    alice.now = addMs(inADay, -1)
    expect(alice.enter(ALICES_PIN + FIXED_CODE).outcome).toBe('accept')
    alice.now = inADay
    expect(alice.enter(ALICES_PIN + FIXED_CODE)).toMatchObject({ outcome: 'reject', reason: 'emergency-code-expired' })
  })
})

describe('the PIN in front of an emergency code', () => {
  it.each(['', '4712', '471'])('is required where the token has one (%j is not it)', (pin) => {
    const alice = world('one-time-set')
    const reason = pin.length === 3 ? 'passcode-format-error' : 'bad-pin-good-emergency-code'
    expect(alice.enter(pin + FIRST)).toMatchObject({ outcome: 'reject', reason })
    expect(alice.enter(ALICES_PIN + FIRST).outcome).toBe('accept')
  })

  it.each([
    ['the token has none yet', { token: { pin: null } }, {}],
    ['the token is used without one', { token: { record: { passcodeStyle: 'tokencode-only' } } }, {}],
    ['the codes stand for an app', {}, { pinNeeded: false }],
  ] as const)('must be left out where %s', (_, spec, changes) => {
    const alice = world('one-time-set', changes, spec)
    expect(alice.enter(ALICES_PIN + FIRST)).toMatchObject({ reason: 'bad-pin-good-emergency-code' })
    expect(alice.enter(FIRST).outcome).toBe('accept')
  })

  it('is put in front for PINPad tokens too', () => {
    const alice = world('one-time-set', {}, { token: { record: { passcodeStyle: 'pinpad' } } })
    expect(alice.enter(ALICES_PIN + FIRST).outcome).toBe('accept')
  })

  it('may be the one that was set a moment ago, which is thereby used', () => {
    const alice = world('one-time-set', {}, { token: { pin: null } })
    alice.login(0, '')
    alice.answer('8305')
    alice.answer('8305')
    expect(alice.enter(`4711${FIRST}`)).toMatchObject({ reason: 'bad-pin-good-emergency-code' })
    expect(alice.enter(`8305${FIRST}`).outcome).toBe('accept')
    expect(alice.state()).toMatchObject({ pin: { length: 4 }, proposedPin: null, newPinRequired: false })
  })
})

describe('a wrong emergency code', () => {
  it('is told from a passcode of the wrong length, and counts', () => {
    expect(world('one-time-set').enter(`${ALICES_PIN}AAAAAAAA`)).toMatchObject({
      reason: 'good-pin-bad-tokencode',
      trace: { counted: true },
    })
    expect(world('temporary-fixed').enter('5555AAAAAAAA')).toMatchObject({ reason: 'wrong-passcode' })
    expect(world('temporary-fixed').enter('555AAAA')).toMatchObject({ reason: 'passcode-format-error' })
  })

  it('with a good PIN is a guess that delays', () => {
    const alice = world('temporary-fixed', {}, { lockout: { response: 'delay' } })
    for (const letter of ['A', 'C', 'D']) alice.enter(ALICES_PIN + letter.repeat(8))
    expect(alice.enter(ALICES_PIN + FIXED_CODE)).toMatchObject({ reason: 'try-later' })
    alice.wait(5)
    expect(alice.enter(ALICES_PIN + FIXED_CODE).outcome).toBe('accept')
  })

  it('is not charged to the token as a wrong tokencode', () => {
    const alice = world('one-time-set')
    alice.enter(`${ALICES_PIN}AAAAAAAA`)
    expect(alice.state().badTokencodeCount).toBe(0)
  })
})

describe('an emergency code is void', () => {
  it.each([
    ['expired', { expiresAt: NOON }],
    ['disabled', { enabled: false }],
  ])('when its token is %s', (_, record) => {
    const alice = world('one-time-set', {}, { token: { record } })
    expect(alice.enter(ALICES_PIN + FIRST)).toMatchObject({ outcome: 'reject', reason: 'emergency-code-void' })
  })

  it('when its token is no longer the user’s', () => {
    const alice = new World({ tokens: [aToken({ id: 'token-2' })] })
    expect(alice.enter(ALICES_PIN + FIRST).outcome).toBe('reject')
  })

  it('never because the token was reported lost', () => {
    expect(world('one-time-set', {}, { token: { state: { lost: true } } }).enter(ALICES_PIN + FIRST).outcome).toBe(
      'accept',
    )
  })

  it('while its user is locked', () => {
    const alice = world('one-time-set')
    alice.fail(5)
    expect(alice.enter(ALICES_PIN + FIRST)).toMatchObject({ reason: 'user-locked' })
  })
})

describe('if the token becomes available (seed 004)', () => {
  const real = (alice: World) => alice.enter(passcodeOf(alice.token(), alice.now))

  it('rule 1 denies the recovered token, also after the codes have expired; the codes work on', () => {
    const alice = world('one-time-set', { ifTokenBecomesAvailable: 'deny', expiresAt: inADay })
    expect(real(alice)).toMatchObject({ outcome: 'reject', reason: 'recovered-token-denied' })
    expect(alice.enter(ALICES_PIN + FIRST).outcome).toBe('accept')
    alice.now = addMs(inADay, MS_PER_DAY)
    expect(real(alice)).toMatchObject({ outcome: 'reject', reason: 'recovered-token-denied' })
  })

  it('rule 1 ends with emergency access', () => {
    const alice = world('one-time-set', { ifTokenBecomesAvailable: 'deny' }).administer({ state: { emergency: null } })
    expect(real(alice).outcome).toBe('accept')
  })

  it.each(['one-time-set', 'temporary-fixed'] as const)(
    'rule 2 allows the recovered token and ends the codes with its first log-on (%s)',
    (type) => {
      const alice = world(type)
      const code = ALICES_PIN + (type === 'one-time-set' ? SECOND : FIXED_CODE)
      expect(alice.enter(ALICES_PIN + (type === 'one-time-set' ? FIRST : FIXED_CODE)).outcome).toBe('accept')
      expect(real(alice).outcome).toBe('accept')
      expect(alice.state().emergency).toBeNull()
      expect(alice.enter(code).outcome).toBe('reject')
    },
  )

  it('rule 2 waits for a log-on: a question or a wrong code ends nothing', () => {
    const alice = world('one-time-set')
    alice.login(2)
    alice.enter(passcodeOf(alice.token(), NOON, { pin: '5555' }))
    expect(alice.state().emergency).not.toBeNull()
    expect(alice.answer(codeAt(alice.token(), stepNow(alice.token(), NOON) + 3n)).outcome).toBe('accept')
    expect(alice.state().emergency).toBeNull()
  })

  it('rule 3 denies the recovered token until the codes have expired, then takes it and not the codes', () => {
    const alice = world('temporary-fixed', { ifTokenBecomesAvailable: 'allow-after-expiry', expiresAt: inADay })
    expect(real(alice)).toMatchObject({ reason: 'recovered-token-denied' })
    expect(alice.enter(ALICES_PIN + FIXED_CODE).outcome).toBe('accept')
    alice.now = unixMs(inADay - 1)
    expect(real(alice)).toMatchObject({ reason: 'recovered-token-denied' })
    alice.now = inADay
    expect(alice.enter(ALICES_PIN + FIXED_CODE)).toMatchObject({ reason: 'emergency-code-expired' })
    expect(real(alice)).toMatchObject({ outcome: 'accept', reason: 'passcode-accepted' })
    expect(alice.state().emergency).toBeNull()
  })

  it('rule 3 without expiration denies like rule 1', () => {
    const alice = world('temporary-fixed', { ifTokenBecomesAvailable: 'allow-after-expiry' })
    alice.wait(1e9)
    expect(real(alice)).toMatchObject({ reason: 'recovered-token-denied' })
  })

  it.each(['deny', 'allow-after-expiry'] as const)('%s leaves the user’s other tokens alone', (rule) => {
    const second = aToken({ id: 'token-2', seed: 9, pin: '936258' })
    const emergency = emergencyAccess('one-time-set', { ifTokenBecomesAvailable: rule })
    const alice = new World({ tokens: [aToken({ state: { emergency } }), second] })
    expect(alice.enter(passcodeOf(second, NOON, { pin: '936258' })).outcome).toBe('accept')
    expect(alice.enter(ALICES_PIN + FIRST).outcome).toBe('accept')
  })

  it('a token reported lost is denied whatever the rule', () => {
    expect(real(world('one-time-set', {}, { token: { state: { lost: true } } }))).toMatchObject({
      reason: 'recovered-token-denied',
    })
  })
})
