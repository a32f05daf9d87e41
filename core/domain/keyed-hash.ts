import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { equalInConstantTime } from './constant-time.ts'
import { utf8Bytes } from './utf8.ts'

type KeyedState = ReturnType<typeof hmac.create>

/** The keyed state of a key costs two of the four compressions of an HMAC; it is made once per key array. */
const states = new WeakMap<Uint8Array, { readonly key: Uint8Array; readonly state: KeyedState }>()

/**
 * HMAC-SHA256 (RFC 2104) of several texts under one key. Each text is preceded by its length in bytes (32 bits, big
 * endian), so two different lists of texts never make the same message; the first names the use of the MAC.
 */
export function keyedHash(key: Uint8Array, texts: readonly [purpose: string, ...rest: string[]]): Uint8Array {
  const mac = keyedState(key).clone()
  for (const text of texts) {
    const bytes = utf8Bytes(text)
    mac.update(lengthPrefix(bytes.length)).update(bytes)
  }
  return mac.digest()
}

function keyedState(key: Uint8Array): KeyedState {
  const known = states.get(key)
  // A key array that was overwritten since must not answer with its old state.
  if (known !== undefined && equalInConstantTime(known.key, key)) return known.state
  const state = hmac.create(sha256, key)
  states.set(key, { key: key.slice(), state })
  return state
}

function lengthPrefix(length: number): Uint8Array {
  return Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length)
}
