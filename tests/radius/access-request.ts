import { createHash, createHmac, randomFillSync } from 'node:crypto'
import {
  checkRadiusAnswer,
  encodeRadiusPacket,
  encodeRadiusText,
  hideUserPassword,
  parseRadiusPacket,
  type RadiusAttribute,
  RadiusCode,
  type RadiusDigests,
  RadiusType,
  sealRadiusRequest,
} from '@driftlock/formats'

/** Digests of the platform, as the codec wants them. */
export const platformDigests: RadiusDigests = {
  md5: (...parts) => digest(createHash('md5'), parts),
  hmacMd5: (key, ...parts) => digest(createHmac('md5', key), parts),
}

function digest(hash: ReturnType<typeof createHash | typeof createHmac>, parts: readonly Uint8Array[]): Uint8Array {
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export interface RequestDraft {
  readonly secret: Uint8Array
  readonly identifier: number
  readonly username: string
  readonly password: string
  readonly state?: Uint8Array
  /** With Message-Authenticator; absent = yes. */
  readonly isSealed?: boolean
}

/** An Access-Request with PAP under a random authenticator. */
export function accessRequest(draft: RequestDraft): Uint8Array {
  const { secret, identifier, username, password, state, isSealed = true } = draft
  const authenticator = randomFillSync(new Uint8Array(16))
  const digests = platformDigests
  const hidden = hideUserPassword(encodeRadiusText(password), { secret, authenticator, digests })
  if (hidden === undefined) throw new Error('The password is too long.')
  const attributes: RadiusAttribute[] = [
    { type: RadiusType.UserName, value: encodeRadiusText(username) },
    { type: RadiusType.UserPassword, value: hidden },
    ...(state === undefined ? [] : [{ type: RadiusType.State, value: state }]),
  ]
  const code = RadiusCode.AccessRequest
  const packet = isSealed
    ? sealRadiusRequest({ code, identifier, authenticator, attributes, secret, digests })
    : encodeRadiusPacket({ code, identifier, authenticator, attributes })
  if (packet === undefined) throw new Error('The request does not fit a packet.')
  return packet
}

/** Whether octets are an answer to a request under the secret; a Message-Authenticator must be right where there is one. */
export function answers(octets: Uint8Array, request: Uint8Array, secret: Uint8Array): boolean {
  const parsed = parseRadiusPacket(octets)
  if (!('packet' in parsed) || parsed.packet.identifier !== request[1]) return false
  const requestAuthenticator = request.subarray(4, 20)
  const verdict = checkRadiusAnswer({ ...parsed, requestAuthenticator, secret, digests: platformDigests })
  return verdict.responseAuthenticator === 'valid' && verdict.messageAuthenticator !== 'invalid'
}
