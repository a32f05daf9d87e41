/** How an attribute's value is written on the wire (RFC 2865 §5, RFC 8044). */
export type RadiusValueKind =
  | 'text'
  | 'octets'
  | 'integer'
  | 'integer64'
  | 'address4'
  | 'address6'
  | 'prefix4'
  | 'prefix6'
  | 'interface-id'
  | 'time'
  | 'vendor'

/** IANA enterprise number and name. */
export type DictionaryVendor = readonly [vendor: number, name: string]

/** Vendor (0 = standard attribute), type octet, name, kind, and flags separated by spaces: tagged, hidden, salted. */
export type DictionaryAttribute = readonly [
  vendor: number,
  type: number,
  name: string,
  kind: RadiusValueKind,
  flags?: string,
]

/** A named value of an integer attribute: vendor, type, value, name. */
export type DictionaryValue = readonly [vendor: number, type: number, value: number, name: string]
