import { cbc } from '@noble/ciphers/aes.js'
import { concatBytes } from '@noble/ciphers/utils.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { FormatError } from '../format-error.ts'
import { type OathToken, oathLimits } from '../oath-token.ts'
import { encodeUtf8 } from '../utf8.ts'
import { encodeBase64 } from './base64-text.ts'
import { parseDateTime } from './date-time.ts'
import { macOf } from './hmac-methods.ts'
import { encryptedXml, keyPackageXml } from './pskc-xml.ts'

/** How the secrets are encrypted: with a 16-byte key known to both sides, or with a key made from a password. */
export type PskcProtection =
  | { readonly kind: 'pre-shared-key'; readonly key: Uint8Array; readonly keyName: string }
  | { readonly kind: 'password'; readonly password: string; readonly iterations: number }

export type WritePskcOptions = {
  readonly protection: PskcProtection
  /** Fresh random bytes from the caller: salt, MAC key and one IV of 16 bytes per secret. */
  readonly randomBytes: (length: number) => Uint8Array
}

const SALT_BYTES = 16
const MAC_KEY_BYTES = 20
const MIN_ITERATIONS = 1000 // RFC 8018 §4.2

/**
 * Writes a PSKC file (RFC 6030) piece by piece: AES-128-CBC with an HMAC-SHA1 ValueMAC for every secret, and for passwords
 * PBKDF2 with HMAC-SHA256. Throws `cannot-write` for what PSKC cannot say. Texts are written trimmed; absent fields stay absent.
 */
export function* writePskc(
  tokens: Iterable<OathToken & { readonly keyId?: string }>,
  options: WritePskcOptions,
): Generator<string, void, undefined> {
  const { key, xml } = protect(options)
  const macKey = options.randomBytes(MAC_KEY_BYTES)
  const encrypt = (plain: Uint8Array): Uint8Array => {
    const iv = options.randomBytes(16)
    return concatBytes(iv, cbc(key, iv).encrypt(plain))
  }
  yield `<?xml version="1.0" encoding="UTF-8"?>
<pskc:KeyContainer Version="1.0" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
<pskc:EncryptionKey>${xml}</pskc:EncryptionKey>
<pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><pskc:MACKey>${encryptedXml(encrypt(macKey))}</pskc:MACKey></pskc:MACMethod>
`
  let number = 0
  for (const token of tokens) {
    number += 1
    requireWritable(token, number)
    const cipherValue = encrypt(token.secret)
    yield keyPackageXml(token, { cipherValue, mac: macOf(sha1, macKey, cipherValue) }, number)
  }
  yield '</pskc:KeyContainer>\n'
}

const protect = ({ protection, randomBytes }: WritePskcOptions): { key: Uint8Array; xml: string } => {
  if (protection.kind === 'pre-shared-key') {
    if (protection.key.length !== 16) refuse(undefined, 'key', 'the pre-shared key does not have 16 bytes')
    if (protection.keyName.trim() === '') refuse(undefined, 'keyName', 'the name of the pre-shared key is blank')
    return { key: protection.key, xml: `<ds:KeyName>${escapeHeaderText(protection.keyName)}</ds:KeyName>` }
  }
  const { password, iterations } = protection
  if (password === '') refuse(undefined, 'password', 'the password is empty')
  if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS) {
    refuse(undefined, 'iterations', `the rounds are fewer than ${MIN_ITERATIONS}`)
  }
  const salt = randomBytes(SALT_BYTES)
  const key = pbkdf2(sha256, encodeUtf8(password), salt, { c: iterations, dkLen: 16 })
  const parameters =
    `<pkcs5:PBKDF2-params><Salt><Specified>${encodeBase64(salt)}</Specified></Salt>` +
    `<IterationCount>${iterations}</IterationCount><KeyLength>16</KeyLength>` +
    '<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/></pkcs5:PBKDF2-params>'
  const algorithm = 'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2'
  return {
    key,
    xml: `<xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="${algorithm}">${parameters}</xenc11:KeyDerivationMethod></xenc11:DerivedKey>`,
  }
}

const escapeHeaderText = (text: string): string => {
  if (!/^[\x20-\x7e]+$/.test(text)) refuse(undefined, 'keyName', 'the name of the key is not plain ASCII')
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const requireWritable = (token: OathToken, number: number): void => {
  const at = { number, serial: token.serial }
  const { minDigits, maxDigits, maxSecretBytes, maxIntervalSeconds, maxCounter } = oathLimits
  if (token.serial.trim() === '') refuse({ number }, 'serial', 'the serial number is blank')
  if (token.secret.length < 1 || token.secret.length > maxSecretBytes)
    refuse(at, 'secret', 'its length is out of bounds')
  if (!isWithin(token.digits, minDigits, maxDigits)) refuse(at, 'digits', 'the number is out of bounds')
  for (const field of ['startDate', 'expiryDate'] as const) {
    const date = token[field]
    if (date !== undefined && parseDateTime(date) === undefined) refuse(at, field, 'it is not a date and time')
  }
  if (token.kind === 'hotp') {
    if (token.counter < 0n || token.counter > maxCounter) refuse(at, 'counter', 'it does not fit 64 bits')
    return
  }
  if (!isWithin(token.intervalSeconds, 1, maxIntervalSeconds)) refuse(at, 'intervalSeconds', 'it is out of bounds')
  if (!isWithin(token.timeDriftSteps ?? 0, -(2 ** 31), 2 ** 31 - 1)) refuse(at, 'timeDriftSteps', 'it is out of bounds')
  if (token.t0Seconds !== 0) refuse(at, 't0Seconds', 'PSKC cannot carry a T0 other than 0')
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max

function refuse(record: { number: number; serial?: string } | undefined, field: string, cause: string): never {
  const where = record === undefined ? '' : `, key ${record.number}`
  throw new FormatError(
    { format: 'pskc', code: 'cannot-write', record, field },
    `PSKC file${where}, ${field}: ${cause}`,
  )
}
