import { parseIpAddress } from '@driftlock/formats'

/** An address block: `octets` (4 or 16) with everything after the first `bits` zero. */
export interface Network {
  readonly octets: Uint8Array
  readonly bits: number
}

/** Reads `192.0.2.0/24`, `192.0.2.1`, `2001:db8::/32`; bits beyond the prefix are cleared. `undefined` if it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [addressText = '', bitsText, ...more] = text.split('/')
  const octets = parseSourceAddress(addressText)
  if (octets === undefined || more.length > 0) return undefined
  const whole = octets.length * 8
  if (bitsText === undefined) return { octets, bits: whole }
  if (!/^(0|[1-9]\d{0,2})$/.test(bitsText)) return undefined
  // `::ffff:10.0.0.0/104` was read as IPv4, whose prefix is 96 bits shorter.
  const bits = addressText.includes(':') && whole === 32 ? Number(bitsText) - 96 : Number(bitsText)
  return bits < 0 || bits > whole ? undefined : { octets: maskOctets(octets, bits), bits }
}

/** Octets of a packet's source: no zone, and an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) as IPv4. */
export function parseSourceAddress(text: string): Uint8Array | undefined {
  const octets = parseIpAddress(text.split('%', 1)[0] ?? '')
  if (octets === undefined || octets.length === 4) return octets
  const isMapped = octets.subarray(0, 10).every((octet) => octet === 0) && octets[10] === 255 && octets[11] === 255
  return isMapped ? octets.subarray(12) : octets
}

/** Whether a packet's source is of the block. */
export function isWithinNetwork(source: string, network: Network): boolean {
  const octets = parseSourceAddress(source)
  if (octets?.length !== network.octets.length) return false
  return maskOctets(octets, network.bits).every((octet, index) => octet === network.octets[index])
}

/** A copy of the address with all but its first `bits` bits zero. */
export function maskOctets(octets: Uint8Array, bits: number): Uint8Array {
  return octets.map((octet, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8))
    return octet & (0xff00 >> kept)
  })
}
