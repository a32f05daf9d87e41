import {
  encodeRadiusText,
  hideUserPassword,
  parseRadiusPacket,
  type RadiusAttribute,
  type RadiusPacket,
  RadiusType,
  encodeRadiusPacket,
  sealRadiusRequest,
} from '@driftlock/formats'
import { nodeDigests } from '../node-digests.ts'
import type { RadiusAnswer, RadiusAuthentication, RadiusClient, RadiusLogin } from '../ports.ts'

export const testSecret: Uint8Array = encodeRadiusText('a-secret-of-ample-length')

/** A client at 192.0.2.0/24 unless said otherwise. */
export function testClient(changes: Partial<RadiusClient> = {}): RadiusClient {
  return {
    id: 'vpn',
    name: 'VPN gateway',
    addresses: ['192.0.2.0/24'],
    secret: testSecret,
    requireMessageAuthenticator: 'no',
    isProxy: false,
    stripRealm: false,
    language: 'en',
    prompts: {},
    translations: {},
    supportsChallenge: true,
    rejectDetail: 'denied',
    replyAttributes: [],
    groups: [],
    ...changes,
  }
}

export interface RequestDraft {
  readonly username?: string
  readonly password?: string | Uint8Array
  readonly identifier?: number
  readonly authenticator?: Uint8Array
  readonly secret?: Uint8Array
  readonly extra?: readonly RadiusAttribute[]
  readonly isSealed?: boolean
  readonly code?: number
}

let counter = 0

/** An Access-Request; authenticators differ from call to call. */
export function requestOctets(draft: RequestDraft = {}): Uint8Array {
  counter += 1
  const authenticator = draft.authenticator ?? Buffer.from(String(counter).padStart(16, '0'))
  const { secret = testSecret, identifier = 1, password = '1234567890', username = 'ada', code = 1 } = draft
  const key = { secret, authenticator, digests: nodeDigests }
  const hidden = hideUserPassword(typeof password === 'string' ? encodeRadiusText(password) : password, key)
  const attributes: RadiusAttribute[] = [...(draft.extra ?? [])]
  if (hidden !== undefined) attributes.unshift({ type: RadiusType.UserPassword, value: hidden })
  attributes.unshift({ type: RadiusType.UserName, value: encodeRadiusText(username) })
  const isSealed = draft.isSealed ?? true
  const octets = isSealed
    ? sealRadiusRequest({ code, identifier, authenticator, attributes, secret, digests: nodeDigests })
    : encodeRadiusPacket({ code, identifier, authenticator, attributes })
  if (octets === undefined) throw new Error('the draft does not fit a packet')
  return octets
}

/** The packet in octets known to be one. */
export function packetOf(octets: Uint8Array | undefined): RadiusPacket {
  const parsed = octets && parseRadiusPacket(octets)
  if (!parsed || !('packet' in parsed)) throw new Error('not a packet')
  return parsed.packet
}

/** An application that answers by rule and remembers what it was asked. */
export class FakeAuthentication implements RadiusAuthentication {
  readonly logins: RadiusLogin[] = []
  readonly #answer: (login: RadiusLogin) => RadiusAnswer | Promise<RadiusAnswer>

  constructor(answer: (login: RadiusLogin) => RadiusAnswer | Promise<RadiusAnswer> = () => accept) {
    this.#answer = answer
  }

  async authenticate(login: RadiusLogin): Promise<RadiusAnswer> {
    this.logins.push(login)
    return this.#answer(login)
  }
}

export const accept: RadiusAnswer = { code: 'accept', replyAttributes: [] }
