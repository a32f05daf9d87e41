import { MS_PER_SECOND, type UnixMs } from '../time.ts'
import type { PinPolicy } from '../policy/policies.ts'
import { type PinRequirements, type PinToken, pinRequirements } from './pin-requirements.ts'
import type { PinKeys, PinState, PinVerifier } from './pin-state.ts'
import { verifyPin } from './pin-verifier.ts'
import { isTrivialPin } from './trivial-pin.ts'

/** Why a new PIN was not taken: a closed list. The texts are for the person who chooses the PIN and never repeat it. */
export const PIN_FAULTS = {
  'token-without-pin': 'This token is used without a PIN.',
  'too-short': 'The PIN is too short.',
  'too-long': 'The PIN is too long.',
  'not-only-digits': 'The PIN may hold digits only.',
  'not-letters-and-digits': 'The PIN may hold the letters a to z and digits only.',
  'too-few-letters': 'The PIN has too few letters.',
  'too-few-digits': 'The PIN has too few digits.',
  'leading-zero': 'The PIN of this token must not begin with 0.',
  'excluded-word': 'The PIN contains a word that is not allowed.',
  trivial: 'The PIN is too easy to guess: choose no run such as 1234 and no repetition such as 1212.',
  'same-as-current': 'The PIN is the one you have now. Choose another one.',
  'used-before': 'You used this PIN before. Choose another one.',
  'changed-too-recently': 'The PIN was changed too recently. Try again later.',
} as const satisfies Record<string, string>

export type PinFault = keyof typeof PIN_FAULTS

/** For whom and when a PIN is chosen. */
export interface PinChoice extends PinToken {
  /** The PIN the token has now; null = none. */
  readonly state: PinState | null
  /** The PIN that was cleared; absent = none. It counts as an earlier one, and its history with it. */
  readonly cleared?: PinState | null
  readonly tokenId: string
  readonly keys: PinKeys
  readonly now: UnixMs
  /** An administrator or the policy demands the change, so the minimum age does not hold it up; absent = no. */
  readonly changeRequired?: boolean
}

/** Longer input is refused unread. */
const MAX_INPUT_LENGTH = 64

/**
 * Everything that is wrong with a PIN somebody chose (authentication-manager §2.2); empty = it may be set. The present
 * PIN is always refused, `historyCount` earlier ones as well.
 */
export function pinFaults(pin: string, policy: PinPolicy, choice: PinChoice): PinFault[] {
  if (choice.style === 'tokencode-only') return ['token-without-pin']
  if (pin.length > MAX_INPUT_LENGTH) return ['too-long']
  return [
    ...pinTextFaults(pin, policy, choice),
    ...reuseFaults(pin, policy, choice),
    ...(isTooYoung(policy, choice) ? (['changed-too-recently'] as const) : []),
  ]
}

/** What is wrong with the PIN itself, whatever PINs the token had before. */
export function pinTextFaults(pin: string, policy: PinPolicy, token: PinToken): PinFault[] {
  return [...shapeFaults(pin, pinRequirements(policy, token)), ...guessFaults(pin, policy)]
}

function shapeFaults(pin: string, required: PinRequirements): PinFault[] {
  const faults: PinFault[] = []
  if (pin.length < required.minLength) faults.push('too-short')
  if (pin.length > required.maxLength) faults.push('too-long')
  if (required.characters === 'digits') {
    if (/[^0-9]/.test(pin)) faults.push('not-only-digits')
  } else {
    if (/[^0-9A-Za-z]/.test(pin)) faults.push('not-letters-and-digits')
    if (pin.replace(/[^A-Za-z]/g, '').length < required.minLetters) faults.push('too-few-letters')
    if (pin.replace(/[^0-9]/g, '').length < required.minDigits) faults.push('too-few-digits')
  }
  if (!required.leadingZeroAllowed && pin.startsWith('0')) faults.push('leading-zero')
  return faults
}

function guessFaults(pin: string, policy: PinPolicy): PinFault[] {
  const faults: PinFault[] = []
  const lowered = pin.toLowerCase()
  if (policy.excludedWords.some((word) => lowered.includes(word.toLowerCase()))) faults.push('excluded-word')
  if (policy.refuseTrivial && isTrivialPin(pin)) faults.push('trivial')
  return faults
}

function reuseFaults(pin: string, policy: PinPolicy, choice: PinChoice): PinFault[] {
  const { state, cleared, tokenId, keys } = choice
  const is = (verifier: PinVerifier): boolean => verifyPin(pin, { tokenId, verifier }, keys)
  const faults: PinFault[] = state !== null && is(state.verifier) ? ['same-as-current'] : []
  const earlier = state?.history ?? (cleared ? [cleared.verifier, ...cleared.history] : [])
  if (earlier.slice(0, policy.historyCount).some(is)) faults.push('used-before')
  return faults
}

function isTooYoung(policy: PinPolicy, { state, now, changeRequired }: PinChoice): boolean {
  if (state === null || changeRequired === true || policy.minAgeSeconds === 0) return false
  return now - state.setAt < policy.minAgeSeconds * MS_PER_SECOND
}
