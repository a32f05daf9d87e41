import type { UnixMs } from '../time.ts'
import type { PinKeys, PinState } from './pin-state.ts'
import { makePinVerifier } from './pin-verifier.ts'

/** What `newPinState` needs besides the PIN. */
export interface NewPin {
  /** The PIN it takes the place of (`lastPin`); null = the token had none. */
  readonly previous: PinState | null
  readonly tokenId: string
  readonly keys: PinKeys
  readonly now: UnixMs
  /** Of the policy: how many earlier PINs are remembered. */
  readonly historyCount: number
}

/** The state of a token's PIN once this PIN is set. The replaced PIN becomes the newest of the history. */
export function newPinState(pin: string, { previous, tokenId, keys, now, historyCount }: NewPin): PinState {
  const earlier = previous === null ? [] : [previous.verifier, ...previous.history]
  return {
    verifier: makePinVerifier(pin, tokenId, keys),
    length: pin.length,
    setAt: now,
    history: earlier.slice(0, historyCount),
  }
}
