import fc from 'fast-check'
import type { ConditionalChanges } from '../authentication/conditional-changes.ts'
import { emergencyAccess, FIXED_CODE, ONE_TIME_CODES } from './emergency.ts'
import { ALICES_PIN, aToken, codeAt, stepNow, withPin } from './tokens.ts'
import { World } from './world.ts'
import type { Step } from '../time.ts'

/** One thing that happens to Alice; codes are told by their distance from the right one, so that histories shrink well. */
export type Event =
  | { readonly type: 'wait'; readonly seconds: number }
  | { readonly type: 'passcode'; readonly off: number; readonly pin: string; readonly token: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'answer-code'; readonly off: number; readonly token: number }
  | { readonly type: 'answer-text'; readonly text: string }
  | { readonly type: 'old-challenge'; readonly back: number; readonly text: string }
  | { readonly type: 'resync'; readonly off: number; readonly gap: number; readonly token: number }
  | { readonly type: 'force-new-pin'; readonly token: number }
  | { readonly type: 'unlock' }

const PINS = [ALICES_PIN, '936258', '8305', '', '5555'] as const
const offsets = fc.oneof(fc.constantFrom(0, 0, 0, 1, -1, 2, 3), fc.integer({ min: -13, max: 13 }))
const token = fc.nat(2)
const text = fc.oneof(
  fc.constantFrom(
    '',
    'y',
    '8305',
    '8305',
    '9162',
    ALICES_PIN + FIXED_CODE,
    ...ONE_TIME_CODES.map((c) => ALICES_PIN + c),
  ),
  fc.string({ maxLength: 20 }),
)

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('wait'), seconds: fc.constantFrom(1, 5, 30, 60, 60, 120, 900) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('passcode'), off: offsets, pin: fc.constantFrom(...PINS), token }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('text'), text }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('answer-code'), off: offsets, token }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('answer-text'), text }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('old-challenge'), back: fc.nat(5), text }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('resync'),
      off: fc.integer({ min: -800, max: 800 }),
      gap: fc.constantFrom(1, 1, 1, 0, 2),
      token,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('force-new-pin'), token }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('unlock') }) },
)

export const anyHistory: fc.Arbitrary<readonly Event[]> = fc.array(anyEvent, { minLength: 1, maxLength: 60 })

export const anySetting = fc.record({
  response: fc.constantFrom('lock' as const, 'delay' as const, 'both' as const),
  style: fc.constantFrom('fob' as const, 'pinpad' as const, 'tokencode-only' as const),
  kind: fc.constantFrom('totp' as const, 'securid' as const, 'hotp' as const),
  creation: fc.constantFrom('user' as const, 'system' as const),
  rule: fc.constantFrom('deny' as const, 'allow-and-disable-emergency' as const, 'allow-after-expiry' as const, null),
  clockInDoubt: fc.boolean(),
  lockOnWrongNextTokencode: fc.boolean(),
})

export type Setting = typeof anySetting extends fc.Arbitrary<infer Value> ? Value : never

/** Alice with three tokens: one of the setting's kind and style, one SecurID-format fob, one without a PIN yet. */
export function settle({ response, style, kind, creation, rule, ...rest }: Setting): World {
  const emergency = rule === null ? null : emergencyAccess('one-time-set', { ifTokenBecomesAvailable: rule })
  return new World({
    tokens: [
      aToken({ kind, record: { passcodeStyle: style }, state: { emergency } }),
      aToken({ id: 'token-2', kind: 'securid', seed: 9, pin: '936258', pendingSeed: 19 }),
      aToken({ id: 'token-3', seed: 11, pin: null }),
    ],
    lockout: { response, unlockAfterSeconds: 1800 },
    policy: { lockOnWrongNextTokencode: rest.lockOnWrongNextTokencode },
    pin: { creation },
    clockInDoubt: rest.clockInDoubt,
  })
}

/** What one event came to, with the world before it; undefined where nothing was decided. */
export interface Happening {
  readonly before: World['snapshot']
  readonly lockedBefore: boolean
  readonly result: ConditionalChanges & { readonly outcome: string; readonly reason: string }
}

/** Lets a history happen. Every decision is committed under its condition; `look` sees each of them. */
export function happen(
  world: World,
  history: readonly Event[],
  look: (happening: Happening, event: Event) => void,
): void {
  const challenges: World['challenge'][] = []
  for (const event of history) {
    const before = world.snapshot
    const lockedBefore = world.isLocked
    const result = one(world, event, challenges)
    if (result === undefined) continue
    if (world.challenge !== undefined && world.challenge !== challenges.at(-1)) challenges.push(world.challenge)
    look({ before, lockedBefore, result }, event)
  }
}

function one(world: World, event: Event, challenges: readonly World['challenge'][]): Happening['result'] | undefined {
  switch (event.type) {
    case 'wait':
      world.wait(event.seconds)
      return undefined
    case 'passcode':
      return world.enter(withPin(at(world, event.token), shown(world, event), event.pin))
    case 'text':
      return world.enter(event.text)
    case 'answer-code':
      return world.answer(shown(world, event))
    case 'answer-text':
      return world.answer(event.text)
    case 'old-challenge':
      return world.answer(event.text, challenges.at(-1 - event.back))
    case 'resync': {
      const second = { ...event, off: event.off + event.gap }
      return world.resync(
        { first: shown(world, event), second: shown(world, second) },
        at(world, event.token).record.id,
      )
    }
    case 'force-new-pin':
      world.administer({ state: { newPinRequired: true } }, at(world, event.token).record.id)
      return undefined
    case 'unlock':
      world.unlock()
      return undefined
  }
}

function at(world: World, index: number) {
  return world.token(`token-${index + 1}`)
}

/** The code `off` steps from the right one; HOTP: from the next counter. */
function shown(world: World, { off, token: index }: { readonly off: number; readonly token: number }): string {
  const held = at(world, index)
  const centre: Step | bigint = held.record.kind === 'hotp' ? held.state.highWaterStep + 1n : stepNow(held, world.now)
  const wanted = centre + BigInt(off)
  return codeAt(held, wanted < 0n ? 0n : wanted)
}
