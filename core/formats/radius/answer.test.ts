import { describe, expect, it } from 'vitest'
import { checkRadiusAnswer, sealRadiusAnswer } from './answer.ts'
import { RadiusCode, RadiusType } from './codes.ts'
import { checkMessageAuthenticator } from './message-authenticator.ts'
import { parseRadiusPacket, type RadiusAttribute } from './packet.ts'
import { sealRadiusRequest } from './request.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { exampleSecret as secret } from './testing/rfc-examples.ts'
import { encodeRadiusText } from './text.ts'

const digests = nobleDigests
const proxyStates: RadiusAttribute[] = [
  { type: RadiusType.ProxyState, value: Uint8Array.of(9, 0, 9) },
  { type: RadiusType.UserName, value: encodeRadiusText('nemo') },
  { type: RadiusType.ProxyState, value: Uint8Array.of(1) },
]
const requestOctets = sealRadiusRequest({
  code: RadiusCode.AccessRequest,
  identifier: 77,
  authenticator: Uint8Array.from({ length: 16 }, (_, i) => i),
  attributes: proxyStates,
  secret,
  digests,
})

function parsed(octets: Uint8Array | undefined) {
  const result = octets && parseRadiusPacket(octets)
  if (!result || !('packet' in result)) throw new Error('not a packet')
  return result
}

const request = parsed(requestOctets).packet

describe('a sealed answer', () => {
  const { packet, octets } = parsed(
    sealRadiusAnswer({
      code: RadiusCode.AccessReject,
      request,
      attributes: [{ type: RadiusType.ReplyMessage, value: encodeRadiusText('no') }],
      secret,
      digests,
    }),
  )

  it('has Message-Authenticator first and every Proxy-State, in order, last', () => {
    const { MessageAuthenticator, ReplyMessage, ProxyState } = RadiusType
    expect(packet.attributes.map(({ type }) => type)).toEqual([
      MessageAuthenticator,
      ReplyMessage,
      ProxyState,
      ProxyState,
    ])
    expect(packet.attributes.slice(2).map(({ value }) => [...value])).toEqual([[9, 0, 9], [1]])
  })

  it('is valid for its request and invalid for any other', () => {
    const answer = { packet, octets, secret, digests }
    expect(checkRadiusAnswer({ ...answer, requestAuthenticator: request.authenticator })).toEqual({
      responseAuthenticator: 'valid',
      messageAuthenticator: 'valid',
    })
    expect(checkRadiusAnswer({ ...answer, requestAuthenticator: new Uint8Array(16) })).toEqual({
      responseAuthenticator: 'invalid',
      messageAuthenticator: 'invalid',
    })
  })

  it('is not made when it would not fit 4096 octets', () => {
    const attributes = Array.from({ length: 16 }, () => ({ type: 18, value: new Uint8Array(253) }))
    expect(sealRadiusAnswer({ code: 3, request, attributes, secret, digests })).toBeUndefined()
  })
})

describe('a Message-Authenticator', () => {
  const original = parsed(requestOctets)
  it('is valid as sealed', () => {
    expect(checkMessageAuthenticator({ ...original, secret, digests })).toBe('valid')
  })

  it('notices a change of any octet of the packet', () => {
    expect.hasAssertions()
    for (let index = 0; index < original.octets.length; index += 1) {
      const changed = Uint8Array.from(original.octets)
      changed[index] = (changed[index] ?? 0) ^ 1
      const result = parseRadiusPacket(changed)
      if ('packet' in result) expect(checkMessageAuthenticator({ ...result, secret, digests })).not.toBe('valid')
    }
  })

  it('is invalid when there are two, or when it is not 16 octets', () => {
    const value = new Uint8Array(16)
    const draft = { code: 1, identifier: 1, authenticator: value, secret, digests }
    const twice = sealRadiusRequest({ ...draft, attributes: [{ type: RadiusType.MessageAuthenticator, value }] })
    expect(checkMessageAuthenticator({ ...parsed(twice), secret, digests })).toBe('invalid')
    const short = Uint8Array.of(1, 1, 0, 23, ...value, 80, 3, 0)
    expect(checkMessageAuthenticator({ ...parsed(short), secret, digests })).toBe('invalid')
  })
})
