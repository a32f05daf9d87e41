import fc from 'fast-check'
import type { Decision } from '../authentication/decision.ts'
import { addMs, MS_PER_SECOND, step, unixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import { emergencyAccess, ONE_TIME_CODES } from './emergency.ts'
import { Model, type ModelToken, type Typed } from './model.ts'
import { aToken, codeAt, NOON, withPin, wrongCode } from './tokens.ts'
import { withoutPin } from '../pin/clear-pin.ts'
import { World } from './world.ts'

type Act =
  | { readonly type: 'wait'; readonly seconds: number }
  | { readonly type: 'enter' | 'answer'; readonly token: number; readonly pin: string; readonly off: number }
  | { readonly type: 'enter-text' | 'answer-text'; readonly text: string }
  | { readonly type: 'enter-garbage'; readonly token: number; readonly pin: string; readonly which: number }
  | {
      readonly type: 'administer'
      readonly token: number
      readonly change: 'force' | 'clear' | 'lose' | 'find' | 'disable' | 'enable'
    }
  | { readonly type: 'answer-next'; readonly pin: string; readonly off: number }
  | { readonly type: 'unlock' | 'answer-pin-again' }

/** `own` and `proposed` are what the token has at that moment. */
const PINS = ['own', 'own', 'own', 'own', 'proposed', 'proposed', '4711', '936258', '50871', '5555', '']
const token = fc.nat(3)
const pin = fc.constantFrom(...PINS)
const off = fc.oneof(fc.constantFrom(0, 0, 0, 0, 1, 1, -1, 2, 3), fc.integer({ min: -14, max: 14 }))
const someText = fc.constantFrom(
  '',
  '8305',
  '8305',
  '8306',
  '1234',
  '12',
  'nonsense',
  '4711',
  ...ONE_TIME_CODES.flatMap((code) => [`4711${code}`, `8305${code}`, code]),
)

const anyAct = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('wait'),
      seconds: fc.constantFrom(0, 1, 5, 29, 60, 60, 61, 170, 1800, 90_000),
    }),
  },
  { weight: 12, arbitrary: fc.record({ type: fc.constant('enter'), token, pin, off }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('enter-garbage'), token, pin, which: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('answer'), token, pin, off }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('answer-next'),
      pin: fc.constantFrom('', '', 'own', 'proposed', '5555'),
      off: fc.constantFrom(1, 1, 1, 1, 0, 2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('unlock') }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('answer-pin-again') }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('answer-text'), text: someText }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('answer-text'), text: fc.constantFrom('8305', '8305', '8306') }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('enter-text'), text: someText }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('administer'),
      token,
      change: fc.constantFrom('force', 'clear', 'clear', 'lose', 'find', 'disable', 'enable'),
    }),
  },
) as fc.Arbitrary<Act> // fc.record widens the constants

const anySetup = fc.record({
  response: fc.constantFrom('lock' as const, 'delay' as const, 'both' as const),
  missLocks: fc.boolean(),
  rule: fc.constantFrom(null, 'deny' as const, 'allow-and-disable-emergency' as const, 'allow-after-expiry' as const),
  pins: fc.boolean(),
})

type Setup = typeof anySetup extends fc.Arbitrary<infer Value> ? Value : never

export interface Comparison {
  /** Decisions that were compared. */
  steps: number
  readonly answers: Map<string, number>
}

/**
 * Runs random histories on the rules and on the model and throws, with the smallest history it finds, where they differ.
 * @returns how much was compared, and how often each answer was given.
 */
export function compareWithModel(parameters: fc.Parameters<[Setup, readonly Act[]]>): Comparison {
  const comparison: Comparison = { steps: 0, answers: new Map() }
  const history = fc.array(anyAct, { minLength: 1, maxLength: 80, size: 'max' })
  fc.assert(
    fc.property(anySetup, history, (setup, acts) => {
      const pair = new Pair(setup)
      for (const act of acts) {
        const answer = pair.act(act)
        if (answer === undefined) continue
        comparison.steps += 1
        comparison.answers.set(answer, (comparison.answers.get(answer) ?? 0) + 1)
      }
    }),
    parameters,
  )
  return comparison
}

/** The rules and the model side by side. The server's clock is in doubt, so that windows stay where the documents put them. */
class Pair {
  readonly #world: World
  readonly #model: Model

