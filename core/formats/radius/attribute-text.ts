import { RadiusType } from './codes.ts'
import { radiusDefinition, radiusDefinitionNamed, radiusVendorName } from './dictionary-lookup.ts'
import { type RadiusAttribute, radiusMaxValueOctets } from './packet.ts'
import { formatRadiusValue, hexText, parseRadiusValue } from './value-text.ts'

/** One attribute for people: `Reply-Message` and its text. */
export interface RadiusAttributeText {
  readonly name: string
  readonly text: string
}

/**
 * An attribute by name and value; a Vendor-Specific gives one line for each vendor attribute in it (RFC 2865 §5.26), or
 * its octets as `0x…` when it does not follow that layout. Unknown ones are named `Attr-200`, `Cisco-Attr-250`.
 */
export function describeRadiusAttribute(attribute: RadiusAttribute): readonly RadiusAttributeText[] {
  if (attribute.type === RadiusType.VendorSpecific) {
    const inner = describeVendorAttributes(attribute.value)
    if (inner !== undefined) return inner
  }
  const definition = radiusDefinition(0, attribute.type)
  if (!definition) return [{ name: `Attr-${attribute.type}`, text: hexText(attribute.value) }]
  return [{ name: definition.name, text: formatRadiusValue(definition, attribute.value) }]
}

/** Why a line is not an attribute. */
export type RadiusAttributeProblem = 'not-name-and-value' | 'unknown-name' | 'reserved' | 'bad-value' | 'too-long'

// What a server or client sets itself, so that no setting may: passwords, State, Proxy-State, EAP, Message-Authenticator.
const reservedTypes: ReadonlySet<number> = new Set([
  RadiusType.UserPassword,
  RadiusType.ChapPassword,
  RadiusType.State,
  RadiusType.ProxyState,
  RadiusType.EapMessage,
  RadiusType.MessageAuthenticator,
])

/**
 * Reads `Name=value` (spaces around `=` and double quotes around the value allowed), as an administrator writes a reply
 * attribute: `Filter-Id=staff`, `Fortinet-Group-Name="VPN users"`, `Service-Type=Login-User`, `Class=0x0102`.
 */
export function parseRadiusAttribute(
  line: string,
): { readonly attribute: RadiusAttribute } | { readonly problem: RadiusAttributeProblem } {
  const match = /^\s*([^\s=]+)\s*=\s*(.*?)\s*$/s.exec(line)
  if (!match) return { problem: 'not-name-and-value' }
  const [, name = '', text = ''] = match
  const definition = radiusDefinitionNamed(name)
  if (!definition) return { problem: 'unknown-name' }
  if (definition.vendor === 0 && reservedTypes.has(definition.type)) return { problem: 'reserved' }
  const quoted = /^"(.*)"$/s.exec(text)
  const value = parseRadiusValue(definition, quoted?.[1] ?? text)
  if (value === undefined) return { problem: 'bad-value' }
  const attribute =
    definition.vendor === 0
      ? { type: definition.type, value }
      : vendorAttribute(definition.vendor, definition.type, value)
  return attribute.value.length > radiusMaxValueOctets ? { problem: 'too-long' } : { attribute }
}

/** A Vendor-Specific attribute that holds one vendor attribute (RFC 2865 §5.26). */
function vendorAttribute(vendor: number, type: number, value: Uint8Array): RadiusAttribute {
  const octets = new Uint8Array(6 + value.length)
  octets.set([vendor >>> 24, (vendor >> 16) & 255, (vendor >> 8) & 255, vendor & 255, type, value.length + 2])
  octets.set(value, 6)
  return { type: RadiusType.VendorSpecific, value: octets }
}

function describeVendorAttributes(value: Uint8Array): RadiusAttributeText[] | undefined {
  if (value.length < 6) return undefined
  const vendor = value.subarray(0, 4).reduce((number, octet) => number * 256 + octet, 0)
  const lines: RadiusAttributeText[] = []
  for (let offset = 4; offset < value.length; ) {
    const type = value[offset] ?? 0
    const size = value[offset + 1] ?? 0
    if (size < 2 || offset + size > value.length) return undefined
    const inner = value.subarray(offset + 2, offset + size)
    const definition = radiusDefinition(vendor, type)
    const unknownName = `${radiusVendorName(vendor) ?? `Vendor-${vendor}`}-Attr-${type}`
    lines.push({
      name: definition?.name ?? unknownName,
      text: definition ? formatRadiusValue(definition, inner) : hexText(inner),
    })
    offset += size
  }
  return lines
}
