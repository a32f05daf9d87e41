import { unsafe as aes } from '@noble/ciphers/aes.js'
import { MS_PER_SECOND, step, type Step } from '../time.ts'
import type { CodeSource, CodeSourceRecord } from './code-source.ts'
import { TokencodeError } from './tokencode-error.ts'

type Words = readonly [number, number, number, number]

/** Each last stage yields four codes: four minutes of a 60 s token, two of a 30 s token. */
const CODES_PER_STRETCH = 4n
/** The year is four decimal digits. */
const END_OF_YEAR_9999_SECONDS = 253_402_300_800n
/** Filler of the time bytes that a stage does not see yet, and the end of every block. */
const TIME_FILLER = 0xaa
const BLOCK_END = 0xbbbbbbbb
/** Kept blocks per token; ±12 h at 30 s is 750. */
const MOST_KEPT_BLOCKS = 2048

/**
 * Codes of the SecurID-format AES-128 time token: five chained AES blocks (year, +month, +day, +hour, everything), the
 * result of each being the key of the next. Steps count intervals since 1970. Stage results are kept, so that a run of
 * codes costs a quarter of a block a code and a block an hour.
 * @throws TokencodeError `algorithm`, `digits` (1-8), `interval` (30 or 60), `seed-length` (16), `serial`, `step-range`.
 */
export function securidSource(record: CodeSourceRecord, seed: Uint8Array): CodeSource {
  refuseUnusable(record, seed)
  const { digits, intervalSeconds } = record
  const highestStep = step(END_OF_YEAR_9999_SECONDS / BigInt(intervalSeconds) - 1n)
  const stages = new StageChain(seed, record.serial)
  const modulus = 10 ** digits
  const code = (at: Step): string => {
    if (at < 0n || at > highestStep) {
      throw new TokencodeError('step-range', `Step ${at} is outside the years 1970-9999 of SecurID-format tokens.`)
    }
    const stretchStart = (at / CODES_PER_STRETCH) * CODES_PER_STRETCH
    const words = stages.stretch(Number(stretchStart) * intervalSeconds)
    const word = words[Number(at % CODES_PER_STRETCH)] as number // four words, index 0-3
    return (word % modulus).toString().padStart(digits, '0')
  }
  return {
    digits,
    highestStep,
    code,
    codes: (first, last) => {
      const codes: string[] = []
      for (let at = first; at <= last; at = step(at + 1n)) codes.push(code(at))
      return codes
    },
  }
}

function refuseUnusable(record: CodeSourceRecord, seed: Uint8Array): void {
  const { algorithm, digits, intervalSeconds, serial } = record
  if (algorithm !== 'aes-128') {
    throw new TokencodeError('algorithm', `A SecurID-format token needs algorithm aes-128, not ${algorithm}.`)
  }
  if (!Number.isInteger(digits) || digits < 1 || digits > 8) {
    throw new TokencodeError('digits', `A SecurID-format token shows 1 to 8 digits, not ${digits}.`)
  }
  if (intervalSeconds !== 30 && intervalSeconds !== 60) {
    throw new TokencodeError(
      'interval',
      `A SecurID-format token changes every 30 or 60 seconds, not ${intervalSeconds}.`,
    )
  }
  if (seed.length !== 16) {
    throw new TokencodeError('seed-length', `The seed of a SecurID-format token has 16 bytes, not ${seed.length}.`)
  }
  if (!/^\d{1,12}$/.test(serial)) {
    throw new TokencodeError('serial', 'The serial of a SecurID-format token is 1 to 12 decimal digits.')
  }
}

/** The chain of stages with everything computed so far. A block: 8 bytes BCD time, 4 bytes BCD serial, 4 bytes 0xBB. */
class StageChain {
  readonly #root: Uint32Array
  readonly #serial: number
  readonly #keys = new Map<string, Uint32Array>()
  readonly #stretches = new Map<number, Words>()

  constructor(seed: Uint8Array, serial: string) {
    // A copy: the key schedule reads the bytes as words and needs them aligned.
    this.#root = aes.expandKeyLE(Uint8Array.from(seed))
    const lastEight = serial.padStart(8, '0').slice(-8)
    this.#serial = littleEndian(lastEight.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [])
  }

  /** @returns the four code words of the stretch that begins at this Unix second, as unsigned numbers. */
  stretch(startSeconds: number): Words {
    const known = this.#stretches.get(startSeconds)
    if (known) return known
    const time = bcdTime(startSeconds)
    const hourKey = this.#key(time, 5)
    const { s0, s1, s2, s3 } = this.#encrypt(hourKey, time, 8)
    const words: Words = [swapBytes(s0), swapBytes(s1), swapBytes(s2), swapBytes(s3)]
    if (this.#stretches.size >= MOST_KEPT_BLOCKS) this.#stretches.clear()
    this.#stretches.set(startSeconds, words)
    return words
  }

  /** The key that stage `visible` (2, 3, 4, 5 time bytes) leaves for the next one. */
  #key(time: readonly number[], visible: number): Uint32Array {
    if (visible < 2) return this.#root
    const name = time.slice(0, visible).join('.')
    const known = this.#keys.get(name)
    if (known) return known
    const before = visible === 2 ? this.#root : this.#key(time, visible - 1)
    const { s0, s1, s2, s3 } = this.#encrypt(before, time, visible)
    const bytes = new DataView(new ArrayBuffer(16))
    for (const [index, word] of [s0, s1, s2, s3].entries()) bytes.setUint32(index * 4, word, true)
    const key = aes.expandKeyLE(new Uint8Array(bytes.buffer))
    if (this.#keys.size >= MOST_KEPT_BLOCKS) this.#keys.clear()
    this.#keys.set(name, key)
    return key
  }

  #encrypt(key: Uint32Array, time: readonly number[], visible: number) {
    const seen = time.map((byte, index) => (index < visible ? byte : TIME_FILLER))
    return aes.encrypt(key, littleEndian(seen.slice(0, 4)), littleEndian(seen.slice(4)), this.#serial, BLOCK_END)
  }
}

/** YY YY MM DD hh mm 00 00 in packed decimal, UTC. */
function bcdTime(unixSeconds: number): readonly number[] {
  const at = new Date(unixSeconds * MS_PER_SECOND)
  const year = at.getUTCFullYear()
  return [
    Math.floor(year / 100),
    year % 100,
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    0,
    0,
  ].map((value) => Math.floor(value / 10) * 16 + (value % 10))
}

function littleEndian(bytes: readonly number[]): number {
  return bytes.reduceRight((word, byte) => (word << 8) | byte, 0)
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}
