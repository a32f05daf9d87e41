import type { CloudCipher, SeedToSeal } from '@driftlock/application'
import type { SealedSeedHeader } from '@driftlock/contracts'
import { CompactEncrypt, exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { importPublicKey, publicKeyText } from './public-keys.ts'

/** So many at a time keep the threads of the crypto pool busy without a page's worth of promises. */
const SEALED_AT_ONCE = 32

/** RFC 7516 with ECDH-ES (RFC 8037 for X25519, RFC 7518 §4.6 for P-256) and A256GCM: no key is used for two seeds. */
export const cloudCipher: CloudCipher = {
  async newSigningKey() {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const { x = '' } = await exportJWK(publicKey)
    const key = await publicKeyText({ kty: 'OKP', crv: 'Ed25519', x })
    return { key, privateKey: new TextEncoder().encode(await exportPKCS8(privateKey)) }
  },
  async sealSeeds(to, seeds) {
    const key = await importPublicKey(to, 'ECDH-ES')
    const sealed: string[] = []
    for (let from = 0; from < seeds.length; from += SEALED_AT_ONCE) {
      const some = seeds.slice(from, from + SEALED_AT_ONCE)
      sealed.push(...(await Promise.all(some.map((one) => sealOne(key, to.id, one)))))
    }
    return sealed
  },
}

async function sealOne(
  key: Awaited<ReturnType<typeof importPublicKey>>,
  kid: string,
  { facts, seed }: SeedToSeal,
): Promise<string> {
  const header: SealedSeedHeader = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'driftlock-seed', kid, ...facts }
  try {
    return await new CompactEncrypt(seed).setProtectedHeader(header).encrypt(key)
  } finally {
    seed.fill(0)
  }
}
