import { cbc, ecb } from '@noble/ciphers/aes.js'

const blockBytes = 16

/** One block of AES-128-ECB, no padding. */
export function encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return ecb(key, { disablePadding: true }).encrypt(block)
}

/** The inverse of {@link encryptBlock}. */
export function decryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return ecb(key, { disablePadding: true }).decrypt(block)
}

/** AES-128-CBC over data filled with zero bytes to whole blocks (one at least); the last block of the result. */
export function cbcMac(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.max(1, Math.ceil(data.length / blockBytes)) * blockBytes)
  padded.set(data)
  return cbc(key, iv, { disablePadding: true }).encrypt(padded).slice(-blockBytes)
}

/** Bitwise exclusive or of two equally long byte strings. */
export function xorBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ (right[index] as number)) // both have the same length
}
