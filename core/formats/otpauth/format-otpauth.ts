import { FormatError } from '../format-error.ts'
import { type OathToken, oathLimits } from '../oath-token.ts'
import { encodeBase32 } from '../secret-text.ts'

/** What an app shows beside the code. Neither may be blank; the issuer may not hold a colon. */
export type OtpauthLabel = { readonly issuer: string; readonly account: string }

/**
 * Writes the strictest form of an otpauth:// link, which every app reads: issuer in label and parameter, blanks as %20, hash in
 * capitals, secret without padding. A 60 s token keeps its 60 s. Throws `cannot-write` for what a link cannot say (a T0 other
 * than 0, a colon in the issuer). The result holds the secret: never log it.
 */
export const formatOtpauth = (token: Omit<OathToken, 'serial'>, label: OtpauthLabel): string => {
  const issuer = encode(label.issuer, 'issuer')
  const account = encode(label.account, 'account')
  if (label.issuer.includes(':')) refuse('issuer', 'a colon would end the issuer too early; leave it out')
  requireWritable(token)
  const parameters = [
    `secret=${encodeBase32(token.secret)}`,
    `issuer=${issuer}`,
    `algorithm=${token.algorithm.toUpperCase()}`,
    `digits=${token.digits}`,
    token.kind === 'totp' ? `period=${token.intervalSeconds}` : `counter=${token.counter}`,
  ]
  return `otpauth://${token.kind}/${issuer}:${account}?${parameters.join('&')}`
}

const requireWritable = (token: Omit<OathToken, 'serial'>): void => {
  const { secret, digits, intervalSeconds, counter } = token
  if (secret.length < 1 || secret.length > oathLimits.maxSecretBytes) refuse('secret', 'its length is out of bounds')
  if (!isWithin(digits, oathLimits.minDigits, oathLimits.maxDigits)) refuse('digits', 'the number is out of bounds')
  if (token.kind === 'hotp') {
    if (counter < 0n || counter > oathLimits.maxCounter) refuse('counter', 'it does not fit 64 bits')
    return
  }
  if (!isWithin(intervalSeconds, 1, oathLimits.maxIntervalSeconds)) refuse('period', 'the number is out of bounds')
  if (token.t0Seconds !== 0) refuse('t0', 'a link cannot carry a T0 other than 0')
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max

const encode = (text: string, field: 'issuer' | 'account'): string => {
  if (text.trim() === '') refuse(field, 'it is blank; apps need a name to show')
  if (text !== text.trim()) refuse(field, 'it starts or ends with a blank')
  if (!text.isWellFormed()) refuse(field, 'it holds half of a surrogate pair')
  if (/\p{Cc}/u.test(text)) refuse(field, 'it holds a control character')
  return encodeURIComponent(text)
}

function refuse(field: string, cause: string): never {
  throw new FormatError({ format: 'otpauth', code: 'cannot-write', field }, `otpauth link, ${field}: ${cause}`)
}
