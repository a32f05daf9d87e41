import { dictionaryAttributes, dictionaryValues, dictionaryVendors } from './dictionary.ts'
import type { RadiusValueKind } from './dictionary-rows.ts'

/** What the dictionary knows of one attribute; `vendor` is 0 for a standard attribute. */
export interface RadiusDefinition {
  readonly vendor: number
  readonly type: number
  readonly name: string
  readonly kind: RadiusValueKind
  readonly isTagged: boolean
  readonly hiding: 'none' | 'hidden' | 'salted'
}

const definitions: readonly RadiusDefinition[] = dictionaryAttributes.map(([vendor, type, name, kind, flags = '']) => ({
  vendor,
  type,
  name,
  kind,
  isTagged: flags.includes('tagged'),
  hiding: flags.includes('hidden') ? 'hidden' : flags.includes('salted') ? 'salted' : 'none',
}))
const byNumber = new Map(definitions.map((definition) => [`${definition.vendor} ${definition.type}`, definition]))
const byName = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]))
const vendorNames = new Map(dictionaryVendors)
const valueNames = new Map(dictionaryValues.map(([vendor, type, value, name]) => [`${vendor} ${type} ${value}`, name]))
const valueNumbers = new Map(
  dictionaryValues.map(([vendor, type, value, name]) => [`${vendor} ${type} ${name.toLowerCase()}`, value]),
)

/** The definition with this vendor (0 = standard) and type octet. */
export function radiusDefinition(vendor: number, type: number): RadiusDefinition | undefined {
  return byNumber.get(`${vendor} ${type}`)
}

/** The definition with this name, letters' case ignored. */
export function radiusDefinitionNamed(name: string): RadiusDefinition | undefined {
  return byName.get(name.toLowerCase())
}

/** A vendor's name by its IANA enterprise number. */
export function radiusVendorName(vendor: number): string | undefined {
  return vendorNames.get(vendor)
}

/** The name of an integer attribute's value, such as `Login-User` for Service-Type 1. */
export function radiusValueName(definition: RadiusDefinition, value: number): string | undefined {
  return valueNames.get(`${definition.vendor} ${definition.type} ${value}`)
}

/** The number behind a named value, letters' case ignored. */
export function radiusValueNumber(definition: RadiusDefinition, name: string): number | undefined {
  return valueNumbers.get(`${definition.vendor} ${definition.type} ${name.toLowerCase()}`)
}
