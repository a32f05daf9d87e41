import { describe, expect, it } from 'vitest'
import { newPinState } from '../pin/new-pin-state.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, seedOf, stepNow } from '../testing/tokens.ts'
import { World, type WorldSpec } from '../testing/world.ts'
import { addMs, MS_PER_DAY } from '../time.ts'

const PIN = '8305'
const fresh = aToken({ pin: null })

/** A token without PIN after its first good code: the dialogue stands at "new PIN". */
function opened(spec: WorldSpec = {}): World {
  const world = new World({ tokens: [fresh], ...spec })
  expect(world.login(0, '')).toMatchObject({ outcome: 'challenge', reason: 'new-pin-required' })
  return world
}

function proposed(spec: WorldSpec = {}): World {
  const world = opened(spec)
  world.answer(PIN)
  expect(world.answer(PIN)).toMatchObject({ reason: 'new-pin-accepted' })
  return world
}

describe('new PIN mode is opened', () => {
  it.each([
    ['a token that has no PIN yet', fresh, ''],
    ['a PINPad token that has no PIN yet', aToken({ pin: null, record: { passcodeStyle: 'pinpad' } }), ''],
    ['a PIN that an administrator forces to change', aToken({ state: { newPinRequired: true } }), ALICES_PIN],
    [
      'a PINPad PIN that must change',
      aToken({ record: { passcodeStyle: 'pinpad' }, state: { newPinRequired: true } }),
      ALICES_PIN,
    ],
  ])('by %s', (_, token, pin) => {
    const world = new World({ tokens: [token] })
    expect(world.enter(passcodeOf(token, NOON, { pin }))).toMatchObject({
      outcome: 'challenge',
      reason: 'new-pin-required',
      challenge: { type: 'new-pin', openedByStep: stepNow(token, NOON), openedAt: NOON },
      question: {
        type: 'new-pin',
        rules: { minLength: 4, maxLength: token.record.passcodeStyle === 'pinpad' ? 6 : 8 },
      },
    })
    expect(world.state().highWaterStep).toBe(stepNow(token, NOON))
    expect(world.state().lastAcceptedAt).toBeNull()
  })

  it('by a PIN that is as old as the policy lets it become', () => {
    for (const [days, outcome] of [
      [89.999, 'accept'],
      [90, 'challenge'],
    ] as const) {
      const world = new World({ pin: { maxAgeSeconds: 90 * 86_400 } })
      world.wait(days * 86_400)
      expect([days, world.login().outcome]).toEqual([days, outcome])
    }
  })

  it('never for a token without PIN', () => {
    const token = aToken({ record: { passcodeStyle: 'tokencode-only' }, state: { newPinRequired: true } })
    expect(new World({ tokens: [token] }).login().outcome).toBe('accept')
  })

  it('and learns the clock, but leaves the failures of the user: nobody is in yet', () => {
    const world = new World({ tokens: [fresh] })
    world.enter('000000')
    world.login(1, '')
    expect(world.failures).toBe(1)
    expect(world.state().clock.measurements).toBe(7)
    expect(world.state().badTokencodeCount).toBe(0)
  })
})

