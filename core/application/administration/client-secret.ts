import { equalInConstantTime, keyedHash } from '@driftlock/domain'
import type { KeyRing } from '../ports/key-ring.ts'
import type { Random } from '../ports/random.ts'
import { hexOf } from '../text-bytes.ts'

/** What a secret that is shown once is for; part of its hash, so that one never passes for another. */
export type SecretUse = 'api-key' | 'client-key' | 'setup-code'

/** 64 hexadecimal digits: the length that agents expect of a client key (authentication-manager §9.2). */
export function newSecret(random: Random): string {
  return hexOf(random.bytes(32))
}

/** What is kept of a secret: keyed under a key that is not in the database, bound to its use and its row. */
export function secretMac(keys: KeyRing, { use, id }: SecretPlace, secret: string): Uint8Array {
  return keyedHash(keys.pinKeys().current.key, message(use, id, secret))
}

/** Whether this is the secret; constant time, under any key that may still verify. */
export function isSecret(keys: KeyRing, place: SecretPlace & { readonly mac: Uint8Array }, secret: string): boolean {
  const { use, id, mac } = place
  const kept = [...keys.pinKeys().byId.values()]
  return kept.filter((key) => equalInConstantTime(keyedHash(key, message(use, id, secret)), mac)).length > 0
}

export interface SecretPlace {
  readonly use: SecretUse
  readonly id: string
}

function message(use: SecretUse, id: string, secret: string): readonly [string, string, string] {
  return [`driftlock ${use} 1`, id, secret]
}
