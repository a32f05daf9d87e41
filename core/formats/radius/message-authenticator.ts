import { RadiusCode, RadiusType } from './codes.ts'
import type { RadiusDigests } from './digests.ts'
import { equalOctets } from './equal-octets.ts'
import { type RadiusPacket, radiusHeaderOctets } from './packet.ts'

const zeros = new Uint8Array(16)

/** `missing`, or `invalid` (wrong digest, wrong size, or more than one), or `valid`. */
export type MessageAuthenticatorVerdict = 'missing' | 'invalid' | 'valid'

export interface MessageAuthenticatorCheck {
  readonly packet: RadiusPacket
  /** The octets `packet` was parsed from, padding cut off. */
  readonly octets: Uint8Array
  readonly secret: Uint8Array
  readonly digests: RadiusDigests
  /** For an answer: the Request Authenticator of its request, which the digest covers instead of its own. */
  readonly requestAuthenticator?: Uint8Array
}

/**
 * Checks Message-Authenticator (RFC 3579 §3.2): HMAC-MD5 over the packet with the attribute's value as zeros and, in an
 * answer, the Request Authenticator in place of the Response Authenticator. CoA, Disconnect and accounting requests are
 * digested with a zero authenticator (RFC 5176 §3.6).
 */
export function checkMessageAuthenticator(check: MessageAuthenticatorCheck): MessageAuthenticatorVerdict {
  const { packet, octets, secret, digests } = check
  let value: Uint8Array | undefined
  for (const attribute of packet.attributes) {
    if (attribute.type !== RadiusType.MessageAuthenticator) continue
    if (value !== undefined || attribute.value.length !== 16) return 'invalid'
    value = attribute.value
  }
  if (value === undefined) return 'missing'
  const offset = value.byteOffset - octets.byteOffset
  const before = octets.subarray(radiusHeaderOctets, offset)
  const after = octets.subarray(offset + 16)
  const authenticator = check.requestAuthenticator ?? digestedAuthenticator(packet)
  const digest = digests.hmacMd5(secret, octets.subarray(0, 4), authenticator, before, zeros, after)
  return equalOctets(digest, value) ? 'valid' : 'invalid'
}

function digestedAuthenticator(packet: RadiusPacket): Uint8Array {
  switch (packet.code) {
    case RadiusCode.AccountingRequest:
    case RadiusCode.CoaRequest:
    case RadiusCode.DisconnectRequest:
      return zeros
    default:
      return packet.authenticator
  }
}
