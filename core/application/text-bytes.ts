/** The UTF-8 octets of a text. A text with a lone surrogate is not one we write. */
export function utf8Of(text: string): Uint8Array {
  const escaped = encodeURIComponent(text)
  const octets: number[] = []
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped.charAt(at) === '%'
    octets.push(isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at))
    if (isEscape) at += 2
  }
  return Uint8Array.from(octets)
}

/** The text of UTF-8 octets that `utf8Of` made. */
export function textOf(octets: Uint8Array): string {
  return decodeURIComponent(Array.from(octets, (octet) => `%${octet.toString(16).padStart(2, '0')}`).join(''))
}

/** Octets as lower-case hexadecimal digits. */
export function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
