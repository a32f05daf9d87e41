import { TokencodeError } from './tokencode-error.ts'

/**
 * The passcode a PINPad-style token shows: PIN added to the tokencode digit by digit, modulo 10, right aligned, no carry.
 * Leading digits of a PIN longer than the code are lost; leading zeros of a PIN leave no trace.
 * @throws TokencodeError `not-digits`.
 */
export function mixPin(tokencode: string, pin: string): string {
  return combine(tokencode, pin, (codeDigit, pinDigit) => codeDigit + pinDigit)
}

/**
 * The PIN that would turn this tokencode into this passcode, as many digits as the tokencode has: a PIN shorter than
 * that comes back with zeros in front. The way to check a PINPad passcode against a PIN that is only kept as HMAC.
 * @throws TokencodeError `not-digits`.
 */
export function unmixPin(passcode: string, tokencode: string): string {
  return combine(passcode, tokencode, (passcodeDigit, codeDigit) => passcodeDigit + 10 - codeDigit)
}

function combine(upper: string, lower: string, digit: (upper: number, lower: number) => number): string {
  if (!/^\d*$/.test(upper) || !/^\d*$/.test(lower)) {
    throw new TokencodeError('not-digits', 'A PINPad passcode, its tokencode and its PIN are decimal digits only.')
  }
  const aligned = lower.padStart(upper.length, '0').slice(lower.length > upper.length ? lower.length - upper.length : 0)
  return Array.from(upper, (figure, index) => digit(Number(figure), Number(aligned[index])) % 10).join('')
}
