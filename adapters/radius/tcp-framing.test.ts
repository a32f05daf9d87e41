import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TcpFraming } from './tcp-framing.ts'
import { requestOctets } from './testing/fake-radius.ts'

it('finds the same packets however the stream is cut', () => {
  const packets = [requestOctets(), requestOctets({ password: 'x'.repeat(100) }), requestOctets()]
  const stream = Buffer.concat(packets)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
      const framing = new TcpFraming()
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length]
      const found = places.flatMap((place, i) => framing.push(stream.subarray(places[i - 1] ?? 0, place)) ?? [])
      expect(found.map((octets) => Buffer.from(octets).toString('hex'))).toEqual(
        packets.map((octets) => Buffer.from(octets).toString('hex')),
      )
      expect(framing.isMidPacket).toBe(false)
    }),
  )
})

it.each([0, 19, 4097, 65_535])('gives up a stream whose Length is %i', (length) => {
  expect(new TcpFraming().push(Uint8Array.of(1, 1, length >> 8, length & 255))).toBeUndefined()
})
