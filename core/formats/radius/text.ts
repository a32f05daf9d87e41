import { utf8ToBytes } from '@noble/hashes/utils.js'
import { radiusMaxValueOctets } from './packet.ts'

/** UTF-8 octets of a text. */
export function encodeRadiusText(text: string): Uint8Array {
  return utf8ToBytes(text)
}

/** Text of strict UTF-8 octets (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF), else `undefined`. */
// oxlint-disable-next-line complexity -- the cases of RFC 3629 stand together; split, they no longer read as its table
export function decodeRadiusText(octets: Uint8Array): string | undefined {
  let text = ''
  for (let i = 0; i < octets.length; ) {
    const lead = octets[i] ?? 0
    const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    if (size === 0 || i + size > octets.length) return undefined
    let point = size === 1 ? lead : lead & (0x7f >> size)
    for (let j = i + 1; j < i + size; j += 1) {
      const next = octets[j] ?? 0
      if ((next & 0xc0) !== 0x80) return undefined
      point = point * 64 + (next & 0x3f)
    }
    const isOverlong = (size === 3 && point < 0x800) || (size === 4 && point < 0x10000)
    if (isOverlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return undefined
    text += String.fromCodePoint(point)
    i += size
  }
  return text
}

/** UTF-8 octets of `text` cut after the last whole character that fits `maxOctets` (253 unless said otherwise). */
export function fitRadiusText(text: string, maxOctets: number = radiusMaxValueOctets): Uint8Array {
  const octets = encodeRadiusText(text)
  if (octets.length <= maxOctets) return octets
  let end = maxOctets
  while (end > 0 && ((octets[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return octets.subarray(0, end)
}
