import { z } from 'zod'

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not 32 octets in base64url')

/** Public Ed25519 key (RFC 8037 §2). A private part is refused, not dropped: whoever sent it gave its secret away. */
export const signingJwk = z
  .strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate })
  .meta({ id: 'CloudSigningKey' })

/** Public key that seeds are sealed to: X25519 (RFC 8037 §2) or P-256 (RFC 7518 §6.2.1). */
export const sealingJwk = z
  .discriminatedUnion('crv', [
    z.strictObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: coordinate }),
    z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  ])
  .meta({ id: 'CloudSealingKey' })

/** RFC 7638 thumbprint (SHA-256, base64url): the `kid` of every key on this wire. */
export const thumbprint = coordinate

/**
 * A signing key of the cloud. The first of a list signs now; the others are published ahead of their turn, or believed
 * until `validUntilMs`. A manager keeps the list from the last answer it believed.
 */
export const cloudKey = z
  .object({ key: signingJwk, validUntilMs: z.int().nullable().describe('null = no end is planned') })
  .meta({ id: 'CloudKey' })

export type SigningJwk = z.infer<typeof signingJwk>
export type SealingJwk = z.infer<typeof sealingJwk>
export type CloudKey = z.infer<typeof cloudKey>
