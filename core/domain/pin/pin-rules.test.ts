import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import type { PinPolicy } from '../policy/policies.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { addMs, unixMs } from '../time.ts'
import { newPinState } from './new-pin-state.ts'
import { type PinChoice, pinFaults } from './pin-rules.ts'
import type { PinState } from './pin-state.ts'
import { anyCharacter } from '../testing/any-character.ts'

const now = unixMs(1_700_000_000_000)
const keys = testPinKeys()
const policy = INITIAL_POLICIES.token.pin
const mixed: PinPolicy = { ...policy, characters: 'letters-and-digits', minLetters: 2, minDigits: 1 }

function choice(changes: Partial<PinChoice> = {}): PinChoice {
  return { state: null, tokenId: 't1', keys, now, style: 'fob', digits: 6, ...changes }
}

function stateAfter(...pins: readonly string[]): PinState {
  const first = newPinState('none', { previous: null, tokenId: 't1', keys, now, historyCount: 10 })
  return pins.reduce(
    (previous, pin) => newPinState(pin, { previous, tokenId: 't1', keys, now, historyCount: 10 }),
    first,
  )
}

describe('length and characters', () => {
  it('takes a PIN of digits exactly when its length is within the policy', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,12}$/), (pin) => {
        const faults = pinFaults(pin, { ...policy, refuseTrivial: false }, choice())
        expect(faults).toEqual(pin.length < 4 ? ['too-short'] : pin.length > 8 ? ['too-long'] : [])
      }),
    )
  })

  it('never takes anything but ASCII digits where the policy says digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 4, maxLength: 8 }), (pin) => {
        expect(pinFaults(pin, policy, choice()).includes('not-only-digits')).toBe(!/^[0-9]+$/.test(pin))
      }),
    )
    expect(pinFaults('٤٩٣٨', policy, choice())).toContain('not-only-digits')
  })

  it('counts letters and digits where the policy asks for both', () => {
    expect(pinFaults('ab49', mixed, choice())).toEqual([])
    expect(pinFaults('AB49', mixed, choice())).toEqual([])
    expect(pinFaults('a493', mixed, choice())).toEqual(['too-few-letters'])
    expect(pinFaults('axbq', mixed, choice())).toEqual(['too-few-digits'])
    expect(pinFaults('ab-49', mixed, choice())).toEqual(['not-letters-and-digits'])
  })

  it('answers overlong input with its length alone', () => {
    expect(pinFaults('x'.repeat(65), policy, choice())).toEqual(['too-long'])
    expect(pinFaults('x'.repeat(64), policy, choice())).toEqual(['too-long', 'not-only-digits', 'trivial'])
  })
})

describe('what the token allows', () => {
  it('wants digits only for PINPad style, no more than the code has and no leading zero, whatever the policy says', () => {
    const pinpad = choice({ style: 'pinpad' })
    expect(pinFaults('49382', mixed, pinpad)).toEqual([])
    expect(pinFaults('ab49', mixed, pinpad)).toEqual(['not-only-digits'])
    expect(pinFaults('4938271', mixed, pinpad)).toEqual(['too-long'])
    expect(pinFaults('4938271', mixed, choice({ style: 'pinpad', digits: 8 }))).toEqual([])
    expect(pinFaults('0493', policy, pinpad)).toEqual(['leading-zero'])
    expect(pinFaults('0493', policy, choice())).toEqual([])
  })

  it('lowers the shortest length to what a PINPad-style token can mix in', () => {
    expect(pinFaults('493827', { ...policy, minLength: 8 }, choice({ style: 'pinpad' }))).toEqual([])
  })

  it('wants digits only for software tokens', () => {
    expect(pinFaults('ab49', mixed, choice({ formFactor: 'software' }))).toEqual(['not-only-digits'])
    expect(pinFaults('ab49', mixed, choice({ formFactor: 'key-fob' }))).toEqual([])
  })

  it('takes no PIN for a token that is used without one', () => {
    expect(pinFaults('4938', policy, choice({ style: 'tokencode-only' }))).toEqual(['token-without-pin'])
  })
})

describe('PINs that are easy to guess', () => {
  it('refuses a PIN that is or contains an excluded word, in any case', () => {
    const withWords = { ...mixed, excludedWords: ['Acme', '2024'] }
    expect(pinFaults('xacme7', withWords, choice())).toEqual(['excluded-word'])
    expect(pinFaults('ACME7', withWords, choice())).toEqual(['excluded-word'])
    expect(pinFaults('ab2024', withWords, choice())).toEqual(['excluded-word'])
    expect(pinFaults('acm2e7', withWords, choice())).toEqual([])
  })

  it('refuses runs and repetitions exactly when the policy says so', () => {
    expect(pinFaults('1234', policy, choice())).toEqual(['trivial'])
    expect(pinFaults('1234', { ...policy, refuseTrivial: false }, choice())).toEqual([])
  })
})

describe('PINs that were used', () => {
  it('refuses the present PIN even without a history rule', () => {
    const state = stateAfter('4938')
    expect(pinFaults('4938', { ...policy, historyCount: 0 }, choice({ state }))).toEqual(['same-as-current'])
  })

  it('refuses exactly as many earlier PINs as the policy says', () => {
    const state = stateAfter('4938', '5827', '6149', '7205')
    expect(pinFaults('6149', policy, choice({ state }))).toEqual(['used-before'])
    expect(pinFaults('5827', { ...policy, historyCount: 2 }, choice({ state }))).toEqual(['used-before'])
    expect(pinFaults('5827', { ...policy, historyCount: 1 }, choice({ state }))).toEqual([])
    expect(pinFaults('6149', { ...policy, historyCount: 0 }, choice({ state }))).toEqual([])
  })

  it('refuses a cleared PIN and its history as it refuses any earlier one', () => {
    const cleared = choice({ state: null, cleared: stateAfter('4938', '5827', '6149') })
    const faults = (pin: string, historyCount: number) => pinFaults(pin, { ...policy, historyCount }, cleared)
    expect(faults('6149', 1)).toEqual(['used-before'])
    expect(faults('5827', 2)).toEqual(['used-before'])
    expect(faults('5827', 1)).toEqual([])
    expect(faults('6149', 0)).toEqual([])
    const both = { state: stateAfter('7205'), cleared: stateAfter('6149') }
    expect(pinFaults('6149', policy, choice(both))).toEqual([])
  })

  it('judges the PINs of this token only', () => {
    expect(pinFaults('4938', policy, choice({ state: stateAfter('4938'), tokenId: 't2' }))).toEqual([])
  })
})

describe('minimum age', () => {
  const aged = { ...policy, minAgeSeconds: 60 }
  const state = stateAfter('4938')

  it('refuses a change before the minimum age and allows it from then on', () => {
    expect(pinFaults('5827', aged, choice({ state, now: addMs(now, 59_999) }))).toEqual(['changed-too-recently'])
    expect(pinFaults('5827', aged, choice({ state, now: addMs(now, 60_000) }))).toEqual([])
  })

  it('holds up no first PIN, no demanded change and no policy without a minimum, even when the clock went back', () => {
    const earlier = addMs(now, -1000)
    expect(pinFaults('5827', aged, choice({ now: earlier }))).toEqual([])
    expect(pinFaults('5827', aged, choice({ state, now: earlier, changeRequired: true }))).toEqual([])
    expect(pinFaults('5827', policy, choice({ state, now: earlier }))).toEqual([])
  })
})
