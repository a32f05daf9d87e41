/**
 * Octets of an IP address in text: 4 for IPv4 (dotted quad), 16 for IPv6 (RFC 4291 §2.2, zone and brackets not
 * allowed). `undefined` when it is neither.
 */
export function parseIpAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Text of 4 or 16 octets; IPv6 in the form of RFC 5952 (lower case, longest run of zeros shortened). */
export function formatIpAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  const groups: number[] = []
  for (let i = 0; i < 16; i += 2) groups.push((octets[i] ?? 0) * 256 + (octets[i + 1] ?? 0))
  const { start, length } = longestZeroRun(groups)
  const words = groups.map((group) => group.toString(16))
  if (length < 2) return words.join(':')
  return `${words.slice(0, start).join(':')}::${words.slice(start + length).join(':')}`
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined
  }
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = ipv6Octets(halves[0] ?? '')
  const tail = ipv6Octets(halves[1] ?? '')
  if (head === undefined || tail === undefined) return undefined
  const given = head.length + tail.length
  if (halves.length === 1 ? given !== 16 : given > 14) return undefined
  // An embedded IPv4 address is allowed at the very end only.
  if (halves.length === 2 && (halves[0] ?? '').includes('.')) return undefined
  const octets = new Uint8Array(16)
  octets.set(head)
  octets.set(tail, 16 - tail.length)
  return octets
}

function ipv6Octets(text: string): number[] | undefined {
  if (text === '') return []
  const octets: number[] = []
  const words = text.split(':')
  for (const [index, word] of words.entries()) {
    const quad = word.includes('.') && index === words.length - 1 ? parseIpv4(word) : undefined
    if (quad) octets.push(...quad)
    else if (/^[0-9a-fA-F]{1,4}$/.test(word))
      octets.push(Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255)
    else return undefined
  }
  return octets
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0
    while (groups[start + length] === 0) length += 1
    if (length > best.length) best = { start, length }
  }
  return best
}
