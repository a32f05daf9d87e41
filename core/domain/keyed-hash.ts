import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { equalInConstantTime } from './constant-time.ts'
import { utf8Bytes } from './utf8.ts'

type KeyedState = ReturnType<typeof hmac.create>

/** The keyed state of a key costs two of the four compressions of an HMAC; it is made once per key array. */
const states = new WeakMap<Uint8Array, { readonly key: Uint8Array; readonly state: KeyedState }>()

/** Hash objects and views are dear to make, so one is used for every MAC; it is wiped with each MAC it finishes. */
const worker = hmac.create(sha256, new Uint8Array(1))
const finished = new Uint8Array(worker.outputLen)

/**
 * HMAC-SHA256 (RFC 2104) of several texts under one key. Each text is preceded by its length in bytes (32 bits, big
 * endian), so two different lists of texts never make the same message; the first names the use of the MAC.
 */
export function keyedHash(key: Uint8Array, texts: readonly [purpose: string, ...rest: string[]]): Uint8Array {
  keyedState(key)._cloneInto(worker)
  return finish(texts)
}

/**
 * The same for many last texts after the same first ones, which are hashed once: `keyedHashAfter(key, [a, b])(c)` is
 * `keyedHash(key, [a, b, c])`. A search that tries a PIN at every step pays for the PIN alone.
 */
export function keyedHashAfter(key: Uint8Array, texts: readonly [purpose: string, ...rest: string[]]) {
  const begun = keyedState(key).clone().update(framed(texts))
  return (last: string): Uint8Array => {
    begun._cloneInto(worker)
    return finish([last])
  }
}

/** The MAC of what the worker holds and these texts. */
function finish(texts: readonly string[]): Uint8Array {
  worker.update(framed(texts)).digestInto(finished)
  return finished.slice()
}

/** Each text after its length in bytes, 32 bits, big endian. */
function framed(texts: readonly string[]): Uint8Array {
  const encoded = texts.map(utf8Bytes)
  const message = new Uint8Array(encoded.reduce((length, bytes) => length + 4 + bytes.length, 0))
  let at = 0
  for (const bytes of encoded) {
    message.set([bytes.length >>> 24, bytes.length >>> 16, bytes.length >>> 8, bytes.length], at)
    message.set(bytes, at + 4)
    at += 4 + bytes.length
  }
  return message
}

function keyedState(key: Uint8Array): KeyedState {
  const known = states.get(key)
  // A key array that was overwritten since must not answer with its old state.
  if (known !== undefined && equalInConstantTime(known.key, key)) return known.state
  const state = hmac.create(sha256, key)
  states.set(key, { key: key.slice(), state })
  return state
}
