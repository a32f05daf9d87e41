import { RadiusType } from './codes.ts'
import type { RadiusDigests } from './digests.ts'
import { encodeRadiusPacket, type RadiusAttribute, radiusHeaderOctets } from './packet.ts'

export interface RadiusRequestDraft {
  /** Access-Request or Status-Server. */
  readonly code: number
  readonly identifier: number
  /** 16 octets that nobody can foretell and that never repeat (RFC 2865 §3). */
  readonly authenticator: Uint8Array
  readonly attributes: readonly RadiusAttribute[]
  readonly secret: Uint8Array
  readonly digests: RadiusDigests
}

/**
 * A client's request with Message-Authenticator first, as the answer to Blast-RADIUS asks of clients.
 * `undefined` when it does not fit a packet.
 */
export function sealRadiusRequest(draft: RadiusRequestDraft): Uint8Array | undefined {
  const placeholder = { type: RadiusType.MessageAuthenticator, value: new Uint8Array(16) }
  const octets = encodeRadiusPacket({ ...draft, attributes: [placeholder, ...draft.attributes] })
  octets?.set(draft.digests.hmacMd5(draft.secret, octets), radiusHeaderOctets + 2)
  return octets
}
