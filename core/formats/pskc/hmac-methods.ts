import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { CHash } from '@noble/hashes/utils.js'

const HASHES: ReadonlyMap<string, CHash> = new Map<string, CHash>([
  ['1', sha1],
  ['224', sha224],
  ['256', sha256],
  ['384', sha384],
  ['512', sha512],
])

/**
 * The hash of an HMAC named by URI (`…xmldsig#hmac-sha1`, `…xmldsig-more#hmac-sha256`) or plainly (`hmac-sha256`);
 * undefined for anything else. Used for ValueMACs (RFC 6030 §6.1.1) and for the PRF of PBKDF2.
 */
export const hmacHash = (name: string): CHash | undefined => {
  const match = /(?:^|#)hmac-?sha-?(1|224|256|384|512)$/i.exec(name.trim())
  return match === null ? undefined : HASHES.get(match[1] ?? '')
}

/** HMAC (RFC 2104) over the bytes. */
export const macOf = (hash: CHash, key: Uint8Array, data: Uint8Array): Uint8Array => hmac(hash, key, data)
