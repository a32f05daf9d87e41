import { describe, expect, it } from 'vitest'
import { REASONS } from '../authentication/reasons.ts'
import type { Trace } from '../authentication/trace.ts'
import { emergencyAccess, ONE_TIME_CODES } from '../testing/emergency.ts'
import { ALICES_PIN, aToken, codeAt, NOON, wrongCode } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { step } from '../time.ts'
import { clockWords, durationWords } from './duration-words.ts'
import { explainTrace, traceSentences } from './explain-trace.ts'

describe('a length of time', () => {
  it.each([
    [0, '0 s'],
    [499, '0 s'],
    [500, '1 s'],
    [40_000, '40 s'],
    [59_600, '1 min'],
    [-61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [50_580_000, '14 h 3 min'],
    [3_601_000, '1 h 1 s'],
    [93_784_000, '1 d 2 h'],
  ])('of %i ms is said as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words)
  })

  it.each([
    [0, 'on time'],
    [999, 'on time'],
    [-999, 'on time'],
    [1000, '1 s ahead'],
    [-1000, '1 s behind'],
  ])('of a clock %i ms off is %s', (ms, words) => {
    expect(clockWords(ms)).toBe(words)
  })
})

const words = (trace: Trace) => explainTrace(trace)

describe('a kept decision in words', () => {
  it('names the window, the distance and what was searched', () => {
    const world = new World()
    world.fail(1)
    expect(words(world.enter(ALICES_PIN + wrongCode(world.token(), NOON, 5000)).trace)).toEqual([
      expect.stringContaining('Bad tokencode, but good PIN detected'),
      'Token 000312345671: PIN good; code not found; searched 3 codes either way.',
      'Failures in a row: 2.',
    ])
    expect(words(world.login(-3).trace)).toEqual([
      expect.stringContaining('further off than the silent window'),
      'Token 000312345671: PIN good; code good; its clock is 3 min behind; medium window.',
      'Failures in a row: 2.',
    ])
  })

  it('says how many presses an HOTP token is ahead', () => {
    const token = aToken({ kind: 'hotp', state: { highWaterStep: step(10) } })
    const world = new World({ tokens: [token] })
    expect(words(world.enter(ALICES_PIN + codeAt(token, 13)).trace)[1]).toBe(
      'Token 000312345671: PIN good; code good; 2 presses ahead; small window.',
    )
  })

  it('tells the kinds of PIN and of entry apart', () => {
    const unset = new World({ tokens: [aToken({ pin: null })] })
    expect(words(unset.login(0, '').trace)[1]).toContain('no PIN set yet; code good')
    const none = new World({ tokens: [aToken({ record: { passcodeStyle: 'tokencode-only' } })] })
    expect(words(none.login().trace)[1]).toContain('no PIN needed; code good')
    expect(words(none.enter('x').trace)[1]).toBe(
      'Token 000312345671: cannot be split into PIN and tokencode; wrong length or characters.',
    )
    const away = new World({ tokens: [aToken({ state: { emergency: emergencyAccess('one-time-set') } })] })
    expect(words(away.enter(ALICES_PIN + ONE_TIME_CODES[0]).trace)).toEqual(
      [
        'An emergency access tokencode was accepted in place of the tokencode.',
        'Emergency access of token 000312345671: PIN good; code good.',
        'Token 000312345671: cannot be split into PIN and tokencode; wrong length or characters.',
      ].slice(0, 2),
    )
  })

  it('says what was refused of a new PIN, and no word of the lockout', () => {
    const world = new World({ tokens: [aToken({ pin: null })] })
    world.login(0, '')
    expect(words(world.answer('1234').trace)).toEqual([
      'The new PIN does not meet the PIN policy.',
      'The PIN was refused: The PIN is too easy to guess: choose no run such as 1234 and no repetition such as 1212.',
    ])
  })

  it('says when an attempt was not counted', () => {
    const world = new World()
    world.login()
    const notCounted = 'This attempt was not counted against the lockout.'
    expect(words(world.login().trace)).toContain(notCounted)
    world.challenge = undefined
    expect(words(world.answer('1').trace)).toContain(notCounted)
    expect(words(world.login(3).trace)).not.toContain(notCounted)
  })

  it('says that nothing was learned while the server’s clock was in doubt', () => {
    const doubt = 'The clock of the server was in doubt: nothing was learned of the token’s clock.'
    const world = new World({ clockInDoubt: true })
    expect(words(world.login().trace)).toContain(doubt)
    expect(words(new World().login().trace)).not.toContain(doubt)
    expect(words(world.resync({ first: '123456', second: '654321' }).trace)).toContain(
      REASONS['resync-server-clock-in-doubt'].helpDesk,
    )
  })
})

describe('a kept decision in codes and facts, for other languages', () => {
  const facts = (trace: Trace) => traceSentences(trace).map(({ code, facts: made }) => [code, made])
  const serial = '000312345671'

  it('names the reason, the evidence of each token and the failures', () => {
    const world = new World()
    world.fail(1)
    expect(facts(world.login(-3).trace)).toEqual([
      ['next-tokencode-outside-small-window', {}],
      [
        'token-evidence',
        {
          serial,
          pin: 'good',
          code: 'good',
          via: 'tokencode',
          searchedSteps: 3,
          clockOffMs: -180_000,
          stepsOff: -3,
          window: 'medium',
        },
      ],
      ['failures-in-a-row', { count: 1 }],
    ])
  })

  it('gives no place where no code was found, presses for a counter, and what stands in the way', () => {
    const wrong = new World().enter(ALICES_PIN + wrongCode(aToken(), NOON)).trace
    const nowhere = { serial, pin: 'good', code: 'none', via: 'tokencode', searchedSteps: 3 }
    expect(facts(wrong)[1]).toEqual(['token-evidence', nowhere])
    const hotp = aToken({ kind: 'hotp', state: { highWaterStep: step(10) } })
    const ahead = new World({ tokens: [hotp] }).enter(ALICES_PIN + codeAt(hotp, 13)).trace
    expect(facts(ahead)[1]).toEqual([
      'token-evidence',
      { serial, pin: 'good', code: 'good', via: 'tokencode', searchedSteps: 6, stepsOff: 2, window: 'small' },
    ])
    const disabled = new World({ tokens: [aToken({ record: { enabled: false } })] }).login().trace
    expect(facts(disabled)[1]?.[1]).toMatchObject({ code: 'good', hindrance: 'token-disabled' })
  })

  it('names every fault of a refused PIN by its code', () => {
    const world = new World({ tokens: [aToken({ pin: null })] })
    world.login(0, '')
    const { trace } = world.answer('aa')
    expect(facts(trace)).toEqual([
      ['new-pin-rejected', {}],
      ['pin-refused', { faults: 'too-short not-only-digits trivial' }],
    ])
    expect(words(trace)[1]).toMatch(/^The PIN was refused: The PIN is too short\. The PIN may hold digits only\. /)
  })

  it('says by its code what was not counted and what was not learned', () => {
    const world = new World({ clockInDoubt: true })
    world.login()
    const codes = facts(world.login().trace).map(([code]) => code)
    expect(codes).toEqual(['tokencode-reused', 'token-evidence', 'not-counted', 'server-clock-in-doubt'])
  })
})
