import { FormatError, type FormatErrorCode } from '../format-error.ts'
import { type OathToken, oathLimits, parseBoundedInteger, parseCounter, parseOathAlgorithm } from '../oath-token.ts'
import { decodeBase32 } from '../secret-text.ts'

/** A token as an otpauth link gives it: no serial, but the account's name as the link's label has it (may be empty). */
export type OtpauthToken = Omit<OathToken, 'serial'> & { readonly account: string }

const MAX_LENGTH = 8192

/**
 * Reads an otpauth:// link (Key URI format) liberally: any case of scheme, kind and names; algorithm spellings; blanks, hyphens,
 * padding and lower case in the secret; `issuer:account` with a plain or encoded colon and blanks after it. The issuer parameter
 * wins over the label's. Absent: SHA-1, 6 digits, 30 s, counter 0. A parameter given twice with different values is refused,
 * since readers disagree which one counts. Throws FormatError.
 */
export const parseOtpauth = (uri: string): OtpauthToken => {
  const { kind, label, query } = splitUri(uri)
  const parameters = readParameters(query)
  const { account, labelIssuer } = readLabel(label)
  const issuer = parameters.get('issuer')?.trim() || labelIssuer
  return {
    kind,
    account,
    ...(issuer && { issuer }),
    secret: readSecret(parameters),
    algorithm: readAlgorithm(parameters),
    digits: readNumber(parameters, { name: 'digits', absent: 6, min: oathLimits.minDigits, max: oathLimits.maxDigits }),
    intervalSeconds:
      kind === 'hotp'
        ? 30
        : readNumber(parameters, { name: 'period', absent: 30, min: 1, max: oathLimits.maxIntervalSeconds }),
    t0Seconds: 0,
    counter: kind === 'hotp' ? readCounter(parameters) : 0n,
  }
}

const splitUri = (uri: string): { kind: 'hotp' | 'totp'; label: string; query: string } => {
  if (uri.length > MAX_LENGTH) refuse('limit-exceeded', undefined, `it is longer than ${MAX_LENGTH} characters`)
  const text = uri.trim()
  if (text === '') refuse('empty', undefined, 'there is no text')
  if (/^otpauth-migration:/i.test(text)) {
    const cause = 'it is an export of several accounts from an app; ask for one otpauth:// link per token'
    refuse('migration-link', undefined, cause)
  }
  const match = /^otpauth:\/\/([^/?#]*)\/?([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is.exec(text)
  if (match === null) return refuse('not-otpauth', undefined, 'it does not start with otpauth://')
  const [, host = '', label = '', query = ''] = match
  const kind = host.toLowerCase()
  if (kind === 'hotp' || kind === 'totp') return { kind, label, query }
  return refuse('unsupported-algorithm', 'type', 'its type is not totp or hotp')
}

/** Percent-decoding only: a plus sign is a plus sign, as the apps read it. */
const decode = (text: string, field: string): string => {
  let decoded: string
  try {
    decoded = decodeURIComponent(text)
  } catch {
    return refuse('invalid-field', field, 'its percent-encoding is broken')
  }
  if (/\p{Cc}/u.test(decoded)) refuse('invalid-field', field, 'it holds a control character')
  return decoded
}

const KNOWN_PARAMETERS = new Set(['secret', 'issuer', 'algorithm', 'digits', 'period', 'counter'])

const readParameters = (query: string): ReadonlyMap<string, string> => {
  const parameters = new Map<string, string>()
  for (const pair of query.split('&')) {
    const [rawName = '', ...rest] = pair.split('=')
    const name = rawName.trim().toLowerCase()
    if (!KNOWN_PARAMETERS.has(name)) continue
    const value = decode(rest.join('='), name)
    const earlier = parameters.get(name)
    if (earlier !== undefined && earlier !== value) refuse('duplicate-field', name, 'it is there twice and differs')
    parameters.set(name, value)
  }
  return parameters
}

const readLabel = (label: string): { account: string; labelIssuer: string | undefined } => {
  const decoded = decode(label, 'label')
  const colon = decoded.indexOf(':')
  if (colon < 0) return { account: decoded.trim(), labelIssuer: undefined }
  return { account: decoded.slice(colon + 1).trim(), labelIssuer: decoded.slice(0, colon).trim() }
}

const readSecret = (parameters: ReadonlyMap<string, string>): Uint8Array => {
  const text = parameters.get('secret')
  if (text === undefined || text.trim() === '') return refuse('missing-field', 'secret', 'the secret is missing')
  // A plus can only be a blank here: it is no base32 letter.
  const secret = decodeBase32(text.replaceAll('+', ' '))
  if (secret === undefined) return refuse('invalid-field', 'secret', 'it is not base32 (A-Z and 2-7)')
  if (secret.length >= 1 && secret.length <= oathLimits.maxSecretBytes) return secret
  return refuse('wrong-length', 'secret', `it does not have 1 to ${oathLimits.maxSecretBytes} bytes`)
}

const readAlgorithm = (parameters: ReadonlyMap<string, string>): OathToken['algorithm'] => {
  const text = parameters.get('algorithm')?.trim()
  if (text === undefined || text === '') return 'sha1'
  return parseOathAlgorithm(text) ?? refuse('unsupported-algorithm', 'algorithm', 'it is not SHA1, SHA256 or SHA512')
}

const readNumber = (
  parameters: ReadonlyMap<string, string>,
  rule: { name: string; absent: number; min: number; max: number },
): number => {
  const text = parameters.get(rule.name)?.trim()
  if (text === undefined || text === '') return rule.absent
  const cause = `it is not a whole number from ${rule.min} to ${rule.max}`
  return parseBoundedInteger(text, rule.min, rule.max) ?? refuse('invalid-field', rule.name, cause)
}

const readCounter = (parameters: ReadonlyMap<string, string>): bigint => {
  const text = parameters.get('counter')?.trim()
  if (text === undefined || text === '') return 0n
  return parseCounter(text) ?? refuse('invalid-field', 'counter', 'it is not a whole number of at most 64 bits')
}

function refuse(code: FormatErrorCode, field: string | undefined, cause: string): never {
  const where = field === undefined ? '' : `, ${field}`
  throw new FormatError({ format: 'otpauth', code, field }, `otpauth link${where}: ${cause}`)
}
