import type { PinPolicy } from '../policy/policies.ts'
import { DIGITS, drawText, READABLE_DIGITS, READABLE_LETTERS } from '../randomness/constrained-text.ts'
import { MIN_ENTROPY_BYTES, type RandomStream, randomStream } from '../randomness/random-stream.ts'
import { type PinRequirements, pinRequirements, type PinToken } from './pin-requirements.ts'
import { type PinChoice, pinFaults, pinTextFaults } from './pin-rules.ts'

/** Thrown when the policy leaves (almost) no PIN: its excluded words or counts contradict its lengths. */
export class PinPolicyImpossibleError extends Error {
  readonly code = 'PIN_POLICY_IMPOSSIBLE'
  constructor() {
    super('pin: no PIN was found that meets the policy; take some of its excluded words out')
    this.name = 'PinPolicyImpossibleError'
  }
}

/** Six characters are remembered; four are guessed. Our choice: the documents name no length for system PINs. */
const PREFERRED_LENGTH = 6
/** With a policy that leaves one PIN in ten, the chance that all of these fail is 10^-22. */
const MAX_DRAWS = 500

/**
 * A system-generated PIN, every PIN of its length that meets the rules equally likely: drawn evenly, drawn again while a
 * rule refuses it. Six characters, or as near to that as the policy allows; letters are small, without look-alikes.
 * @param entropy at least 32 fresh random bytes.
 * @throws PinPolicyImpossibleError, EntropyTooShortError
 */
export function generateSystemPin(policy: PinPolicy, entropy: Uint8Array, choice: PinChoice): string {
  const stream = randomStream(entropy, 'system PIN')
  const required = pinRequirements(policy, choice)
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const pin = drawPin(required, stream)
    if (pin !== undefined && pinFaults(pin, policy, { ...choice, changeRequired: true }).length === 0) return pin
  }
  throw new PinPolicyImpossibleError()
}

/** Of so many draws, so many must be allowed: at one PIN in twenty, the chance that none is found later is 10^-11. */
const ENOUGH = { draws: 100, allowed: 5 }

/**
 * Whether a policy leaves such a token enough PINs for `generateSystemPin` and for people. It is tried, the same way each
 * time, since excluded words cannot be reckoned with: a word is refused anywhere inside a PIN.
 */
export function leavesEnoughPins(policy: PinPolicy, token: PinToken): boolean {
  const stream = randomStream(new Uint8Array(MIN_ENTROPY_BYTES), 'PIN policy on trial')
  const required = pinRequirements(policy, token)
  let allowed = 0
  for (let draw = 0; draw < ENOUGH.draws && allowed < ENOUGH.allowed; draw++) {
    const pin = drawPin(required, stream)
    if (pin !== undefined && pinTextFaults(pin, policy, token).length === 0) allowed += 1
  }
  return allowed === ENOUGH.allowed
}

function drawPin(required: PinRequirements, stream: RandomStream): string | undefined {
  return drawText(systemPinLength(required), characterTypes(required), stream)
}

function systemPinLength({ minLength, maxLength, minLetters, minDigits }: PinRequirements): number {
  return Math.min(maxLength, Math.max(minLength, minLetters + minDigits, PREFERRED_LENGTH))
}

function characterTypes({ characters, minLetters, minDigits }: PinRequirements) {
  if (characters === 'digits') return [{ alphabet: DIGITS, atLeast: 0 }]
  return [
    { alphabet: READABLE_LETTERS.toLowerCase(), atLeast: minLetters },
    { alphabet: READABLE_DIGITS, atLeast: minDigits },
  ]
}
