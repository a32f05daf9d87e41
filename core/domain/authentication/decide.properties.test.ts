import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_GUESSES } from '../directory/user.ts'
import { ONE_TIME_CODES } from '../testing/emergency.ts'
import { anyHistory, anySetting, happen, settle } from '../testing/histories.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { ALICES_PIN, aToken, codeAt, NOON, passcodeOf, stepNow } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { decide } from './decide.ts'
import type { Challenge } from './challenge.ts'
import { anyCharacter } from '../testing/any-character.ts'

const RUNS = { numRuns: 150 }
const stateOf = (before: World['snapshot'], id: string) => before.tokens.find(({ record }) => record.id === id)?.state

describe('over any history of attempts', () => {
  it('no step of a token is ever spent twice, nor one below the high-water step', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        const spent = new Map<string, bigint>()
        happen(settle(setting), history, ({ result }) => {
          for (const { tokenId, highWaterBelow } of result.condition.tokens) {
            if (highWaterBelow === undefined) continue
            expect(highWaterBelow > (spent.get(tokenId) ?? -1n)).toBe(true)
            spent.set(tokenId, highWaterBelow)
          }
        })
      }),
      RUNS,
    )
  })

  it('every change raises its token’s version by exactly one, and its condition names the versions that were read', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle(setting), history, ({ before, result: { changes, condition } }) => {
          expect(condition).toMatchObject({ userId: before.user.id, userVersion: before.user.version })
          expect(condition.tokens.map(({ tokenId }) => tokenId)).toEqual(changes.tokens.map(({ tokenId }) => tokenId))
          for (const { tokenId, state } of changes.tokens) {
            const read = stateOf(before, tokenId)?.version ?? Number.NaN
            expect(state.version).toBe(read + 1)
            expect(condition.tokens.find((one) => one.tokenId === tokenId)?.version).toBe(read)
          }
        })
      }),
      RUNS,
    )
  })

  it('a step moves exactly where the condition says so, and no refusal ever moves one', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle(setting), history, ({ before, result }) => {
          for (const [index, { tokenId, state }] of result.changes.tokens.entries()) {
            const moved = state.highWaterStep !== stateOf(before, tokenId)?.highWaterStep
            expect(moved).toBe(result.condition.tokens[index]?.highWaterBelow !== undefined)
            if (result.outcome === 'reject' || result.outcome === 'refused') {
              expect(moved).toBe(false)
              expect(state.clock).toEqual(stateOf(before, tokenId)?.clock)
              expect(state.pin).toEqual(stateOf(before, tokenId)?.pin)
            }
          }
        })
      }),
      RUNS,
    )
  })

  it('a locked user is never accepted, asked or resynchronised, and nothing of it counts', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle(setting), history, ({ lockedBefore, result }) => {
          if (!lockedBefore) return
          expect(['reject', 'refused']).toContain(result.outcome)
          expect(result.changes).toEqual({ tokens: [] })
        })
      }),
      RUNS,
    )
  })

  it('new PIN mode never ends without a passcode whose code is later than the one that opened it', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle({ ...setting, rule: null }), history, ({ before, result }) => {
          for (const { tokenId, state } of result.changes.tokens) {
            const read = stateOf(before, tokenId)
            if (read === undefined || state.pin === read.pin) continue
            expect(result.outcome).toBe('accept')
            expect(state.pin).toBe(read.proposedPin)
            expect(state.highWaterStep > read.highWaterStep).toBe(true)
          }
        })
      }),
      RUNS,
    )
  })

  it('a resynchronisation never logs in: it leaves failures, PINs and the time of the last log-on', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle(setting), history, ({ before, result }, event) => {
          if (event.type !== 'resync') return
          expect(['resynchronised', 'refused']).toContain(result.outcome)
          if (result.outcome === 'resynchronised') expect(result.changes.guesses).toBeUndefined()
          for (const { tokenId, state } of result.changes.tokens) {
            const { pin, proposedPin, lastAcceptedAt, emergency, newPinRequired } = stateOf(before, tokenId) ?? state
            expect(state).toMatchObject({ pin, proposedPin, lastAcceptedAt, emergency, newPinRequired })
          }
        })
      }),
      RUNS,
    )
  })

  it('no clock is ever learned while the server’s own is in doubt, by a resynchronisation neither', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle({ ...setting, clockInDoubt: true }), history, ({ before, result }) => {
          for (const { tokenId, state } of result.changes.tokens) {
            expect(state.clock).toEqual(stateOf(before, tokenId)?.clock)
          }
        })
      }),
      RUNS,
    )
  })

  it('each code of a one-time set is accepted at most once', () => {
    fc.assert(
      fc.property(anySetting, fc.array(fc.nat(2), { maxLength: 12 }), (setting, uses) => {
        const world = settle({ ...setting, rule: 'deny', style: 'fob' })
        const accepted = uses.filter(
          (index) => world.enter(ALICES_PIN + (ONE_TIME_CODES[index] ?? '')).outcome === 'accept',
        )
        expect(new Set(accepted).size).toBe(accepted.length)
      }),
      RUNS,
    )
  })

  it('failures never vanish but by a log-on, an unlocking or time', () => {
    fc.assert(
      fc.property(anySetting, anyHistory, (setting, history) => {
        happen(settle({ ...setting, response: 'delay' }), history, ({ before, result }) => {
          const { guesses } = result.changes
          if (guesses === undefined) return
          if (result.outcome === 'accept') expect(guesses).toEqual(NO_GUESSES)
          else expect(guesses.failedAt.slice(1)).toEqual(before.user.guesses.failedAt)
        })
      }),
      RUNS,
    )
  })
})

