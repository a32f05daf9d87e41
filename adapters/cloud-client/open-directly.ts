import { createDecipheriv, createPublicKey, diffieHellman, hash, type KeyObject } from 'node:crypto'
import { sealedSeedHeader } from '@driftlock/contracts'
import { z } from 'zod'

/**
 * The one kind of seal that the cloud access service makes for keys of ours, and not a member more: whatever else the
 * standard allows is the library's affair.
 */
const usualHeader = z.strictObject({
  ...sealedSeedHeader.shape,
  alg: z.literal('ECDH-ES'),
  epk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string().regex(/^[\w-]{43}$/) }),
})

export type UsualHeader = z.infer<typeof usualHeader>

/** @returns undefined for a header that is to be opened by the library. */
export function usualHeaderIn(header: unknown): UsualHeader | undefined {
  return usualHeader.safeParse(header).data
}

const NONCE_OCTETS = 12
const TAG_OCTETS = 16

/**
 * Opens a compact JWE of the usual kind (RFC 7516 §5.2) with the platform's cryptography: a full run opens one for every
 * app, and this takes a third of the library's time. The agreement is made in a thread of the platform.
 * @throws when the seal does not hold.
 */
export async function openDirectly(sealed: string, { epk }: UsualHeader, privateKey: KeyObject): Promise<Uint8Array> {
  const [head = '', wrappedKey, nonce = '', content = '', tag = '', ...more] = sealed.split('.')
  const [iv, ciphertext, authTag] = [octets(nonce), octets(content), octets(tag)]
  if (wrappedKey !== '' || more.length > 0 || iv.length !== NONCE_OCTETS || authTag.length !== TAG_OCTETS)
    throw new Error('Not the parts of a seed sealed by agreement.')
  const agreed = await agreement(privateKey, createPublicKey({ key: epk, format: 'jwk' }))
  const decipher = createDecipheriv('aes-256-gcm', contentKey(agreed), iv, { authTagLength: TAG_OCTETS })
  decipher.setAAD(Buffer.from(head, 'ascii')).setAuthTag(authTag)
  const opened = decipher.update(ciphertext)
  decipher.final()
  return new Uint8Array(opened.buffer, opened.byteOffset, opened.byteLength)
}

/** The platform overlooks what is no base64url; a seal is written in one way only. */
function octets(text: string): Buffer {
  const read = Buffer.from(text, 'base64url')
  if (read.toString('base64url') !== text) throw new Error('A part of a sealed seed is not base64url.')
  return read
}

/** RFC 7748 §6.1; a point of small order is refused by the platform. */
async function agreement(privateKey: KeyObject, publicKey: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    diffieHellman({ privateKey, publicKey }, (error, secret) => (error === null ? resolve(secret) : reject(error))),
  )
}

/** RFC 7518 §4.6.2: round 1, then (after the agreed secret) "A256GCM", no party information, 256 bits. */
const ROUND = Buffer.from([0, 0, 0, 1])
const OTHER_INFO = Buffer.concat([
  Buffer.from([0, 0, 0, 7]),
  Buffer.from('A256GCM', 'ascii'),
  Buffer.alloc(8),
  Buffer.from([0, 0, 1, 0]),
])

function contentKey(agreed: Buffer): Buffer {
  return hash('sha256', Buffer.concat([ROUND, agreed, OTHER_INFO]), 'buffer')
}
