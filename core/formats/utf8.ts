import { utf8ToBytes } from '@noble/hashes/utils.js'
import { FormatError, type FormatName } from './format-error.ts'

/** Most characters handed to String.fromCharCode at once; engines limit the number of arguments. */
const BATCH = 4096

/**
 * Strict streaming UTF-8 decoder (RFC 3629): overlong forms, surrogates, values above U+10FFFF, cut sequences and NUL are
 * refused with `not-utf8` or `nul-byte`, naming the byte's place in the file. A byte order mark at the start is dropped.
 */
export class Utf8Decoder {
  readonly #format: FormatName
  #offset = 0
  #codePoint = 0
  #missing = 0
  #lowest = 0
  #started = false

  constructor(format: FormatName) {
    this.#format = format
  }

  /** Decodes the next bytes; a sequence cut at the end is kept for the next call. */
  push(bytes: Uint8Array): string {
    let text = ''
    let units: number[] = []
    for (const byte of bytes) {
      this.#offset += 1
      const codePoint = this.#take(byte)
      if (codePoint === undefined) continue
      if (codePoint > 0xffff) units.push(0xd7c0 + (codePoint >> 10), 0xdc00 | (codePoint & 0x3ff))
      else if (codePoint !== 0xfeff || this.#started) units.push(codePoint)
      this.#started = true
      if (units.length >= BATCH) {
        text += String.fromCharCode(...units)
        units = []
      }
    }
    return text + String.fromCharCode(...units)
  }

  /** Says that no byte follows; refuses a sequence that was cut. */
  end(): void {
    if (this.#missing > 0) this.#refuse('the text ends in the middle of a character')
  }

  #take(byte: number): number | undefined {
    if (this.#missing === 0) return this.#begin(byte)
    if (byte >> 6 !== 0b10) return this.#refuse(`byte ${this.#offset} does not continue a character`)
    this.#codePoint = (this.#codePoint << 6) | (byte & 0x3f)
    this.#missing -= 1
    if (this.#missing > 0) return undefined
    const codePoint = this.#codePoint
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff
    if (codePoint < this.#lowest || codePoint > 0x10ffff || isSurrogate) {
      return this.#refuse(`byte ${this.#offset} ends a character that does not exist`)
    }
    return codePoint
  }

  #begin(byte: number): number | undefined {
    if (byte === 0) {
      throw new FormatError(
        { format: this.#format, code: 'nul-byte' },
        `${this.#format}: byte ${this.#offset} is NUL; this is not a text file in UTF-8`,
      )
    }
    if (byte < 0x80) return byte
    if (byte >= 0xc2 && byte < 0xe0) return this.#expect({ high: byte & 0x1f, missing: 1, lowest: 0x80 })
    if (byte >= 0xe0 && byte < 0xf0) return this.#expect({ high: byte & 0x0f, missing: 2, lowest: 0x800 })
    if (byte >= 0xf0 && byte < 0xf5) return this.#expect({ high: byte & 0x07, missing: 3, lowest: 0x10000 })
    return this.#refuse(`byte ${this.#offset} cannot start a character`)
  }

  #expect(sequence: { high: number; missing: number; lowest: number }): undefined {
    this.#codePoint = sequence.high
    this.#missing = sequence.missing
    this.#lowest = sequence.lowest
    return undefined
  }

  #refuse(cause: string): never {
    throw new FormatError(
      { format: this.#format, code: 'not-utf8' },
      `${this.#format}: the text is not UTF-8: ${cause}; save the file as UTF-8`,
    )
  }
}

/** The UTF-8 bytes of a text. */
export const encodeUtf8 = (text: string): Uint8Array => utf8ToBytes(text)
