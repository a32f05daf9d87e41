import { equalInConstantTime, keyedHash, type PinKeys } from '@driftlock/domain'

/** What a secret of an agent, an administrator or a script is for: a MAC of one use never stands for another. */
export type AccessSecretUse =
  | 'agent-key'
  | 'set-up-code'
  | 'api-key'
  | 'app-registration'
  | 'manager-registration'
  | 'cloud-session'

export interface AccessSecret {
  readonly use: AccessSecretUse
  readonly secret: string
}

/**
 * What is kept of a long random secret: HMAC-SHA256 under the current pepper key, 32 octets. For secrets the server made
 * itself (at least 80 bits); a person's own choice of words needs a slow hash instead.
 */
export function accessSecretMac({ use, secret }: AccessSecret, keys: PinKeys): Uint8Array {
  return keyedHash(keys.current.key, [purposeOf(use), secret])
}

/** What `accessSecretMac` may have made of it, under every pepper key: to find the row of a secret that is presented. */
export function accessSecretMacs({ use, secret }: AccessSecret, keys: PinKeys): readonly Uint8Array[] {
  return [...keys.byId.values()].map((key) => keyedHash(key, [purposeOf(use), secret]))
}

/** Whether this is the secret, compared in constant time under every pepper key that may have made the MAC. */
export function isAccessSecret({ use, secret }: AccessSecret, mac: Uint8Array, keys: PinKeys): boolean {
  let found = false
  for (const key of keys.byId.values()) {
    if (equalInConstantTime(keyedHash(key, [purposeOf(use), secret]), mac)) found = true
  }
  return found
}

// Part of every stored MAC: changing it voids all agent keys, set-up codes and API keys.
function purposeOf(use: AccessSecretUse): string {
  return `driftlock access secret 1 ${use}`
}
