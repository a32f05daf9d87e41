/** Octets before the attributes: code, identifier, length, authenticator (RFC 2865 §3). */
export const radiusHeaderOctets = 20
/** Largest packet (RFC 2865 §3). */
export const radiusMaxOctets = 4096
/** Largest attribute value: the length octet counts itself and the type (RFC 2865 §5). */
export const radiusMaxValueOctets = 253

/** One attribute as on the wire: type octet and 0..253 octets of value. */
export interface RadiusAttribute {
  readonly type: number
  readonly value: Uint8Array
}

/** A packet; `attributes` keep the order of the wire, repeated types included. `authenticator` is 16 octets. */
export interface RadiusPacket {
  readonly code: number
  readonly identifier: number
  readonly authenticator: Uint8Array
  readonly attributes: readonly RadiusAttribute[]
}

/** Why octets are not a RADIUS packet. */
export type RadiusMalformation =
  | 'shorter-than-a-header'
  | 'length-out-of-range'
  | 'shorter-than-its-length'
  | 'attribute-shorter-than-its-header'
  | 'attribute-beyond-the-end'

export type ParsedRadiusPacket =
  | { readonly packet: RadiusPacket; readonly octets: Uint8Array }
  | { readonly malformation: RadiusMalformation }

/**
 * Reads a packet (RFC 2865 §3, §5). Octets beyond Length are padding and left out of `octets`, the packet proper.
 * Values are views into `datagram`, not copies. Never throws: anything else is a named malformation.
 */
export function parseRadiusPacket(datagram: Uint8Array): ParsedRadiusPacket {
  if (datagram.length < radiusHeaderOctets) return { malformation: 'shorter-than-a-header' }
  const length = octetAt(datagram, 2) * 256 + octetAt(datagram, 3)
  if (length < radiusHeaderOctets || length > radiusMaxOctets) return { malformation: 'length-out-of-range' }
  if (datagram.length < length) return { malformation: 'shorter-than-its-length' }
  const attributes: RadiusAttribute[] = []
  let offset = radiusHeaderOctets
  while (offset < length) {
    const size = offset + 1 < length ? octetAt(datagram, offset + 1) : 0
    if (size < 2) return { malformation: 'attribute-shorter-than-its-header' }
    if (offset + size > length) return { malformation: 'attribute-beyond-the-end' }
    attributes.push({ type: octetAt(datagram, offset), value: datagram.subarray(offset + 2, offset + size) })
    offset += size
  }
  const octets = datagram.length === length ? datagram : datagram.subarray(0, length)
  const packet: RadiusPacket = {
    code: octetAt(datagram, 0),
    identifier: octetAt(datagram, 1),
    authenticator: datagram.subarray(4, radiusHeaderOctets),
    attributes,
  }
  return { packet, octets }
}

/**
 * Writes a packet, attributes in the order given; the inverse of `parseRadiusPacket`.
 * `undefined` when it cannot be one: over 4096 octets, a value over 253, an authenticator that is not 16.
 */
export function encodeRadiusPacket(packet: RadiusPacket): Uint8Array | undefined {
  if (packet.authenticator.length !== 16) return undefined
  let length = radiusHeaderOctets
  for (const { value } of packet.attributes) {
    if (value.length > radiusMaxValueOctets) return undefined
    length += 2 + value.length
  }
  if (length > radiusMaxOctets) return undefined
  const octets = new Uint8Array(length)
  octets[0] = packet.code
  octets[1] = packet.identifier
  octets[2] = length >> 8
  octets[3] = length & 255
  octets.set(packet.authenticator, 4)
  let offset = radiusHeaderOctets
  for (const attribute of packet.attributes) {
    octets[offset] = attribute.type
    octets[offset + 1] = attribute.value.length + 2
    octets.set(attribute.value, offset + 2)
    offset += attribute.value.length + 2
  }
  return octets
}

/** The value of the first attribute of `type`, or `undefined`. */
export function firstRadiusValue(packet: RadiusPacket, type: number): Uint8Array | undefined {
  for (const attribute of packet.attributes) if (attribute.type === type) return attribute.value
  return undefined
}

/** How many attributes of `type` the packet carries. */
export function countRadiusAttributes(packet: RadiusPacket, type: number): number {
  let count = 0
  for (const attribute of packet.attributes) if (attribute.type === type) count += 1
  return count
}

function octetAt(octets: Uint8Array, index: number): number {
  return octets[index] as number // callers stay below octets.length
}
