import { RadiusType } from './codes.ts'
import type { RadiusDigests } from './digests.ts'
import { equalOctets } from './equal-octets.ts'
import { checkMessageAuthenticator, type MessageAuthenticatorVerdict } from './message-authenticator.ts'
import { encodeRadiusPacket, type RadiusAttribute, type RadiusPacket, radiusHeaderOctets } from './packet.ts'

export interface RadiusAnswerDraft {
  readonly code: number
  readonly request: RadiusPacket
  /** Without Message-Authenticator and Proxy-State, which are added here. */
  readonly attributes: readonly RadiusAttribute[]
  readonly secret: Uint8Array
  readonly digests: RadiusDigests
}

/**
 * The answer to a request: Message-Authenticator first (Blast-RADIUS, CVE-2024-3596), then `attributes`, then every
 * Proxy-State of the request unchanged and in order (RFC 2865 §5.33), signed with the Message-Authenticator (RFC 3579
 * §3.2) and then the Response Authenticator (RFC 2865 §3). `undefined` when it does not fit a packet.
 */
export function sealRadiusAnswer(draft: RadiusAnswerDraft): Uint8Array | undefined {
  const { request, secret, digests } = draft
  const attributes: RadiusAttribute[] = [
    { type: RadiusType.MessageAuthenticator, value: new Uint8Array(16) },
    ...draft.attributes,
  ]
  for (const attribute of request.attributes) {
    if (attribute.type === RadiusType.ProxyState) attributes.push(attribute)
  }
  const { identifier, authenticator } = request
  const octets = encodeRadiusPacket({ code: draft.code, identifier, authenticator, attributes })
  if (octets === undefined) return undefined
  octets.set(digests.hmacMd5(secret, octets), radiusHeaderOctets + 2)
  octets.set(digests.md5(octets, secret), 4)
  return octets
}

export interface ReceivedRadiusAnswer {
  readonly packet: RadiusPacket
  /** The octets `packet` was parsed from, padding cut off. */
  readonly octets: Uint8Array
  readonly requestAuthenticator: Uint8Array
  readonly secret: Uint8Array
  readonly digests: RadiusDigests
}

/** What a client finds when it checks an answer. */
export interface RadiusAnswerVerdict {
  readonly responseAuthenticator: 'invalid' | 'valid'
  readonly messageAuthenticator: MessageAuthenticatorVerdict
}

/** Checks an answer's Response Authenticator, MD5(code, id, length, Request Authenticator, attributes, secret), and MA. */
export function checkRadiusAnswer(answer: ReceivedRadiusAnswer): RadiusAnswerVerdict {
  const { packet, octets, requestAuthenticator, secret, digests } = answer
  const attributes = octets.subarray(radiusHeaderOctets)
  const digest = digests.md5(octets.subarray(0, 4), requestAuthenticator, attributes, secret)
  return {
    responseAuthenticator: equalOctets(digest, packet.authenticator) ? 'valid' : 'invalid',
    messageAuthenticator: checkMessageAuthenticator(answer),
  }
}