  constructor({ response, missLocks, rule, pins }: Setup) {
    const expiresAt = addMs(NOON, 3600 * MS_PER_SECOND)
    const digits = { digits: 8 }
    const emergency = rule && emergencyAccess('one-time-set', { ifTokenBecomesAvailable: rule, expiresAt })
    const given = (value: string): string | null => (pins ? value : null)
    this.#world = new World({
      tokens: [
        aToken({ pin: given('4711'), record: digits, state: { emergency } }),
        aToken({
          id: 'token-2',
          kind: 'hotp',
          seed: 2,
          pin: '936258',
          record: digits,
          state: { highWaterStep: step(500) },
        }),
        aToken({ id: 'token-3', seed: 3, record: { ...digits, passcodeStyle: 'tokencode-only' } }),
        aToken({
          id: 'token-4',
          kind: 'securid',
          seed: 4,
          pin: given('50871'),
          record: { ...digits, passcodeStyle: 'pinpad' },
        }),
      ],
      lockout: { response, unlockAfterSeconds: 1800 },
      policy: { lockOnWrongNextTokencode: missLocks },
      clockInDoubt: true,
    })
    const plain = {
      used: -1,
      bad: 0,
      proposed: null,
      mustChange: false,
      earlier: [],
      dialogueOver: -1,
      acceptedAt: Number.NaN,
    }
    const common = { ...plain, kind: 'time', enabled: true, lost: false, emergency: null, style: 'fob' } as const
    const endsAt = expiresAt / MS_PER_SECOND
    const codes = { unused: new Set<string>(ONE_TIME_CODES), codes: ONE_TIME_CODES }
    const tokens: ModelToken[] = [
      { ...common, pin: given('4711'), emergency: rule && { ...codes, rule, endsAt } },
      { ...common, kind: 'counter', used: 500, pin: '936258' },
      { ...common, style: 'tokencode-only', pin: null },
      { ...common, style: 'pinpad', pin: given('50871') },
    ]
    this.#model = new Model(tokens, { response, missLocks }, NOON / MS_PER_SECOND)
  }

  /** @returns the answer both gave; undefined where nothing was asked of them. */
  act(act: Act): string | undefined {
    switch (act.type) {
      case 'wait':
        this.#model.now += act.seconds
        this.#world.now = unixMs(this.#model.now * MS_PER_SECOND)
        return undefined
      case 'administer':
        this.#administer(act.token, act.change)
        return undefined
      case 'enter':
      case 'answer':
        return this.#type(act.type, this.#typed(act))
      case 'answer-next':
        return this.#type('answer', this.#next(act))
      case 'answer-pin-again': {
        const { first = '' } = this.#model.question ?? {}
        // A tokencode that was taken as a PIN is left alone: the model could not tell what it is the next time.
        const text = first === '' || first.length === 8 ? '8305' : first
        return this.#type('answer', { pin: '', code: { text }, text })
      }
      case 'unlock':
        this.#model.forgive()
        this.#world.unlock()
        return undefined
      case 'enter-garbage':
        return this.#type('enter', this.#garbage(act))
      case 'enter-text':
      case 'answer-text':
        return this.#type(act.type === 'enter-text' ? 'enter' : 'answer', { pin: '', code: act, text: act.text })
    }
  }

  #type(how: 'enter' | 'answer', typed: Typed): string {
    const decision = how === 'enter' ? this.#world.enter(typed.text) : this.#world.answer(typed.text)
    const expected = how === 'enter' ? this.#model.passcode(typed) : this.#model.answer(typed)
    const got = answerOf(decision)
    if (got !== expected) throw new Error(`${decision.reason}: ${got} instead of ${expected}`)
    this.#compareStates(decision.reason)
    return got
  }

  #compareStates(reason: string): void {
    const sides = [
      [{ failures: this.#world.failures, locked: this.#world.isLocked }, this.#model],
      ...this.#world.tokens.map((held, index) => [seen(held), this.#model.at(index)] as const),
    ] as const
    for (const [real, model] of sides) {
      for (const [name, value] of Object.entries(real)) {
        const expected = Reflect.get(model, name) as unknown // a field of the model by its name
        const same = name.endsWith('in') || name === 'proposed' ? (expected !== null) === value : expected === value
        if (!same) throw new Error(`after ${reason}: ${name} is ${String(value)}, not ${String(expected)}`)
      }
    }
  }

  #typed({ token: index, pin: typedPin, off: away }: Extract<Act, { type: 'enter' | 'answer' }>): Typed {
    return this.#read(index, this.#model.expected(index) + away, this.#pin(index, typedPin))
  }

  /** A code near the one that opened the question. */
  #next({ pin: typedPin, off: away }: Extract<Act, { type: 'answer-next' }>): Typed {
    const { token: index = 0, step: opened = 0 } = this.#model.question ?? {}
    return this.#read(index, opened + away, this.#pin(index, typedPin))
  }

  #read(index: number, wanted: number, typedPin: string): Typed {
    const held = this.#held(index)
    const at = Math.max(0, wanted)
    return { pin: typedPin, code: { token: index, step: at }, text: withPin(held, codeAt(held, at), typedPin) }
  }

  #pin(index: number, typedPin: string): string {
    const { pin: own, proposed } = this.#model.at(index)
    if (typedPin === 'own') return own ?? ''
    return typedPin === 'proposed' ? (proposed ?? own ?? '') : typedPin
  }

  #garbage({ token: index, pin: named, which }: Extract<Act, { type: 'enter-garbage' }>): Typed {
    const typedPin = this.#pin(index, named)
    const code = wrongCode(this.#held(index), this.#world.now, which * 1000)
    return { pin: typedPin, code: { text: code }, text: typedPin + code }
  }

  #held(index: number): Token {
    return this.#world.token(`token-${index + 1}`)
  }

  #administer(index: number, change: Extract<Act, { type: 'administer' }>['change']): void {
    const model = this.#model.at(index)
    const id = `token-${index + 1}`
    if (change === 'force') {
      model.mustChange = true
      this.#world.administer({ state: { newPinRequired: true } }, id)
    } else if (change === 'clear') {
      model.earlier = (model.pin === null ? model.earlier : [model.pin, ...model.earlier]).slice(0, 3)
      Object.assign(model, { pin: null, proposed: null, mustChange: true })
      this.#world.administer({ state: { ...withoutPin(this.#world.state(id)), newPinRequired: true } }, id)
    } else if (change === 'lose' || change === 'find') {
      model.lost = change === 'lose'
      this.#world.administer({ state: { lost: model.lost } }, id)
    } else {
      model.enabled = change === 'enable'
      this.#world.administer({ record: { enabled: model.enabled } }, id)
    }
  }
}

/** What both sides must agree on; of PINs only whether there is one. */
function seen({ state }: Token) {
  return {
    used: Number(state.highWaterStep),
    bad: state.badTokencodeCount,
    pin: state.pin !== null,
    proposed: state.proposedPin !== null,
    mustChange: state.newPinRequired,
  }
}

function answerOf(decision: Decision): string {
  return decision.outcome === 'challenge' ? decision.question.type : decision.outcome
}
