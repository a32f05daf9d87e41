import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { cbcMac, encryptBlock, xorBytes } from '../aes-block.ts'
import { encodeUtf8 } from '../utf8.ts'
import { macMessage, type SdtidSection } from './sdtid-section.ts'

const stretchRounds = 1000
const zeroBlock = new Uint8Array(16)

/** What of a header the keys depend on; texts trimmed, `secret` 16 bytes. */
export type SdtidKeyFacts = {
  readonly origin: string
  readonly dest: string
  readonly name: string
  readonly secret: Uint8Array
}

/** The first bytes of a text in UTF-8, filled with zero bytes to the length. */
export function fitBytes(text: string, length: number): Uint8Array {
  const fitted = new Uint8Array(length)
  fitted.set(encodeUtf8(text).subarray(0, length))
  return fitted
}

/** The initialisation vector belongs to the label; each serves the derivation and the MAC alike. */
const purposes = {
  headerMac: { label: fitBytes('BatchMAC', 32), iv: hexToBytes('2b7e151628aed2a6abf7158809cf4f3c') },
  tokenMac: { label: fitBytes('TokenMAC', 32), iv: hexToBytes('1bb67ae8584caa73b25742d7078b83b8') },
  seed: { label: fitBytes('TokenEncrypt', 32), iv: hexToBytes('16a09e667f3bcc908b2fb1366ea957d3') },
} as const

const seedSuffix = fitBytes('Seed', 8)

function stretch(password: string, facts: SdtidKeyFacts): Uint8Array {
  const key = fitBytes(facts.name, 16)
  const data = concatBytes(fitBytes(password, 32), fitBytes(facts.dest, 32), zeroBlock)
  let result: Uint8Array = zeroBlock
  for (let round = 0; round < stretchRounds; round++) {
    data[78] = round >> 8
    data[79] = round & 0xff
    result = xorBytes(result, cbcMac(key, zeroBlock, data))
  }
  return result
}

/**
 * The secret all keys of a file come from; 5,000 AES blocks, so once per file. Without a password the Origin stands in.
 * Bytes of a password beyond 32 do not count: a property of the format.
 */
export function batchSecret(facts: SdtidKeyFacts, password: string | undefined): Uint8Array {
  const mask = encryptBlock(
    stretch(password ?? facts.origin, facts),
    concatBytes(fitBytes('Secret', 8), fitBytes(facts.name, 8)),
  )
  return xorBytes(mask, facts.secret)
}

function derive(secret: Uint8Array, purpose: (typeof purposes)[keyof typeof purposes], id: string): Uint8Array {
  return cbcMac(secret, purpose.iv, concatBytes(purpose.label, fitBytes(id, 32)))
}

/** The 16-byte HeaderMAC of a header under a batch secret; `name` trimmed. */
export function headerMac(secret: Uint8Array, name: string, header: SdtidSection): Uint8Array {
  return cbcMac(derive(secret, purposes.headerMac, name), purposes.headerMac.iv, macMessage(header))
}

/** The 16-byte TokenMAC of a token under a batch secret; the serial trimmed but otherwise as written. */
export function tokenMac(secret: Uint8Array, serialAsWritten: string, token: SdtidSection): Uint8Array {
  return cbcMac(derive(secret, purposes.tokenMac, serialAsWritten), purposes.tokenMac.iv, macMessage(token))
}

/** Encrypts a seed and decrypts it: the step is its own inverse. */
export function cryptSeed(secret: Uint8Array, serialAsWritten: string, seed: Uint8Array): Uint8Array {
  const key = derive(secret, purposes.seed, serialAsWritten)
  return xorBytes(seed, encryptBlock(key, concatBytes(fitBytes(serialAsWritten, 8), seedSuffix)))
}
