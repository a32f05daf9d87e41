import fc from 'fast-check'

/** At the cloud. */
export type EventThere =
  | { readonly type: 'register' | 'revoke' | 'disable' | 'enable' | 'leave'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly to: string }

/** At the manager, by an administrator. */
export type EventHere =
  | { readonly type: 'create-here' | 'delete-here' | 'delete-token'; readonly name: string }
  | { readonly type: 'rename-here'; readonly name: string; readonly to: string }

/** A code is tried, so many steps from the present one. */
export interface Use {
  readonly type: 'use-here' | 'use-there'
  readonly name: string
  readonly stepsAhead: number
}

/** What may happen at the cloud, at the manager, between them and to their processes. */
export type HistoryEvent =
  | EventThere
  | EventHere
  | Use
  | { readonly type: 'time'; readonly minutes: number }
  | { readonly type: 'killed-sync' | 'garbled-sync'; readonly at: number }
  | { readonly type: 'sync' | 'cut' | 'mend' | 'resync' }

/** Few names, so that they meet again and again. */
const name = fc.constantFrom('ada', 'bob', 'cleo', 'dan')

function one<E extends HistoryEvent>(weight: number, fields: { [F in keyof E]: fc.Arbitrary<E[F]> }) {
  return { weight, arbitrary: fc.record(fields) as fc.Arbitrary<HistoryEvent> } // the fields are those of an event
}

const any = <T extends string>(...types: readonly T[]) => fc.constantFrom(...types)
const stepsAhead = fc.integer({ min: -1, max: 1 })

const event = fc.oneof(
  one<EventThere>(6, { type: fc.constant('register'), name }),
  one<EventThere>(8, { type: any('revoke', 'disable', 'enable', 'leave'), name }),
  one<EventThere & { type: 'rename' }>(2, { type: fc.constant('rename'), name, to: name }),
  one<EventHere>(4, { type: fc.constant('create-here'), name }),
  one<EventHere>(2, { type: any('delete-here', 'delete-token'), name }),
  one<EventHere & { type: 'rename-here' }>(1, { type: fc.constant('rename-here'), name, to: name }),
  one<Use>(10, { type: any('use-here', 'use-there'), name, stepsAhead }),
  one<HistoryEvent & { type: 'time' }>(4, { type: fc.constant('time'), minutes: fc.integer({ min: 1, max: 3 }) }),
  one<HistoryEvent & { at: number }>(4, { type: fc.constant('killed-sync'), at: fc.integer({ min: 1, max: 120 }) }),
  one<HistoryEvent & { at: number }>(1, { type: fc.constant('garbled-sync'), at: fc.integer({ min: 1, max: 5 }) }),
  one<HistoryEvent & { type: 'sync' }>(6, { type: fc.constant('sync') }),
  one<HistoryEvent & { type: 'cut' | 'mend' | 'resync' }>(6, { type: any('cut', 'mend', 'mend', 'resync') }),
)

export const history = fc.array(event, { minLength: 10, maxLength: 60, size: 'max' })
