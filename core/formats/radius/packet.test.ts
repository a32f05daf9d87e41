import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRadiusAnswer } from './answer.ts'
import { RadiusType } from './codes.ts'
import { checkMessageAuthenticator } from './message-authenticator.ts'
import { encodeRadiusPacket, firstRadiusValue, parseRadiusPacket, type RadiusPacket } from './packet.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { exampleSecret, rfcExamples } from './testing/rfc-examples.ts'
import { decodeRadiusText, encodeRadiusText } from './text.ts'
import { hideUserPassword, revealUserPassword } from './user-password.ts'

function parsed(octets: Uint8Array): RadiusPacket {
  const result = parseRadiusPacket(octets)
  if (!('packet' in result)) throw new Error(result.malformation)
  return result.packet
}

const pairs = [
  ['RFC 2865 §7.1', rfcExamples.telnetRequest, rfcExamples.telnetAccept],
  ['RFC 2865 §7.2', rfcExamples.framedRequest, rfcExamples.framedAccept],
  ['RFC 2865 §7.3 challenge', rfcExamples.challengeRequest, rfcExamples.challenge],
  ['RFC 2865 §7.3 response', rfcExamples.responseRequest, rfcExamples.responseReject],
  ['RFC 5997 §6.1', rfcExamples.statusServer, rfcExamples.statusAccept],
] as const

describe('the examples of the RFCs', () => {
  it.each(pairs)('%s parses and encodes to the same octets, answer authenticator included', (_, request, answer) => {
    expect(encodeRadiusPacket(parsed(request))).toEqual(request)
    expect(encodeRadiusPacket(parsed(answer))).toEqual(answer)
    const verdict = checkRadiusAnswer({
      packet: parsed(answer),
      octets: answer,
      requestAuthenticator: parsed(request).authenticator,
      secret: exampleSecret,
      digests: nobleDigests,
    })
    expect(verdict).toEqual({ responseAuthenticator: 'valid', messageAuthenticator: 'missing' })
  })

  it.each([
    ['arctangent', rfcExamples.telnetRequest],
    ['challenge', rfcExamples.challengeRequest],
    ['99101462', rfcExamples.responseRequest],
  ])('reveals and hides the password %s', (password, octets) => {
    const { authenticator, ...packet } = parsed(octets)
    const key = { secret: exampleSecret, authenticator, digests: nobleDigests }
    const hidden = firstRadiusValue({ authenticator, ...packet }, RadiusType.UserPassword)
    const revealed = hidden && revealUserPassword(hidden, key)
    expect(revealed && decodeRadiusText(revealed)).toBe(password)
    expect(hideUserPassword(encodeRadiusText(password), key)).toEqual(hidden)
  })

  it('finds the Message-Authenticator of RFC 5997 §6.1 valid, and invalid under another secret', () => {
    const packet = parsed(rfcExamples.statusServer)
    const check = { packet, octets: rfcExamples.statusServer, digests: nobleDigests }
    expect(checkMessageAuthenticator({ ...check, secret: exampleSecret })).toBe('valid')
    expect(checkMessageAuthenticator({ ...check, secret: encodeRadiusText('xyzzy5462') })).toBe('invalid')
  })
})

describe('malformed packets', () => {
  const base = rfcExamples.telnetRequest
  function changed(index: number, octet: number): Uint8Array {
    const copy = Uint8Array.from(base)
    copy[index] = octet
    return copy
  }

  it.each([
    ['19 octets', base.subarray(0, 19), 'shorter-than-a-header'],
    ['Length 19', changed(3, 19), 'length-out-of-range'],
    ['Length 4097', changed(2, 16), 'length-out-of-range'],
    ['a cut datagram', base.subarray(0, 55), 'shorter-than-its-length'],
    ['an attribute of length 1', changed(21, 1), 'attribute-shorter-than-its-header'],
    ['an attribute of length 0', changed(21, 0), 'attribute-shorter-than-its-header'],
    ['a last attribute past the end', changed(51, 7), 'attribute-beyond-the-end'],
    ['a type octet without a length octet', changed(51, 5), 'attribute-shorter-than-its-header'],
  ])('names what is wrong with %s', (_, octets, malformation) => {
    expect(parseRadiusPacket(octets)).toEqual({ malformation })
  })

  it('leaves octets beyond Length out', () => {
    const padded = new Uint8Array(base.length + 9).fill(7)
    padded.set(base)
    expect(parseRadiusPacket(padded)).toMatchObject({ octets: base })
  })
})

const anyAttribute = fc.record({
  type: fc.integer({ min: 0, max: 255 }),
  value: fc.uint8Array({ maxLength: 253 }),
})
const anyPacket: fc.Arbitrary<RadiusPacket> = fc.record({
  code: fc.integer({ min: 0, max: 255 }),
  identifier: fc.integer({ min: 0, max: 255 }),
  authenticator: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  attributes: fc.array(anyAttribute, { maxLength: 16 }),
})

it('parses every packet it encodes back to the same attributes in the same order', () => {
  fc.assert(
    fc.property(anyPacket, (packet) => {
      const octets = encodeRadiusPacket(packet)
      if (octets === undefined) return packet.attributes.reduce((sum, { value }) => sum + value.length + 2, 20) > 4096
      expect(parsed(octets)).toEqual(packet)
      return true
    }),
  )
})

it('encodes every packet it accepts back to exactly the octets it came from', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 64 }), (octets) => {
      octets[2] = 0
      octets[3] = octets.length
      const result = parseRadiusPacket(octets)
      if ('packet' in result) expect(encodeRadiusPacket(result.packet)).toEqual(octets)
    }),
    { numRuns: 2000 },
  )
})

it('hides and reveals every password up to 128 octets that does not end in NUL, and refuses longer ones', () => {
  const password = fc.uint8Array({ maxLength: 140 }).filter((octets) => octets.at(-1) !== 0)
  const authenticator = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(password, authenticator, (octets, random) => {
      const key = { secret: exampleSecret, authenticator: random, digests: nobleDigests }
      const hidden = hideUserPassword(octets, key)
      expect(hidden && revealUserPassword(hidden, key)).toEqual(octets.length > 128 ? undefined : octets)
    }),
  )
})

it.each([0, 15, 17, 130, 144])('reveals nothing from a hidden password of %i octets', (size) => {
  const key = { secret: exampleSecret, authenticator: new Uint8Array(16), digests: nobleDigests }
  expect(revealUserPassword(new Uint8Array(size), key)).toBeUndefined()
})
