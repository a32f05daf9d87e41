import { describe, expect, it } from 'vitest'
import { describeRadiusAttribute } from './attribute-text.ts'
import { checkMessageAuthenticator } from './message-authenticator.ts'
import { encodeRadiusPacket, parseRadiusPacket } from './packet.ts'
import { mutations } from './testing/mutate.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { exampleSecret, rfcExamples } from './testing/rfc-examples.ts'
import { revealUserPassword } from './user-password.ts'

const rounds = 100_000

describe('mutated real packets', () => {
  it('never throw, encode back exactly when accepted, and never pass a Message-Authenticator', () => {
    let accepted = 0
    for (const octets of mutations(Object.values(rfcExamples), { rounds, seed: 1 })) {
      const result = parseRadiusPacket(octets)
      if (!('packet' in result)) continue
      accepted += 1
      if (Buffer.compare(encodeRadiusPacket(result.packet) ?? octets, result.octets) !== 0) {
        throw new Error(`not exact: ${Buffer.from(octets).toString('hex')}`)
      }
      for (const attribute of result.packet.attributes) describeRadiusAttribute(attribute)
      if (accepted % 8 !== 0) continue // digests are slow; an eighth of the packets is enough for them
      const { authenticator } = result.packet
      const key = { secret: exampleSecret, authenticator, digests: nobleDigests }
      for (const { value } of result.packet.attributes) revealUserPassword(value, key)
      const isOriginal = Buffer.compare(result.octets, rfcExamples.statusServer) === 0
      const verdict = checkMessageAuthenticator({ ...result, secret: exampleSecret, digests: nobleDigests })
      if (!isOriginal) expect(verdict).not.toBe('valid')
    }
    expect(accepted).toBeGreaterThan(rounds / 10)
  })
})
