import { FormatError } from '../format-error.ts'
import type { OathToken } from '../oath-token.ts'
import { encodeBase64 } from './base64-text.ts'

/** A secret after encryption, with the MAC over IV and ciphertext. */
export type ProtectedSecret = { readonly cipherValue: Uint8Array; readonly mac: Uint8Array }

/** The inside of an EncryptedValue or MACKey under AES-128-CBC. */
export const encryptedXml = (cipherValue: Uint8Array): string =>
  '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>' +
  `<xenc:CipherData><xenc:CipherValue>${encodeBase64(cipherValue)}</xenc:CipherValue></xenc:CipherData>`

/** One KeyPackage (RFC 6030 §4), elements in the schema's order. */
export const keyPackageXml = (
  token: OathToken & { readonly keyId?: string },
  secret: ProtectedSecret,
  number: number,
): string => {
  const text = (name: string, value: string | undefined): string => {
    const escaped = value === undefined ? '' : escapeXml(value.trim(), { number, field: name })
    return escaped === '' ? '' : `<pskc:${name}>${escaped}</pskc:${name}>`
  }
  const keyId = escapeXml((token.keyId ?? token.serial).trim(), { number, field: 'keyId' })
  const suite = token.algorithm === 'sha1' ? undefined : `HMAC-${token.algorithm.toUpperCase()}`
  const policy = text('StartDate', token.startDate) + text('ExpiryDate', token.expiryDate)
  return [
    '<pskc:KeyPackage>',
    `<pskc:DeviceInfo>${text('Manufacturer', token.manufacturer)}${text('SerialNo', token.serial)}${text('Model', token.model)}</pskc:DeviceInfo>`,
    `<pskc:Key Id="${keyId}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${token.kind}">`,
    text('Issuer', token.issuer),
    `<pskc:AlgorithmParameters>${text('Suite', suite)}<pskc:ResponseFormat Length="${token.digits}" Encoding="DECIMAL"/></pskc:AlgorithmParameters>`,
    `<pskc:Data>${secretXml(secret)}${movingFactorXml(token)}</pskc:Data>`,
    text('UserId', token.userId),
    policy === '' ? '' : `<pskc:Policy>${policy}</pskc:Policy>`,
    '</pskc:Key></pskc:KeyPackage>\n',
  ].join('')
}

const secretXml = ({ cipherValue, mac }: ProtectedSecret): string =>
  `<pskc:Secret><pskc:EncryptedValue>${encryptedXml(cipherValue)}</pskc:EncryptedValue>` +
  `<pskc:ValueMAC>${encodeBase64(mac)}</pskc:ValueMAC></pskc:Secret>`

const numberXml = (name: string, value: number | bigint): string =>
  `<pskc:${name}><pskc:PlainValue>${value}</pskc:PlainValue></pskc:${name}>`

const movingFactorXml = (token: OathToken): string => {
  if (token.kind === 'hotp') return numberXml('Counter', token.counter)
  const drift = token.timeDriftSteps === undefined ? '' : numberXml('TimeDrift', token.timeDriftSteps)
  return numberXml('Time', 0) + numberXml('TimeInterval', token.intervalSeconds) + drift
}

/** Text fit for elements and attributes; characters XML 1.0 has no way to write are refused (§2.2). */
const escapeXml = (text: string, place: { number: number; field: string }): string => {
  if (!text.isWellFormed() || /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u.test(text)) {
    throw new FormatError(
      { format: 'pskc', code: 'cannot-write', record: { number: place.number }, field: place.field },
      `PSKC file, key ${place.number}, ${place.field}: it holds a character that XML cannot carry`,
    )
  }
  return text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
