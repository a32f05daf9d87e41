import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testPinKeys } from '../testing/pin-keys.ts'
import { unixMs } from '../time.ts'
import { newPinState } from './new-pin-state.ts'
import type { PinState } from './pin-state.ts'
import { verifyPin } from './pin-verifier.ts'

const keys = testPinKeys()

it('always remembers exactly the last PINs before the present one, newest first', () => {
  const pins = fc.array(fc.stringMatching(/^[0-9]{4,8}$/), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pins, fc.nat({ max: 5 }), (chosen, historyCount) => {
      let state: PinState | null = null
      for (const [index, pin] of chosen.entries()) {
        state = newPinState(pin, { previous: state, tokenId: 't1', keys, now: unixMs(index), historyCount })
      }
      const last = chosen.at(-1) ?? ''
      expect(state).toMatchObject({ length: last.length, setAt: chosen.length - 1 })
      const kept = state === null ? [] : [state.verifier, ...state.history]
      const expected = chosen.toReversed().slice(0, historyCount + 1)
      expect(kept).toHaveLength(expected.length)
      for (const [index, verifier] of kept.entries()) {
        expect(verifyPin(expected[index] ?? '', { tokenId: 't1', verifier }, keys)).toBe(true)
      }
    }),
  )
})
