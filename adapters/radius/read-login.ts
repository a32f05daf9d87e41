import {
  decodeRadiusText,
  firstRadiusValue,
  formatIpAddress,
  type RadiusPacket,
  RadiusType,
  revealUserPassword,
} from '@driftlock/formats'
import { hmacSha256, nodeDigests } from './node-digests.ts'
import type { NotEvaluatedReason, RadiusClient, RadiusLogin } from './ports.ts'
import { mapUserName } from './user-name.ts'

export type LoginReading =
  | { readonly kind: 'login'; readonly login: RadiusLogin }
  | { readonly kind: 'not-evaluated'; readonly reason: NotEvaluatedReason }

/**
 * Reads an Access-Request as a PAP login. A password that is not printable UTF-8 is garbage, which a wrong shared secret
 * makes of every password and no passcode can be: it is not passed on, so it counts against no user.
 */
export function readLogin(packet: RadiusPacket, client: RadiusClient, sourceAddress: string): LoginReading {
  const hidden = firstRadiusValue(packet, RadiusType.UserPassword)
  if (hidden === undefined) return notEvaluated('not-pap')
  const key = { secret: client.secret, authenticator: packet.authenticator, digests: nodeDigests }
  const revealed = revealUserPassword(hidden, key)
  // RFC 2865 §5: an attribute of an invalid length in an Access-Request is answered with an Access-Reject.
  if (revealed === undefined) return notEvaluated('password-size')
  const password = printableText(revealed)
  if (password === undefined) return notEvaluated('garbage-password')
  const nameOctets = firstRadiusValue(packet, RadiusType.UserName)
  if (nameOctets === undefined || nameOctets.length === 0) return notEvaluated('no-user-name')
  const presentedUsername = printableText(nameOctets)
  if (presentedUsername === undefined) return notEvaluated('user-name-not-text')
  if (password === '') return notEvaluated('empty-password')
  const state = firstRadiusValue(packet, RadiusType.State)
  const requestKey = keyOf(packet, {
    secret: client.secret,
    sourceAddress,
    password: revealed,
    name: nameOctets,
    state,
  })
  const username = mapUserName(presentedUsername, client)
  const login: RadiusLogin = {
    client,
    username,
    presentedUsername,
    password,
    requestKey,
    sourceAddress,
    ...nas(packet),
  }
  return { kind: 'login', login: state === undefined ? login : { ...login, state } }
}

function notEvaluated(reason: NotEvaluatedReason): LoginReading {
  return { kind: 'not-evaluated', reason }
}

function printableText(octets: Uint8Array): string | undefined {
  const text = decodeRadiusText(octets)
  // Control characters, NUL included, never come from a keyboard.
  return text === undefined || /[\u0000-\u001f\u007f-\u009f]/.test(text) ? undefined : text
}

interface KeyParts {
  readonly secret: Uint8Array
  readonly sourceAddress: string
  readonly password: Uint8Array
  readonly name: Uint8Array
  readonly state: Uint8Array | undefined
}

/**
 * RFC 5080 §2.2.2 across instances: the port is left out, because a client that fails over may open another socket; name,
 * password and state are in, so that a client which repeats its authenticators is never given another login's answer.
 */
function keyOf(packet: RadiusPacket, parts: KeyParts): string {
  const state = parts.state ?? new Uint8Array(0)
  const sizes = Uint8Array.of(packet.identifier, parts.name.length, parts.password.length, state.length)
  const address = Buffer.from(parts.sourceAddress, 'latin1')
  const { secret, name, password } = parts
  return hmacSha256(secret, sizes, packet.authenticator, name, password, state, address).toString('base64url')
}

type NasFacts = Pick<RadiusLogin, 'nasIdentifier' | 'nasAddress' | 'callingStationId' | 'calledStationId'>

function nas(packet: RadiusPacket): NasFacts {
  const facts: { -readonly [Name in keyof NasFacts]: NasFacts[Name] } = {}
  for (const { type, value } of packet.attributes) {
    if (type === RadiusType.NasIpAddress && value.length === 4) facts.nasAddress = formatIpAddress(value)
    else if (type === RadiusType.NasIpv6Address && value.length === 16) facts.nasAddress = formatIpAddress(value)
    else if (type === RadiusType.NasIdentifier) facts.nasIdentifier = shownText(value)
    else if (type === RadiusType.CallingStationId) facts.callingStationId = shownText(value)
    else if (type === RadiusType.CalledStationId) facts.calledStationId = shownText(value)
  }
  return facts
}

function shownText(value: Uint8Array): string {
  return printableText(value) ?? `0x${Buffer.from(value).toString('hex')}`
}
