import { unsafe as aes } from '@noble/ciphers/aes.js'
import { MS_PER_HOUR, step, type Step } from '../time.ts'
import type { CodeSource, CodeSourceRecord } from './code-source.ts'
import { TokencodeError } from './tokencode-error.ts'

type Words = readonly [number, number, number, number]

/** Each last stage yields four codes: four minutes of a 60 s token, two of a 30 s token. */
const CODES_PER_STRETCH = 4
/** The year is four decimal digits. */
const END_OF_YEAR_9999_SECONDS = 253_402_300_800n
const SECONDS_PER_HOUR = 3600
/** Stands for the time bytes that a stage does not see yet. */
const TIME_FILLER = 0xaaaaaaaa
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
  // Steps of these tokens stay far below 2^53, so they are counted as plain numbers.
  const numbered = (at: number): string => {
    const stretch = Math.floor(at / CODES_PER_STRETCH)
    const words = stages.stretch(stretch * CODES_PER_STRETCH * intervalSeconds)
    const word = words[at % CODES_PER_STRETCH] as number // four words, index 0-3
    return String(word % modulus).padStart(digits, '0')
  }
  const inRange = (at: Step): number => {
    if (at < 0n || at > highestStep) {
      throw new TokencodeError('step-range', `Step ${at} is outside the years 1970-9999 of SecurID-format tokens.`)
    }
    return Number(at)
  }
  return {
    digits,
    highestStep,
    code: (at) => numbered(inRange(at)),
    codes: (first, last) => {
      if (first > last) return []
      const from = inRange(first)
      return Array.from({ length: inRange(last) - from + 1 }, (_, index) => numbered(from + index))
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

/** What the codes of one hour have in common. */
interface Hour {
  readonly key: Uint32Array
  /** Year, month and day as the first word of a block. */
  readonly date: number
  readonly hourByte: number
}

/** The chain of stages with everything computed so far. A block: 8 bytes BCD time, 4 bytes BCD serial, 4 bytes 0xBB. */
class StageChain {
  readonly #root: Uint32Array
  readonly #serial: number
  /** Keys that the stages of year, month and day leave, by the first word of their block. */
  readonly #keys = new Map<number, Uint32Array>()
  readonly #hours = new Map<number, Hour>()
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
    const { key, date, hourByte } = this.#hour(Math.floor(startSeconds / SECONDS_PER_HOUR))
    const minute = Math.floor(startSeconds / 60) % 60
    const { s0, s1, s2, s3 } = aes.encrypt(key, date, hourByte | (bcd(minute) << 8), this.#serial, BLOCK_END)
    const words: Words = [swapBytes(s0), swapBytes(s1), swapBytes(s2), swapBytes(s3)]
    keep(this.#stretches, startSeconds, words)
    return words
  }

  /** Year, month, day and hour, each stage under the key that the one before leaves. */
  #hour(hoursSince1970: number): Hour {
    const known = this.#hours.get(hoursSince1970)
    if (known) return known
    const at = new Date(hoursSince1970 * MS_PER_HOUR)
    const year = at.getUTCFullYear()
    const yearBytes = bcd(Math.floor(year / 100)) | (bcd(year % 100) << 8)
    const monthBytes = yearBytes | (bcd(at.getUTCMonth() + 1) << 16)
    const date = monthBytes | (bcd(at.getUTCDate()) << 24)
    const hourByte = bcd(at.getUTCHours())
    const yearKey = this.#stage(this.#root, yearBytes | (TIME_FILLER & 0xffff0000))
    const monthKey = this.#stage(yearKey, monthBytes | (TIME_FILLER & 0xff000000))
    const dayKey = this.#stage(monthKey, date)
    const hour = { key: this.#next(dayKey, date, hourByte | (TIME_FILLER & 0xffffff00)), date, hourByte }
    keep(this.#hours, hoursSince1970, hour)
    return hour
  }

  #stage(before: Uint32Array, date: number): Uint32Array {
    const known = this.#keys.get(date)
    if (known) return known
    const key = this.#next(before, date, TIME_FILLER)
    keep(this.#keys, date, key)
    return key
  }

  /** The block that a stage makes is the key of the next one. */
  #next(before: Uint32Array, date: number, time: number): Uint32Array {
    const { s0, s1, s2, s3 } = aes.encrypt(before, date, time, this.#serial, BLOCK_END)
    const bytes = new DataView(new ArrayBuffer(16))
    bytes.setUint32(0, s0, true)
    bytes.setUint32(4, s1, true)
    bytes.setUint32(8, s2, true)
    bytes.setUint32(12, s3, true)
    return aes.expandKeyLE(new Uint8Array(bytes.buffer))
  }
}

/** Remembers a value; a token that is asked for very many steps forgets the earlier ones. */
function keep<Value>(kept: Map<number, Value>, name: number, value: Value): void {
  if (kept.size >= MOST_KEPT_BLOCKS) kept.clear()
  kept.set(name, value)
}

/** Two decimal digits in a byte. */
function bcd(value: number): number {
  return Math.floor(value / 10) * 16 + (value % 10)
}

function littleEndian(bytes: readonly number[]): number {
  return bytes.reduceRight((word, byte) => (word << 8) | byte, 0)
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}
