import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { compactDecrypt, decodeProtectedHeader, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { openDirectly, usualHeaderIn } from './open-directly.ts'
import { sealSeed } from './testing/signing-cloud.ts'

const { privateKey, publicKey } = generateKeyPairSync('x25519')
const jwk = publicKey.export({ format: 'jwk' }) as JWK // of a platform key
const facts = { managerId: 'm1', recordId: 'r1', serial: 'MFA000000000001', seedVersion: 1 }
const sealed = (seed: Uint8Array) => sealSeed(seed, jwk, facts)

async function opened(text: string, key = privateKey): Promise<Uint8Array | undefined> {
  const header = usualHeaderIn(decodeProtectedHeader(text))
  return header && openDirectly(text, header, key)
}

const outcome = async (opening: () => Promise<Uint8Array | undefined>) => {
  try {
    return await opening()
  } catch {
    return 'refused'
  }
}

describe('a seed sealed the usual way', () => {
  it('opens as the library opens it', async () => {
    const seeds = fc.uint8Array({ minLength: 1, maxLength: 128 })
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const text = await sealed(seed)
        expect(await opened(text)).toEqual(seed)
        expect(new Uint8Array((await compactDecrypt(text, privateKey)).plaintext)).toEqual(seed)
      }),
      { numRuns: 20 },
    )
  })

  it('never opens when a character of it was changed, cut off or added, and is left to the library when its kind was', async () => {
    const text = await sealed(new Uint8Array(32).fill(7))
    const edits = fc.record({
      place: fc.nat(text.length - 1),
      character: fc.constantFrom('A', 'Q', 'w', '8', '_', '.', '=', ' ', ''),
      extra: fc.constantFrom('', '.', '.AAAA', 'A'),
    })
    await fc.assert(
      fc.asyncProperty(edits, async ({ place, character, extra }) => {
        const changed = text.slice(0, place) + character + text.slice(place + 1) + extra
        fc.pre(changed !== text)
        expect(['refused', undefined]).toContain(await outcome(() => opened(changed)))
      }),
      { numRuns: 300 },
    )
  })

  it('does not open with another key', async () => {
    const other = generateKeyPairSync('x25519').privateKey
    expect(await outcome(async () => opened(await sealed(new Uint8Array(20)), other))).toBe('refused')
  })

  it('is not agreed on with a point of small order', async () => {
    const text = await sealed(new Uint8Array(20))
    const [head = '', ...rest] = text.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as Record<string, object>
    const small = { ...header, epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } }
    const forged = [Buffer.from(JSON.stringify(small)).toString('base64url'), ...rest].join('.')
    expect(await outcome(() => opened(forged))).toBe('refused')
  })
})

describe('the usual way', () => {
  const usual = {
    ...facts,
    alg: 'ECDH-ES',
    enc: 'A256GCM',
    typ: 'driftlock-seed',
    kid: 'k',
    epk: { kty: 'OKP', crv: 'X25519', x: 'B'.repeat(43) },
  }

  it.each([
    ['wrapped keys', { alg: 'ECDH-ES+A256KW' }],
    ['another curve', { epk: { kty: 'EC', crv: 'P-256', x: 'B'.repeat(43), y: 'B'.repeat(43) } }],
    ['a compressed content', { zip: 'DEF' }],
    ['extensions that must be understood', { crit: ['exp'] }],
    ['information about the parties', { apu: 'QQ' }],
    ['another content encryption', { enc: 'A128GCM' }],
  ])('has not %s', (_what, other) => {
    expect(usualHeaderIn(usual)).toBeDefined()
    expect(usualHeaderIn({ ...usual, ...other })).toBeUndefined()
  })
})
