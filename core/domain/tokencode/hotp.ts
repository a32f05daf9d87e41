import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { step, type Step } from '../time.ts'
import type { CodeSource, CodeSourceRecord } from './code-source.ts'
import { TokencodeError } from './tokencode-error.ts'

/** The counter is 8 bytes, RFC 4226 §5.1. */
const HIGHEST_COUNTER = step((1n << 64n) - 1n)

/** Hash objects and views are dear to make, so one of each is used for every code; finishing a code wipes its worker. */
const HASHES = {
  sha1: { hash: sha1, worker: hmac.create(sha1, new Uint8Array(1)) },
  sha256: { hash: sha256, worker: hmac.create(sha256, new Uint8Array(1)) },
  sha512: { hash: sha512, worker: hmac.create(sha512, new Uint8Array(1)) },
}
const messageBytes = new Uint8Array(8)
const message = new DataView(messageBytes.buffer)
const macBytes = new Uint8Array(64)
const mac = new DataView(macBytes.buffer)

/**
 * Codes of HOTP (RFC 4226 §5.3) and, by its time steps, TOTP (RFC 6238 §4): an HMAC over the 64-bit counter, truncated.
 * The keyed state is made once; each code then costs two compressions instead of four.
 * @throws TokencodeError `algorithm`, `digits` (1-10), `seed-length` (an empty seed) or, asking for a code, `step-range`.
 */
export function hotpSource(record: Pick<CodeSourceRecord, 'algorithm' | 'digits'>, seed: Uint8Array): CodeSource {
  const { algorithm, digits } = record
  if (algorithm === 'aes-128')
    throw new TokencodeError('algorithm', 'An OATH token needs algorithm sha1, sha256 or sha512, not aes-128.')
  if (!Number.isInteger(digits) || digits < 1 || digits > 10) {
    throw new TokencodeError('digits', `An OATH token shows 1 to 10 digits, not ${digits}.`)
  }
  if (seed.length === 0) throw new TokencodeError('seed-length', 'The seed of this OATH token is empty.')
  const { hash, worker } = HASHES[algorithm]
  const code = truncatedCodes({ keyed: hmac.create(hash, seed), worker }, digits)
  return {
    digits,
    highestStep: HIGHEST_COUNTER,
    code,
    codes: (first, last) => {
      const codes: string[] = []
      for (let at = first; at <= last; at = step(at + 1n)) codes.push(code(at))
      return codes
    },
  }
}

type KeyedHmac = ReturnType<typeof hmac.create>

interface KeyedHash {
  readonly keyed: KeyedHmac
  readonly worker: KeyedHmac
}

function truncatedCodes({ keyed, worker }: KeyedHash, digits: number): (counter: Step) => string {
  const modulus = 10 ** digits
  return (counter) => {
    if (counter < 0n || counter > HIGHEST_COUNTER) {
      throw new TokencodeError('step-range', `Counter ${counter} is outside the 64 bits of RFC 4226.`)
    }
    message.setBigUint64(0, counter)
    keyed._cloneInto(worker).update(messageBytes).digestInto(macBytes)
    // Dynamic truncation, RFC 4226 §5.3: the low nibble of the last byte says where the 31 bits begin.
    const offset = mac.getUint8(keyed.outputLen - 1) & 0xf
    const number = mac.getUint32(offset) & 0x7fffffff
    macBytes.fill(0)
    return (number % modulus).toString().padStart(digits, '0')
  }
}
