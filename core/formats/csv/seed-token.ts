import { type OathToken, oathLimits, parseBoundedInteger, parseCounter, parseOathAlgorithm } from '../oath-token.ts'
import { decodeBase32, decodeHex, decodeHexOrBase32, type ReadSecret, type SecretEncoding } from '../secret-text.ts'
import type { SeedFields } from './dialects.ts'
import { refuseSeedList, type SeedListPlace } from './refuse.ts'

/** What holds for lines that do not say it themselves. */
export type SeedDefaults = {
  readonly kind?: 'hotp' | 'totp' | undefined
  readonly algorithm?: OathToken['algorithm'] | undefined
  readonly digits?: number | undefined
  readonly intervalSeconds?: number | undefined
}

/** How a list's secrets are spelled: one encoding, or to be decided for each. */
export type SecretRule = SecretEncoding | 'auto'

/** One line as a token, with how its secret was read. */
export type SeedToken = { readonly token: OathToken; readonly encoding: SecretEncoding; readonly ambiguous: boolean }

type Line = { readonly place: SeedListPlace; readonly fields: SeedFields; readonly defaults: SeedDefaults }

/** Makes a token of one line's fields or refuses the line, naming the field. Absent: SHA-1, 6 digits, 30 s, counter 0. */
export const seedToken = (line: Line, secretRule: SecretRule): SeedToken => {
  const { fields, defaults, place } = line
  const kind = readKind(line)
  const { bytes, encoding, ambiguous } = readSecret(line, secretRule)
  const { minDigits, maxDigits, maxIntervalSeconds } = oathLimits
  const digits = readNumber(line, { field: 'digits', min: minDigits, max: maxDigits }) ?? defaults.digits ?? 6
  const interval = kind === 'totp' && readNumber(line, { field: 'interval', min: 1, max: maxIntervalSeconds })
  const token: OathToken = {
    serial: place.serial ?? '',
    kind,
    algorithm: readAlgorithm(line),
    secret: bytes,
    digits,
    intervalSeconds: interval || (kind === 'totp' && defaults.intervalSeconds) || 30,
    t0Seconds: (kind === 'totp' && readNumber(line, { field: 't0', min: 0, max: 253_402_300_799 })) || 0,
    counter: kind === 'hotp' ? readCounter(line) : 0n,
    ...(fields.manufacturer && { manufacturer: fields.manufacturer }),
    ...(fields.model && { model: fields.model }),
    ...(fields.userId && { userId: fields.userId }),
  }
  return { token, encoding, ambiguous }
}

const readKind = ({ fields, defaults, place }: Line): 'hotp' | 'totp' => {
  const kind = fields.kind?.toLowerCase() || defaults.kind
  if (kind === 'hotp' || kind === 'totp') return kind
  if (kind !== undefined) {
    const cause = 'only HOTP and TOTP tokens can be imported'
    return refuseSeedList('unsupported-algorithm', { ...place, field: 'type' }, cause)
  }
  const cause = 'such a list does not say whether its tokens are HOTP or TOTP; choose the type'
  return refuseSeedList('missing-field', { ...place, field: 'type' }, cause)
}

const readSecret = ({ fields, place }: Line, rule: SecretRule): ReadSecret => {
  const at = { ...place, field: 'secret' }
  if (!fields.secret) return refuseSeedList('missing-field', at, 'the secret is missing')
  const read = decodeAs(rule, fields.secret)
  if (read === undefined) {
    const expected = { hex: 'hexadecimal of even length', base32: 'base32', auto: 'hexadecimal or base32' }[rule]
    return refuseSeedList('invalid-field', at, `the secret is not ${expected}`)
  }
  if (read.bytes.length >= 1 && read.bytes.length <= oathLimits.maxSecretBytes) return read
  return refuseSeedList('wrong-length', at, `the secret does not have 1 to ${oathLimits.maxSecretBytes} bytes`)
}

const decodeAs = (rule: SecretRule, text: string): ReadSecret | undefined => {
  if (rule === 'auto') return decodeHexOrBase32(text)
  const bytes = rule === 'hex' ? decodeHex(text) : decodeBase32(text)
  return bytes && { bytes, encoding: rule, ambiguous: false }
}

const readAlgorithm = ({ fields, defaults, place }: Line): OathToken['algorithm'] => {
  if (!fields.algorithm) return defaults.algorithm ?? 'sha1'
  const cause = 'it is not SHA1, SHA256 or SHA512'
  return (
    parseOathAlgorithm(fields.algorithm) ??
    refuseSeedList('unsupported-algorithm', { ...place, field: 'algorithm' }, cause)
  )
}

const readNumber = (
  { fields, place }: Line,
  rule: { field: 'digits' | 'interval' | 't0'; min: number; max: number },
): number | undefined => {
  const text = fields[rule.field]
  if (!text) return undefined
  const cause = `it is not a whole number from ${rule.min} to ${rule.max}`
  return (
    parseBoundedInteger(text, rule.min, rule.max) ??
    refuseSeedList('invalid-field', { ...place, field: rule.field }, cause)
  )
}

const readCounter = ({ fields, place }: Line): bigint => {
  if (!fields.counter) return 0n
  const cause = 'it is not a whole number of at most 64 bits'
  return parseCounter(fields.counter) ?? refuseSeedList('invalid-field', { ...place, field: 'counter' }, cause)
}
