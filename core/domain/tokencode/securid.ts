import { unsafe as aes } from '@noble/ciphers/aes.js'
import { MS_PER_SECOND, step, type Step } from '../time.ts'
import type { CodeSource, CodeSourceRecord } from './code-source.ts'
import { TokencodeError } from './tokencode-error.ts'

type Words = readonly [number, number, number, number]

/** Each last stage yields four codes: four minutes of a 60 s token, two of a 30 s token. */
const CODES_PER_STRETCH = 4
/** The year is four decimal digits. */
const END_OF_YEAR_9999_SECONDS = 253_402_300_800n
/**
 * Of the two time words of a block, the bits each stage sees, by its number of visible time bytes; the rest is 0xAA.
 * Words are little-endian, as the cipher takes them.
 */
const VISIBLE_BITS = {
  2: [0x0000ffff, 0],
  3: [0x00ffffff, 0],
  4: [0xffffffff, 0],
  5: [0xffffffff, 0x000000ff],
  8: [0xffffffff, 0xffffffff],
} as const
const TIME_FILLER = 0xaaaaaaaa
const BLOCK_END = 0xbbbbbbbb
const SECONDS_PER_HOUR = 3600
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
  // Every step of these years is a safe integer, and plain numbers keep a search of hundreds of steps quick.
  const stepNumber = (at: Step): number => {
    if (at < 0n || at > highestStep) {
      throw new TokencodeError('step-range', `Step ${at} is outside the years 1970-9999 of SecurID-format tokens.`)
    }
    return Number(at)
  }
  const codeAt = (at: number): string => {
    const place = at % CODES_PER_STRETCH
    const words = stages.stretch((at - place) * intervalSeconds)
    const word = words[place] as number // four words, index 0-3
    return (word % modulus).toString().padStart(digits, '0')
  }
  return {
    digits,
    highestStep,
    code: (at) => codeAt(stepNumber(at)),
    codes: (first, last) => {
      const codes: string[] = []
      if (first > last) return codes
      const end = stepNumber(last)
      for (let at = stepNumber(first); at <= end; at += 1) codes.push(codeAt(at))
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

/** One block of key material on its way into the key schedule: views are dear to make, so there is one. Wiped after use. */
const blockBytes = new Uint8Array(16)
const blockWords = new DataView(blockBytes.buffer)

/** The chain of stages with everything computed so far. A block: 8 bytes BCD time, 4 bytes BCD serial, 4 bytes 0xBB. */
class StageChain {
  readonly #root: Uint32Array
  readonly #serial: number
  /** By what they stand for: the year 2026, the month 2026 × 12 + 5, the days and hours since 1970. */
  readonly #yearKeys = new Map<number, Uint32Array>()
  readonly #monthKeys = new Map<number, Uint32Array>()
  readonly #dayKeys = new Map<number, Uint32Array>()
  readonly #hours = new Map<number, Hour>()
  readonly #stretches = new Map<number, Words>()

  constructor(seed: Uint8Array, serial: string) {
    blockBytes.set(seed)
    this.#root = expandedBlock()
    this.#serial = bcdSerial(serial)
  }

  /** @returns the four code words of the stretch that begins at this Unix second, as unsigned numbers. */
  stretch(startSeconds: number): Words {
    const known = this.#stretches.get(startSeconds)
    if (known) return known
    const hour = Math.floor(startSeconds / SECONDS_PER_HOUR)
    const { key, time } = this.#hours.get(hour) ?? kept(this.#hours, hour, this.#hour(hour))
    const minute = Math.floor((startSeconds % SECONDS_PER_HOUR) / 60)
    const { s0, s1, s2, s3 } = this.#encrypt(key, { date: time.date, clock: time.clock | (bcd(minute) << 8) }, 8)
    return kept(this.#stretches, startSeconds, [swapBytes(s0), swapBytes(s1), swapBytes(s2), swapBytes(s3)])
  }

  /** Year, +month, +day, +hour: each result is the key of the next. */
  #hour(hour: number): Hour {
    const at = new Date(hour * SECONDS_PER_HOUR * MS_PER_SECOND)
    const year = at.getUTCFullYear()
    const month = year * 12 + at.getUTCMonth()
    const day = Math.floor(hour / 24)
    const time = bcdHour(at)
    const yearKey = this.#yearKeys.get(year) ?? kept(this.#yearKeys, year, this.#stageKey(this.#root, time, 2))
    const monthKey = this.#monthKeys.get(month) ?? kept(this.#monthKeys, month, this.#stageKey(yearKey, time, 3))
    const dayKey = this.#dayKeys.get(day) ?? kept(this.#dayKeys, day, this.#stageKey(monthKey, time, 4))
    return { key: this.#stageKey(dayKey, time, 5), time }
  }

  #stageKey(key: Uint32Array, time: TimeWords, visible: 2 | 3 | 4 | 5): Uint32Array {
    const { s0, s1, s2, s3 } = this.#encrypt(key, time, visible)
    blockWords.setUint32(0, s0, true)
    blockWords.setUint32(4, s1, true)
    blockWords.setUint32(8, s2, true)
    blockWords.setUint32(12, s3, true)
    return expandedBlock()
  }

  #encrypt(key: Uint32Array, time: TimeWords, visible: keyof typeof VISIBLE_BITS) {
    const [dateBits, clockBits] = VISIBLE_BITS[visible]
    const date = (time.date & dateBits) | (TIME_FILLER & ~dateBits)
    const clock = (time.clock & clockBits) | (TIME_FILLER & ~clockBits)
    return aes.encrypt(key, date, clock, this.#serial, BLOCK_END)
  }
}

/** The key schedule of the block, which is wiped. */
function expandedBlock(): Uint32Array {
  const key = aes.expandKeyLE(blockBytes)
  blockBytes.fill(0)
  return key
}

/** Keeps a value in a map that stays small. */
function kept<Value>(map: Map<number, Value>, name: number, value: Value): Value {
  if (map.size >= MOST_KEPT_BLOCKS) map.clear()
  map.set(name, value)
  return value
}

/** The key of an hour, and its time words with minute 0. */
interface Hour {
  readonly key: Uint32Array
  readonly time: TimeWords
}

/** The time bytes YY YY MM DD and hh mm 00 00, packed decimal, as words. */
interface TimeWords {
  readonly date: number
  readonly clock: number
}

function bcdHour(hour: Date): TimeWords {
  const year = hour.getUTCFullYear()
  const yearBytes = bcd(Math.floor(year / 100)) | (bcd(year % 100) << 8)
  return {
    date: yearBytes | (bcd(hour.getUTCMonth() + 1) << 16) | (bcd(hour.getUTCDate()) << 24),
    clock: bcd(hour.getUTCHours()),
  }
}

/** The last eight digits; the first four of twelve play no part. */
function bcdSerial(serial: string): number {
  const packed = Number.parseInt(serial.slice(-8), 16)
  return swapBytes(packed)
}

function bcd(value: number): number {
  return Math.floor(value / 10) * 16 + (value % 10)
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}