describe('a PIN of the user’s own', () => {
  it('is entered twice, and becomes the PIN with the first passcode whose code is later', () => {
    const world = opened()
    expect(world.answer(PIN)).toMatchObject({
      reason: 'new-pin-to-confirm',
      question: { type: 'confirm-pin' },
      changes: { tokens: [] },
      trace: { counted: false },
    })
    expect(world.answer(PIN)).toMatchObject({
      outcome: 'challenge',
      reason: 'new-pin-accepted',
      question: { type: 'passcode-after-new-pin' },
    })
    expect(world.state()).toMatchObject({ pin: null, proposedPin: { length: 4, setAt: NOON } })
    world.wait(60)
    expect(world.answer(passcodeOf(fresh, world.now, { pin: PIN }))).toMatchObject({ outcome: 'accept' })
    expect(world.state()).toMatchObject({ pin: { length: 4 }, proposedPin: null, newPinRequired: false })
  })

  it('is not taken with the code that opened the dialogue, nor with an earlier one', () => {
    const world = proposed()
    expect(world.answer(passcodeOf(fresh, NOON, { pin: PIN }))).toMatchObject({ reason: 'tokencode-reused' })
    expect(world.answer(passcodeOf(fresh, NOON, { pin: PIN, off: -1 }))).toMatchObject({ reason: 'tokencode-too-old' })
    expect(world.state().pin).toBeNull()
  })

  it('waits for its first use, also without the question being answered', () => {
    const world = proposed()
    world.wait(86_400)
    expect(world.login(0, PIN)).toMatchObject({ outcome: 'accept' })
  })

  it('is named with its faults when it breaks a rule, and another one may follow', () => {
    const world = opened()
    expect(world.answer('1234')).toMatchObject({
      outcome: 'challenge',
      reason: 'new-pin-rejected',
      question: { type: 'new-pin', previous: 'rejected', faults: [expect.stringContaining('too easy to guess')] },
      trace: { pinFaults: [expect.stringContaining('too easy to guess')] },
    })
    expect(world.answer(PIN)).toMatchObject({ reason: 'new-pin-to-confirm' })
  })

  it('is asked again from the start when the two entries differ', () => {
    const world = opened()
    world.answer(PIN)
    expect(world.answer('8306')).toMatchObject({
      reason: 'new-pin-mismatch',
      challenge: { type: 'new-pin' },
      question: { type: 'new-pin', previous: 'mismatch' },
    })
    world.answer('9162')
    expect(world.answer('91625')).toMatchObject({ reason: 'new-pin-mismatch' })
    world.answer('9162')
    expect(world.answer('9162')).toMatchObject({ reason: 'new-pin-accepted' })
  })

  it.each([0, 1])('is cancelled by an empty answer (after %i entries); the token stays in new PIN mode', (entries) => {
    const world = opened()
    if (entries === 1) world.answer(PIN)
    const { challenge } = world
    expect(world.answer('')).toMatchObject({
      outcome: 'reject',
      reason: 'new-pin-cancelled',
      trace: { counted: false },
    })
    expect(world.failures).toBe(0)
    expect(world.answer(PIN, challenge)).toMatchObject({ reason: 'challenge-void' })
    expect(world.state()).toMatchObject({ pin: null, proposedPin: null })
    world.wait(60)
    expect(world.login(0, '')).toMatchObject({ reason: 'new-pin-required' })
  })

  it('leaves no second way: earlier questions of the dialogue are void once it is set', () => {
    const world = opened()
    const first = world.challenge
    world.answer(PIN)
    const second = world.challenge
    world.answer(PIN)
    expect(world.answer('9162', first)).toMatchObject({ reason: 'challenge-void' })
    expect(world.answer(PIN, second)).toMatchObject({ reason: 'challenge-void' })
  })

  it('is kept when the dialogue is opened anew without finishing, until the first later passcode', () => {
    const world = proposed()
    world.wait(60)
    expect(world.login(0, '')).toMatchObject({ reason: 'new-pin-required' })
    expect(world.state().proposedPin).not.toBeNull()
    world.wait(60)
    expect(world.login(0, PIN)).toMatchObject({ outcome: 'accept' })
    expect(world.state()).toMatchObject({ pin: { length: 4 }, proposedPin: null })
  })

  it('is kept in the same way on a PINPad token, whose bare code opens the dialogue anew', () => {
    const world = proposed({ tokens: [aToken({ pin: null, record: { passcodeStyle: 'pinpad' } })] })
    world.wait(60)
    expect(world.login(0, '')).toMatchObject({ reason: 'new-pin-required', trace: { tokens: [{ pin: 'not-set' }] } })
    world.wait(60)
    expect(world.login(0, PIN)).toMatchObject({ outcome: 'accept' })
  })

  it('is replaced by the one that was proposed later', () => {
    const world = proposed()
    world.wait(60)
    world.login(0, '')
    world.answer('9162')
    world.answer('9162')
    world.wait(60)
    expect(world.login(0, PIN)).toMatchObject({ reason: 'bad-pin-good-tokencode' })
    expect(world.login(0, '9162')).toMatchObject({ outcome: 'accept' })
  })

  it('replaces a PIN that was forced to change; the old one opens the dialogue only', () => {
    const world = new World({ tokens: [aToken({ state: { newPinRequired: true } })] })
    world.login()
    expect(world.answer(ALICES_PIN)).toMatchObject({
      reason: 'new-pin-rejected',
      trace: { pinFaults: [expect.stringContaining('the one you have now')] },
    })
    world.answer(PIN)
    world.answer(PIN)
    world.wait(60)
    expect(world.login(0, ALICES_PIN)).toMatchObject({ reason: 'new-pin-required' })
    world.wait(60)
    expect(world.login(0, PIN)).toMatchObject({ outcome: 'accept' })
    expect(world.state().pin?.history).toHaveLength(1)
    world.wait(60)
    expect(world.login(0, ALICES_PIN)).toMatchObject({ reason: 'bad-pin-good-tokencode' })
  })

  it('begins its history empty where there was none before', () => {
    expect(proposed().state().proposedPin?.history).toEqual([])
  })

  it('may be asked for by the first code of a redistributed token, whose seed takes over with it', () => {
    const world = new World({ tokens: [aToken({ pendingSeed: 8, state: { newPinRequired: true } })] })
    const decision = world.enter(passcodeOf(world.token(), NOON, { seed: 8 }))
    expect(decision).toMatchObject({ reason: 'new-pin-required', changes: { tokens: [{ promotePendingSeed: true }] } })
    expect(world.state().pendingSeed).toBe(false)
    expect(world.token()).toMatchObject({ seed: seedOf(8) })
  })

  it('remembers as many earlier PINs as the policy says', () => {
    for (const historyCount of [0, 1, 2]) {
      const keys = testPinKeys()
      const first = newPinState('6060', { previous: null, tokenId: 'token-1', keys, now: NOON, historyCount: 2 })
      const pin = newPinState('7171', { previous: first, tokenId: 'token-1', keys, now: NOON, historyCount: 2 })
      const world = new World({ tokens: [aToken({ state: { pin, newPinRequired: true } })], pin: { historyCount } })
      world.login(0, '7171')
      world.answer(PIN)
      world.answer(PIN)
      expect(world.state().proposedPin?.history).toHaveLength(historyCount)
    }
  })

  it('that was proposed and never used is forgotten once the old one is enough again', () => {
    const world = new World({ tokens: [aToken({ state: { newPinRequired: true } })] })
    world.login()
    world.answer(PIN)
    world.answer(PIN)
    world.administer({ state: { newPinRequired: false } }).wait(60)
    expect(world.login()).toMatchObject({ outcome: 'accept' })
    expect(world.state()).toMatchObject({ proposedPin: null, pin: { length: 4 } })
  })

  it('is not held up by the minimum age', () => {
    const world = new World({ tokens: [aToken({ state: { newPinRequired: true } })], pin: { minAgeSeconds: 1e6 } })
    world.login()
    expect(world.answer(PIN)).toMatchObject({ reason: 'new-pin-to-confirm' })
  })

  it('has digits only on a PINPad token, and its passcode ends the mode', () => {
    const token = aToken({ pin: null, record: { passcodeStyle: 'pinpad' } })
    const world = opened({ tokens: [token], pin: { characters: 'letters-and-digits' } })
    expect(world.answer('ab83')).toMatchObject({ reason: 'new-pin-rejected' })
    world.answer(PIN)
    world.answer(PIN)
    world.wait(60)
    expect(world.login(0, PIN)).toMatchObject({ outcome: 'accept' })
    expect(world.state().pin?.length).toBe(4)
    world.wait(60)
    expect(world.login(0, '')).toMatchObject({ outcome: 'reject' })
  })

  it('may be used with a next tokencode in between', () => {
    const world = proposed()
    world.wait(60)
    expect(world.login(3, PIN)).toMatchObject({ reason: 'next-tokencode-outside-small-window' })
    expect(world.answer(PIN + codeAt(fresh, stepNow(fresh, world.now) + 4n))).toMatchObject({
      outcome: 'accept',
      trace: { tokens: [{ pin: 'good' }] },
    })
    expect(world.state()).toMatchObject({ pin: { length: 4 }, proposedPin: null })
  })
})

