import { verifyPin } from '../pin/pin-verifier.ts'
import type { PinKeys } from '../pin/pin-state.ts'
import type { Token } from '../token/token.ts'
import type { Verdict } from './verdict.ts'

export type PinVerdict = Pick<Verdict, 'pin' | 'byProposedPin'>

/** Whether this PIN is the token's, or the one set a moment ago and waiting for its first use. */
export function judgePin(pin: string, token: Token, keys: PinKeys): PinVerdict {
  const { state, record } = token
  if (record.passcodeStyle === 'tokencode-only') return { pin: 'not-needed', byProposedPin: false }
  if (pin === '') return { pin: state.pin === null ? 'not-set' : 'bad', byProposedPin: false }
  const isProposed =
    state.proposedPin !== null && verifyPin(pin, { tokenId: record.id, verifier: state.proposedPin.verifier }, keys)
  if (isProposed) return { pin: 'good', byProposedPin: true }
  const isCurrent = state.pin !== null && verifyPin(pin, { tokenId: record.id, verifier: state.pin.verifier }, keys)
  return { pin: isCurrent ? 'good' : 'bad', byProposedPin: false }
}
