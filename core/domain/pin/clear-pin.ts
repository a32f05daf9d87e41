import type { TokenState } from '../token/token.ts'
import type { PinState } from './pin-state.ts'

/** What changes when the PIN of a token is cleared: it is gone, but it is remembered, so that it does not come back. */
export function withoutPin(state: TokenState): Pick<TokenState, 'pin' | 'proposedPin' | 'clearedPin'> {
  return { pin: null, proposedPin: null, clearedPin: lastPin(state) }
}

/** The PIN the next one takes the place of: the present one, or the one that was cleared; null = there never was one. */
export function lastPin({ pin, clearedPin }: Pick<TokenState, 'pin' | 'clearedPin'>): PinState | null {
  return pin ?? clearedPin ?? null
}

/** What changes when the proposed PIN was used for the first time. */
export function withProposedPin({
  proposedPin,
}: TokenState): Pick<TokenState, 'pin' | 'proposedPin' | 'clearedPin' | 'newPinRequired'> {
  return { pin: proposedPin, proposedPin: null, clearedPin: null, newPinRequired: false }
}
