/** What a strict decoder found wrong: bytes that no UTF-8 text holds, or a byte 0, which no text file we read may hold. */
export type Utf8Fault = 'not-utf8' | 'nul-byte'

/** Thrown by the decoder; readers turn it into their own `FormatError`. */
export class Utf8Error extends Error {
  readonly fault: Utf8Fault
  /** Offset of the offending byte from the start of the stream. */
  readonly byteOffset: number

  constructor(fault: Utf8Fault, byteOffset: number) {
    super(fault === 'nul-byte' ? `byte ${byteOffset} is zero` : `byte ${byteOffset} is not UTF-8`)
    this.name = 'Utf8Error'
    this.fault = fault
    this.byteOffset = byteOffset
  }
}

export type Utf8Decoder = {
  /** Text of the bytes so far complete; a character split between chunks waits for the rest. */
  decode(chunk: Uint8Array): string
  /** True when no character is left half read. */
  isComplete(): boolean
}

const unitsPerString = 8192

/** The range a second byte must lie in (Unicode 15 table 3-7); the others are always 80..BF. */
function secondByteRange(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf]
  if (lead === 0xed) return [0x80, 0x9f]
  if (lead === 0xf0) return [0x90, 0xbf]
  if (lead === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}

function continuationCount(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 1
  if (lead >= 0xe0 && lead <= 0xef) return 2
  if (lead >= 0xf0 && lead <= 0xf4) return 3
  return 0
}

/**
 * A strict streaming UTF-8 decoder: refuses overlong forms, surrogates, code points above 10FFFF and zero bytes
 * (throws {@link Utf8Error}). Bytes of a character may be split over chunks. A byte order mark is passed on as U+FEFF.
 */
export function createUtf8Decoder(): Utf8Decoder {
  let needed = 0
  let codePoint = 0
  let range: readonly [number, number] = [0x80, 0xbf]
  let consumed = 0

  function begin(byte: number, at: number): void {
    if (byte === 0) throw new Utf8Error('nul-byte', at)
    needed = continuationCount(byte)
    if (needed === 0) throw new Utf8Error('not-utf8', at)
    codePoint = byte & (0x3f >> needed)
    range = secondByteRange(byte)
  }

  function proceed(byte: number, at: number): void {
    if (byte < range[0] || byte > range[1]) throw new Utf8Error('not-utf8', at)
    range = [0x80, 0xbf]
    codePoint = (codePoint << 6) | (byte & 0x3f)
    needed -= 1
  }

  function decode(chunk: Uint8Array): string {
    let text = ''
    let units: number[] = []
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number // index is inside the chunk
      if (needed === 0 && byte > 0 && byte < 0x80) units.push(byte)
      else if (needed === 0) begin(byte, consumed + index)
      else {
        proceed(byte, consumed + index)
        if (needed === 0 && codePoint < 0x10000) units.push(codePoint)
        else if (needed === 0) units.push(0xd7c0 + (codePoint >> 10), 0xdc00 | (codePoint & 0x3ff))
      }
      if (units.length >= unitsPerString) {
        text += String.fromCharCode(...units)
        units = []
      }
    }
    consumed += chunk.length
    return text + String.fromCharCode(...units)
  }

  return { decode, isComplete: () => needed === 0 }
}

function encodeInto(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x800) {
    bytes[at] = 0xc0 | (point >> 6)
    bytes[at + 1] = 0x80 | (point & 0x3f)
    return at + 2
  }
  const start = point < 0x10000 ? at : at + 1
  if (start > at) bytes[at] = 0xf0 | (point >> 18)
  bytes[start] = start > at ? 0x80 | ((point >> 12) & 0x3f) : 0xe0 | (point >> 12)
  bytes[start + 1] = 0x80 | ((point >> 6) & 0x3f)
  bytes[start + 2] = 0x80 | (point & 0x3f)
  return start + 3
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as everywhere on the web. */
export function encodeUtf8(text: string): Uint8Array {
  const wellFormed = text.toWellFormed()
  const bytes = new Uint8Array(wellFormed.length * 3) // no UTF-16 unit needs more
  let at = 0
  for (let index = 0; index < wellFormed.length; index++) {
    const point = wellFormed.codePointAt(index) as number // index is inside the text
    if (point >= 0x10000) index += 1
    if (point < 0x80) bytes[at++] = point
    else at = encodeInto(bytes, at, point)
  }
  return bytes.slice(0, at)
}