describe('whatever is typed', () => {
  const at = { now: NOON, entropy: new Uint8Array(64) }
  const anyText = fc.oneof(fc.string({ maxLength: 100 }), fc.string({ unit: anyCharacter, maxLength: 100 }))

  it('is never accepted unless it is the code of a step, and never throws', () => {
    fc.assert(
      fc.property(anySetting, anyText, (setting, passcode) => {
        const { snapshot } = settle(setting)
        expect(decide(snapshot, { type: 'passcode', passcode }, at).outcome).toBe('reject')
      }),
      RUNS,
    )
  })

  it('as an answer to any challenge never throws, and never logs in but by the next tokencode or a passcode', () => {
    const anyChallenge = fc.record({
      type: fc.constantFrom('next-tokencode', 'new-pin', 'confirm-pin', 'accept-system-pin', 'passcode-after-new-pin'),
      userId: fc.constantFrom('alice', 'bob'),
      tokenId: fc.constantFrom('token-1', 'token-2', 'token-3', 'token-4'),
      openedByStep: fc.bigInt({ min: -1n, max: (1n << 64n) - 1n }),
      openedAt: fc.integer({ min: NOON - 200_000, max: NOON + 200_000 }),
      expiresAt: fc.integer({ min: NOON - 200_000, max: NOON + 400_000 }),
      pin: fc.constant({ keyId: testPinKeys().current.id, mac: new Uint8Array(32) }),
      pinLength: fc.integer({ min: 4, max: 8 }),
      cause: fc.constantFrom('too-many-bad-codes', 'outside-small-window'),
      fromPendingSeed: fc.boolean(),
      byProposedPin: fc.boolean(),
    }) as unknown as fc.Arbitrary<Challenge>
    fc.assert(
      fc.property(anySetting, anyChallenge, anyText, fc.boolean(), (setting, challenge, answer, opened) => {
        const world = settle(setting)
        if (opened) world.administer({ state: { highWaterStep: challenge.openedByStep } }, 'token-1')
        const { outcome } = decide(world.snapshot, { type: 'answer', challenge, answer }, at)
        expect(outcome).not.toBe('accept')
      }),
      { numRuns: 400 },
    )
  })

  it('as the next tokencode is accepted exactly when it is the code of the step after the first one', () => {
    fc.assert(
      fc.property(fc.constantFrom(-3, -2, 2, 3), fc.integer({ min: -20, max: 20 }), (off, answered) => {
        const world = new World()
        world.login(off)
        const code = codeAt(world.token(), stepNow(world.token(), NOON) + BigInt(answered))
        expect(world.answer(code).outcome).toBe(answered === off + 1 ? 'accept' : 'reject')
      }),
    )
  })

  it('is accepted with exactly one PIN of all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 4, max: 8 }), (number, length) => {
        const pin = String(number % 10 ** length).padStart(length, '0')
        const decision = new World().enter(passcodeOf(aToken(), NOON, { pin }))
        expect(decision.outcome === 'accept').toBe(pin === ALICES_PIN)
      }),
    )
  })
})
