import { TokencodeError } from './tokencode-error.ts'

const ZERO = 0x30

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
  const shift = lower.length - upper.length
  let figures = ''
  for (let at = 0; at < upper.length; at += 1) {
    figures += digit(figureAt(upper, at), figureAt(lower, at + shift)) % 10
  }
  return figures
}

/** 0 in front of the number. */
function figureAt(number: string, at: number): number {
  return at < 0 ? 0 : number.charCodeAt(at) - ZERO
}
