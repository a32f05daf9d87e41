import type { PinPolicy } from '../policy/policies.ts'
import type { Token } from '../token/token.ts'

/** A passcode cut into its parts for one token. PINPad passcodes stay whole: PIN and code are mixed in them. */
export interface PasscodeReading {
  /** Empty where no PIN was entered. */
  readonly pin: string
  readonly code: string
}

/** Nothing a person types is longer; what is longer is refused unread. */
export const MAX_PASSCODE_LENGTH = 64

const DECIMAL = /^[0-9]+$/

/**
 * Fob style and tokencode only: the last `digits` characters are the tokencode, what stands before is the PIN.
 * @returns undefined when length or characters cannot be right for this token: a "passcode format error".
 */
export function readTokencodePasscode(passcode: string, token: Token, rules: PinPolicy): PasscodeReading | undefined {
  const { digits, passcodeStyle } = token.record
  const pinLength = passcode.length - digits
  if (pinLength < 0 || passcode.length > MAX_PASSCODE_LENGTH) return undefined
  const code = passcode.slice(pinLength)
  if (!DECIMAL.test(code)) return undefined
  const pinAllowed = passcodeStyle === 'fob' && (token.state.pin !== null || token.state.proposedPin !== null)
  if (!pinAllowed) return pinLength === 0 ? { pin: '', code } : undefined
  if (pinLength === 0) return token.state.pin === null ? { pin: '', code } : undefined
  return isPlausiblePinLength(pinLength, token, rules) ? { pin: passcode.slice(0, pinLength), code } : undefined
}

/** The emergency code stands where the tokencode would: at the end, after the PIN where one is needed (seeds 002, 004). */
export function readEmergencyPasscode(passcode: string, token: Token, rules: PinPolicy): PasscodeReading | undefined {
  const emergency = token.state.emergency
  if (emergency === null || passcode.length > MAX_PASSCODE_LENGTH) return undefined
  const pinLength = passcode.length - emergency.codeLength
  const reading = { pin: passcode.slice(0, Math.max(pinLength, 0)), code: passcode.slice(Math.max(pinLength, 0)) }
  if (pinLength === 0) return reading
  return pinLength > 0 && isPlausiblePinLength(pinLength, token, rules) ? reading : undefined
}

function isPlausiblePinLength(length: number, token: Token, rules: PinPolicy): boolean {
  const known = [token.state.pin?.length, token.state.proposedPin?.length]
  return known.includes(length) || (length >= rules.minLength && length <= rules.maxLength)
}