describe('a PIN made by the system', () => {
  const system = { pin: { creation: 'system' } } as const

  function shown(world: World): string {
    const decision = new World({ tokens: [fresh], ...system })
    Object.assign(decision, { user: world.user })
    const opening = decision.login(0, '')
    if (opening.outcome !== 'challenge' || opening.question.type !== 'accept-system-pin')
      throw new Error('no PIN shown')
    return opening.question.pin
  }

  it.each(['y', 'Y', 'yes', ' Yes ', 'j', 'Ja'])('is set by answering %j', (answer) => {
    const world = opened(system)
    expect(world.challenge).toMatchObject({ type: 'accept-system-pin', pinLength: 6 })
    expect(world.answer(answer)).toMatchObject({ reason: 'new-pin-accepted' })
    world.wait(60)
    expect(world.login(0, shown(world))).toMatchObject({ outcome: 'accept' })
  })

  it.each(['', 'n', 'no', 'yesterday', 'oy'])('is not set by answering %j', (answer) => {
    const world = opened(system)
    expect(world.answer(answer)).toMatchObject({ outcome: 'reject', reason: 'new-pin-cancelled' })
    expect(world.state()).toMatchObject({ proposedPin: null, pin: null })
  })
})

describe('a dialogue that is answered late', () => {
  it('is over after the lifetime of a challenge, which counts from its opening', () => {
    const world = opened({ policy: { challengeLifetimeSeconds: 60 } })
    expect(world.challenge?.expiresAt).toBe(addMs(NOON, 60_000))
    world.wait(59)
    expect(world.answer(PIN)).toMatchObject({ reason: 'new-pin-to-confirm' })
    world.wait(1)
    expect(world.answer(PIN)).toMatchObject({ reason: 'challenge-expired', trace: { counted: false } })
  })

  it('is over when the user was locked or the token expired meanwhile', () => {
    const locked = opened()
    locked.fail(5, '')
    expect(locked.answer(PIN)).toMatchObject({ reason: 'user-locked' })
    const expired = opened().administer({ record: { expiresAt: NOON } })
    expect(expired.answer(PIN)).toMatchObject({ reason: 'token-expired' })
    const userExpired = opened()
    userExpired.user = { ...userExpired.user, expiresAt: addMs(NOON, -MS_PER_DAY) }
    expect(userExpired.answer(PIN)).toMatchObject({ reason: 'user-expired' })
  })
})
