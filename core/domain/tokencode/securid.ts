import { unsafe as aes } from '@noble/ciphers/aes.js'
import { MS_PER_SECOND, step, type Step } from '../time.ts'
import type { CodeSource, CodeSourceRecord } from './code-source.ts'
import { TokencodeError } from './tokencode-error.ts'

type Words = readonly [number, number, number, number]

/** Each last stage yields four codes: four minutes of a 60 s token, two of a 30 s token. */
const CODES_PER_STRETCH = 4n
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
  /** By what they stand for: `2026`, `2026.5`, `2026.5.1`. */
  readonly #calendarKeys = new Map<string, Uint32Array>()
  readonly #hourKeys = new Map<number, Uint32Array>()
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
    const hour = Math.floor(startSeconds / SECONDS_PER_HOUR)
    const hourKey = kept(this.#hourKeys, hour, () => this.#hourKey(hour))
    const minute = Math.floor((startSeconds % SECONDS_PER_HOUR) / 60)
    const time = bcdTime(new Date(hour * SECONDS_PER_HOUR * MS_PER_SECOND), minute)
    const { s0, s1, s2, s3 } = this.#encrypt(hourKey, time, 8)
    return kept(this.#stretches, startSeconds, () => [swapBytes(s0), swapBytes(s1), swapBytes(s2), swapBytes(s3)])
  }

  /** Year, +month, +day, +hour: each result is the key of the next. */
  #hourKey(hour: number): Uint32Array {
    const at = new Date(hour * SECONDS_PER_HOUR * MS_PER_SECOND)
    const time = bcdTime(at, 0)
    const year = at.getUTCFullYear()
    const month = `${year}.${at.getUTCMonth()}`
    const yearKey = kept(this.#calendarKeys, `${year}`, () => this.#stageKey(this.#root, time, 2))
    const monthKey = kept(this.#calendarKeys, month, () => this.#stageKey(yearKey, time, 3))
    const dayKey = kept(this.#calendarKeys, `${month}.${at.getUTCDate()}`, () => this.#stageKey(monthKey, time, 4))
    return this.#stageKey(dayKey, time, 5)
  }

  #stageKey(key: Uint32Array, time: TimeWords, visible: 2 | 3 | 4 | 5): Uint32Array {
    const { s0, s1, s2, s3 } = this.#encrypt(key, time, visible)
    const bytes = new DataView(new ArrayBuffer(16))
    bytes.setUint32(0, s0, true)
    bytes.setUint32(4, s1, true)
    bytes.setUint32(8, s2, true)
    bytes.setUint32(12, s3, true)
    return aes.expandKeyLE(new Uint8Array(bytes.buffer))
  }

  #encrypt(key: Uint32Array, time: TimeWords, visible: keyof typeof VISIBLE_BITS) {
    const [dateBits, clockBits] = VISIBLE_BITS[visible]
    const date = (time.date & dateBits) | (TIME_FILLER & ~dateBits)
    const clock = (time.clock & clockBits) | (TIME_FILLER & ~clockBits)
    return aes.encrypt(key, date, clock, this.#serial, BLOCK_END)
  }
}

/** Looks a value up or makes it, in a map that stays small. */
function kept<Name, Value>(map: Map<Name, Value>, name: Name, make: () => Value): Value {
  const known = map.get(name)
  if (known !== undefined) return known
  const made = make()
  if (map.size >= MOST_KEPT_BLOCKS) map.clear()
  map.set(name, made)
  return made
}

/** The time bytes YY YY MM DD and hh mm 00 00, packed decimal, as words. */
interface TimeWords {
  readonly date: number
  readonly clock: number
}

function bcdTime(hour: Date, minute: number): TimeWords {
  const year = hour.getUTCFullYear()
  const yearBytes = bcd(Math.floor(year / 100)) | (bcd(year % 100) << 8)
  return {
    date: yearBytes | (bcd(hour.getUTCMonth() + 1) << 16) | (bcd(hour.getUTCDate()) << 24),
    clock: bcd(hour.getUTCHours()) | (bcd(minute) << 8),
  }
}

function bcd(value: number): number {
  return Math.floor(value / 10) * 16 + (value % 10)
}

function littleEndian(bytes: readonly number[]): number {
  return bytes.reduceRight((word, byte) => (word << 8) | byte, 0)
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}
