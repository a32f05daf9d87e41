import { unmixPin } from '../tokencode/pinpad.ts'

/**
 * The PIN of this length that would make this PINPad passcode of this tokencode; undefined where none would (a digit in
 * front of the PIN does not come out as zero, or the passcode is no number of the code's length).
 */
export function mixedPin(passcode: string, tokencode: string, pinLength: number): string | undefined {
  if (passcode.length !== tokencode.length || !/^[0-9]+$/.test(passcode)) return undefined
  const remainder = unmixPin(passcode, tokencode)
  const lead = Math.max(remainder.length - pinLength, 0)
  return /^0*$/.test(remainder.slice(0, lead)) ? remainder.slice(lead) : undefined
}
