import type { RadiusDigests } from './digests.ts'

/** Longest password User-Password can carry (RFC 2865 §5.2). */
export const radiusMaxPasswordOctets = 128

/** What hides a password: the client's secret and the Request Authenticator of the packet that carries it. */
export interface UserPasswordKey {
  readonly secret: Uint8Array
  readonly authenticator: Uint8Array
  readonly digests: RadiusDigests
}

/**
 * Hides a password for User-Password (RFC 2865 §5.2): NUL-padded to a multiple of 16 octets, at least 16.
 * `undefined` when it is longer than 128 octets.
 */
export function hideUserPassword(password: Uint8Array, key: UserPasswordKey): Uint8Array | undefined {
  if (password.length > radiusMaxPasswordOctets) return undefined
  const hidden = new Uint8Array(Math.max(16, Math.ceil(password.length / 16) * 16))
  hidden.set(password)
  let previous = key.authenticator
  for (let offset = 0; offset < hidden.length; offset += 16) {
    const block = hidden.subarray(offset, offset + 16)
    xorInto(block, key.digests.md5(key.secret, previous))
    previous = block
  }
  return hidden
}

/**
 * Reveals a hidden password (RFC 2865 §5.2), padding NULs at the end taken off; NULs inside are left for the caller to
 * judge. `undefined` when the value is not 16, 32 … 128 octets. A wrong secret gives garbage, not `undefined`.
 */
export function revealUserPassword(hidden: Uint8Array, key: UserPasswordKey): Uint8Array | undefined {
  if (hidden.length < 16 || hidden.length > radiusMaxPasswordOctets || hidden.length % 16 !== 0) return undefined
  const password = Uint8Array.from(hidden)
  let previous = key.authenticator
  for (let offset = 0; offset < hidden.length; offset += 16) {
    xorInto(password.subarray(offset, offset + 16), key.digests.md5(key.secret, previous))
    previous = hidden.subarray(offset, offset + 16)
  }
  let end = password.length
  while (end > 0 && password[end - 1] === 0) end -= 1
  return password.subarray(0, end)
}

function xorInto(block: Uint8Array, mask: Uint8Array): void {
  for (let i = 0; i < 16; i += 1) block[i] = (block[i] ?? 0) ^ (mask[i] ?? 0)
}
