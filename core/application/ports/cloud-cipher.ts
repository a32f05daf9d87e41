import type { PublicKeyText } from './cloud-subjects.ts'

/** What a sealed seed says of itself, readable and bound: it opens as nothing else and for nobody else. */
export interface SealedSeedFacts {
  readonly managerId: string
  readonly recordId: string
  readonly serial: string
  readonly seedVersion: number
}

export interface SeedToSeal {
  readonly facts: SealedSeedFacts
  /** Zeroed by the cipher when it is sealed. */
  readonly seed: Uint8Array
}

/** Public-key cryptography of the cloud. */
export interface CloudCipher {
  /** An Ed25519 key. The private part is for the key ring alone. */
  newSigningKey(): Promise<{ readonly key: PublicKeyText; readonly privateKey: Uint8Array }>
  /** Compact JWE of each, in order. */
  sealSeeds(to: PublicKeyText, seeds: readonly SeedToSeal[]): Promise<readonly string[]>
}
