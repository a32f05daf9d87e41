import { describe, expect, it } from 'vitest'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, seedOf, stepNow, withPin, wrongCode } from '../testing/tokens.ts'
import { World, type WorldSpec } from '../testing/world.ts'
import { addMs, MS_PER_HOUR, MS_PER_MINUTE, step, unixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import { explainPasscode } from './explain-passcode.ts'

function explain(passcode: string, spec: WorldSpec | World = {}) {
  const world = spec instanceof World ? spec : new World(spec)
  return explainPasscode(world.snapshot, passcode, { now: world.now, entropy: new Uint8Array(64) })
}

/** What a device shows whose clock is off by this much. */
function shownAt(token: Token, offMs: number, { pin = ALICES_PIN, seed = token.seed } = {}) {
  return withPin(token, codeAt(token, stepNow(token, unixMs(NOON + offMs)), seed), pin)
}

describe('the help desk reads of a failed passcode', () => {
  const token = aToken()

  it('that it is 14 h 3 min behind: too much for a resynchronisation', () => {
    const { sentences, findings } = explain(shownAt(token, -14 * MS_PER_HOUR - 3 * MS_PER_MINUTE))
    expect(sentences[0]).toBe(
      'This is a good code of token 000312345671, 14 h 3 min behind: the server and token clocks differ too much; check the server’s time zone and the date and time of the device.',
    )
    expect(sentences[1]).toContain('Bad tokencode, but good PIN detected')
    expect(findings).toEqual([
      {
        serial: '000312345671',
        seed: 'current',
        pinGood: true,
        clockOffMs: -14 * MS_PER_HOUR - 3 * MS_PER_MINUTE,
        alreadyUsed: false,
        lastUsed: false,
      },
    ])
  })

  it.each([
    [11 * MS_PER_MINUTE, '11 min ahead'],
    [-2 * MS_PER_HOUR - 30 * MS_PER_MINUTE, '2 h 30 min behind'],
    [12 * MS_PER_HOUR, '12 h ahead'],
  ])('that a code %i ms off is to be mended by a resynchronisation', (offMs, words) => {
    expect(explain(shownAt(token, offMs)).sentences[0]).toBe(
      `This is a good code of token 000312345671, ${words}: too far off for the windows; resynchronise the token.`,
    )
  })

  it('nothing of a code further off than 26 hours', () => {
    expect(explain(shownAt(token, 26 * MS_PER_HOUR)).findings).toHaveLength(1)
    expect(explain(shownAt(token, 26 * MS_PER_HOUR + MS_PER_MINUTE)).findings).toEqual([])
  })

  it('that the PIN is wrong as well', () => {
    const { sentences, findings } = explain(shownAt(token, MS_PER_HOUR, { pin: '5555' }))
    expect(sentences[0]).toMatch(/resynchronise the token\. The PIN is wrong or missing\.$/)
    expect(findings).toMatchObject([{ pinGood: false }])
  })

  it('that the code comes from a copy that a redistribution voided', () => {
    const redistributed = aToken({ voidedSeed: 5 })
    const { sentences, findings } = explain(shownAt(redistributed, 0, { seed: seedOf(5) }), { tokens: [redistributed] })
    expect(sentences[0]).toBe(
      'This is a good code of token 000312345671 as it was before it was redistributed: the old copy is still on the device. Import the new one there, or undo the redistribution.',
    )
    expect(findings).toMatchObject([{ seed: 'voided', pinGood: true }])
  })

  it('that the code comes from the new copy, far off', () => {
    const pending = aToken({ pendingSeed: 6 })
    expect(explain(shownAt(pending, MS_PER_HOUR, { seed: seedOf(6) }), { tokens: [pending] }).findings).toMatchObject([
      { seed: 'redistributed', clockOffMs: MS_PER_HOUR },
    ])
  })

  it('which of the user’s tokens it is', () => {
    const second = aToken({ id: 'token-2', seed: 9, pin: '936258' })
    const { findings } = explain(shownAt(second, -MS_PER_HOUR, { pin: '936258' }), { tokens: [token, second] })
    expect(findings).toMatchObject([{ serial: '000312345672', pinGood: true }])
  })

  it('that it lies before a code that was used', () => {
    const world = new World()
    world.login()
    expect(explain(shownAt(token, -MS_PER_HOUR), world).sentences[0]).toContain(
      '1 h behind: it lies before a code that was already used; wait for the display to change',
    )
    expect(explain(passcodeOf(token, NOON), world).sentences).toEqual([
      'This is a good code of token 000312345671, on time: it is the code that was used last; wait for the display to change.',
      expect.stringContaining('Passcode reuse'),
      'Token 000312345671: PIN good; code was used before; its clock is on time.',
      'This attempt was not counted against the lockout.',
    ])
  })

  it.each(['pinpad', 'fob'] as const)('of a %s token whose PIN was set a moment ago too', (passcodeStyle) => {
    const world = new World({ tokens: [aToken({ pin: null, record: { passcodeStyle } })] })
    world.login(0, '')
    world.answer('8305')
    world.answer('8305')
    const shown = shownAt(world.token(), MS_PER_HOUR, { pin: '8305' })
    expect(explain(shown, world).findings).toMatchObject([{ pinGood: true, clockOffMs: MS_PER_HOUR }])
  })

  it('of a PINPad passcode, with or without its PIN', () => {
    const pinpad = aToken({ record: { passcodeStyle: 'pinpad' } })
    const spec = { tokens: [pinpad] }
    expect(explain(shownAt(pinpad, MS_PER_HOUR), spec).findings).toMatchObject([
      { pinGood: true, clockOffMs: MS_PER_HOUR },
    ])
    expect(explain(shownAt(pinpad, MS_PER_HOUR, { pin: '' }), spec).findings).toMatchObject([{ pinGood: false }])
    const unset = aToken({ pin: null, record: { passcodeStyle: 'pinpad' } })
    expect(explain(shownAt(unset, MS_PER_HOUR, { pin: '' }), { tokens: [unset] }).findings).toMatchObject([
      { pinGood: true },
    ])
  })

  it('of HOTP how many presses', () => {
    const hotp = aToken({ kind: 'hotp', state: { highWaterStep: step(3000) } })
    const spec = { tokens: [hotp] }
    const at = (counter: number) => explain(ALICES_PIN + codeAt(hotp, counter), spec).sentences[0]
    expect(at(3041)).toContain('000312345671, 40 presses ahead: too far off for the windows; resynchronise the token.')
    expect(at(2991)).toContain('000312345671, 10 presses behind: it lies before a code that was already used')
    expect(at(4001)).toContain('1000 presses ahead')
    expect(explain(ALICES_PIN + codeAt(hotp, 4002), spec).findings).toEqual([])
  })

  it('the plain reason where the code is nowhere', () => {
    expect(explain(ALICES_PIN + wrongCode(token, NOON)).findings).toEqual([])
    expect(explain('').sentences[0]).toContain('Passcode format error')
    expect(explain('abc-def').findings).toEqual([])
  })

  it('no guess at another place for a code that is good but held up', () => {
    const disabled = { tokens: [aToken({ record: { enabled: false } })] }
    const { sentences, findings } = explain(passcodeOf(token, NOON), disabled)
    expect(findings).toEqual([])
    expect(sentences).toEqual([
      'The code is good, but the token is disabled. Enable it.',
      'Token 000312345671: PIN good; code good; its clock is on time; small window; The code is good, but the token is disabled. Enable it.',
      'Failures in a row: 1.',
    ])
  })

  it('that the PIN was wrong with a good code', () => {
    expect(explain(passcodeOf(token, NOON, { pin: '4712' })).sentences).toEqual([
      'Bad PIN, but good tokencode detected: the PIN was mistyped, or someone is guessing it.',
      'Token 000312345671: PIN wrong or missing; code good; its clock is on time; small window.',
      'Failures in a row: 1.',
    ])
  })
})

describe('what was found elsewhere, in codes and facts for other languages', () => {
  const serial = '000312345671'
  const said = (passcode: string, spec: WorldSpec | World = {}) => explain(passcode, spec).said[0]

  it('is where the token’s clock would have to be, and what to do', () => {
    const token = aToken()
    expect(said(shownAt(token, -MS_PER_HOUR, { pin: '5555' }))).toMatchObject({
      code: 'good-code-elsewhere',
      facts: { serial, seed: 'current', pin: 'bad', advice: 'resynchronise', clockOffMs: -MS_PER_HOUR },
    })
    expect(said(shownAt(token, 13 * MS_PER_HOUR))?.facts).toEqual({
      serial,
      seed: 'current',
      pin: 'good',
      advice: 'clocks-differ',
      clockOffMs: 13 * MS_PER_HOUR,
    })
  })

  it('is how many presses away a counter is, without any clock', () => {
    const hotp = aToken({ kind: 'hotp', state: { highWaterStep: step(3000) } })
    const at = (counter: number) => said(ALICES_PIN + codeAt(hotp, counter), { tokens: [hotp] })?.facts
    const ahead = { serial, seed: 'current', pin: 'good', advice: 'resynchronise', countersOff: 40 }
    expect(at(3041)).toEqual(ahead)
    expect(at(2991)).toEqual({ ...ahead, advice: 'already-used', countersOff: -10 })
    expect(at(3000)).toEqual({ ...ahead, advice: 'last-used', countersOff: -1 })
  })

  it('is nothing where letters stand in the code or it is too short', () => {
    const token = aToken()
    const far = shownAt(token, MS_PER_HOUR)
    for (const passcode of [`${far.slice(0, -1)}x`, `x${far.slice(-5)}`, far.slice(-5), '']) {
      expect(explain(passcode).findings).toEqual([])
    }
  })
})

it('says of a good passcode that it would be taken, and changes nothing', () => {
  const world = new World()
  const before = world.snapshot
  expect(explain(passcodeOf(world.token(), NOON), world).sentences).toEqual([
    'This passcode would be taken now.',
    'Passcode accepted.',
    'Token 000312345671: PIN good; code good; its clock is on time; small window.',
  ])
  expect(world.snapshot).toEqual(before)
})

it('says of a locked user’s passcode that it was not counted', () => {
  const world = new World()
  world.fail(5)
  world.now = addMs(NOON, 1000)
  expect(explain(passcodeOf(world.token(), world.now), world).sentences).toContain(
    'This attempt was not counted against the lockout.',
  )
})
