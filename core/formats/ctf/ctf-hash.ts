import { encryptBlock, xorBytes } from '../aes-block.ts'

const blockBytes = 16

function daviesMeyer(state: Uint8Array, key: Uint8Array): Uint8Array {
  return xorBytes(encryptBlock(key, state), state)
}

/**
 * The format's hash: Davies-Meyer over AES-128 with the message as key, 16 bytes. An even number of blocks is followed
 * by one more zero block, then by the length in bits, then the state is fed to itself.
 */
export function ctfHash(message: Uint8Array): Uint8Array {
  const blockCount = Math.max(1, Math.ceil(message.length / blockBytes))
  const padded = new Uint8Array((blockCount + (blockCount % 2 === 0 ? 1 : 0)) * blockBytes)
  padded.set(message)
  let state: Uint8Array = new Uint8Array(blockBytes).fill(0xff)
  for (let start = 0; start < padded.length; start += blockBytes)
    state = daviesMeyer(state, padded.subarray(start, start + blockBytes))
  const length = new Uint8Array(blockBytes)
  new DataView(length.buffer).setUint32(12, message.length * 8)
  state = daviesMeyer(state, length)
  return daviesMeyer(state, state)
}

/** The top 15 bits of {@link ctfHash}, the checks of versions 1 and 2. */
export function ctfHash15(message: Uint8Array): number {
  return new DataView(ctfHash(message).buffer).getUint16(0) >> 1
}
