import type { PinPolicy } from '../policy/policies.ts'
import type { FormFactor, PasscodeStyle } from '../token/token.ts'

/** What of a token limits its PIN. */
export interface PinToken {
  readonly style: PasscodeStyle
  /** Digits the token shows. */
  readonly digits: number
  /** Software tokens take no letters (authentication-manager §2.1); absent = not a software token. */
  readonly formFactor?: FormFactor
}

/** The policy as it applies to one token; also what an agent is told when it must ask for a new PIN (§2.3). */
export interface PinRequirements {
  readonly minLength: number
  readonly maxLength: number
  readonly characters: PinPolicy['characters']
  readonly minLetters: number
  readonly minDigits: number
  readonly leadingZeroAllowed: boolean
}

/**
 * PINPad style mixes the PIN into the code digit by digit: digits only, no longer than the code, and no leading zero,
 * which the device would drop. Such a token overrules a policy that asks for letters, or nobody could set its PIN.
 */
export function pinRequirements(policy: PinPolicy, token: PinToken): PinRequirements {
  const pinpad = token.style === 'pinpad'
  const longest = pinpad ? token.digits : policy.maxLength
  const digitsOnly = pinpad || token.formFactor === 'software' || policy.characters === 'digits'
  return {
    minLength: Math.min(policy.minLength, longest),
    maxLength: Math.min(policy.maxLength, longest),
    characters: digitsOnly ? 'digits' : 'letters-and-digits',
    minLetters: digitsOnly ? 0 : policy.minLetters,
    minDigits: digitsOnly ? 0 : policy.minDigits,
    leadingZeroAllowed: !pinpad,
  }
}
