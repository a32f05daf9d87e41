/**
 * Text as UTF-8 bytes (RFC 3629 §3), for hashing. A surrogate that stands alone becomes U+FFFD, as everywhere on the web.
 */
export function utf8Bytes(text: string): Uint8Array {
  return asciiBytes(text) ?? encoded(text)
}

/** Nearly every text that is hashed: one byte a character. */
function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) return undefined
    bytes[at] = unit
  }
  return bytes
}

function encoded(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuation(point))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), continuation(point >> 6), continuation(point))
    else bytes.push(0xf0 | (point >> 18), continuation(point >> 12), continuation(point >> 6), continuation(point))
  }
  return Uint8Array.from(bytes)
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f)
}
