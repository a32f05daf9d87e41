import type { SeedField, SeedFields } from './dialects.ts'
import { refuseSeedList } from './refuse.ts'
import type { SeedRow } from './row-parser.ts'

/** The columns a header names, by any of their spellings with blanks, case and punctuation left out. */
const SPELLINGS: Readonly<Record<SeedField, readonly string[]>> = {
  serial: ['serialnumber', 'serial', 'serialno', 'sn', 'tokenserial', 'tokenserialnumber'],
  secret: ['secretkey', 'secret', 'seed', 'tokenseed', 'key', 'secretkeybase32'],
  kind: ['type', 'tokentype', 'otptype'],
  algorithm: ['algorithm', 'hash', 'hashalgorithm', 'hashfunction'],
  digits: ['digits', 'otplength', 'codelength'],
  interval: ['timeinterval', 'interval', 'period', 'timestep'],
  counter: ['counter', 'movingfactor'],
  t0: ['t0', 'epoch'],
  manufacturer: ['manufacturer', 'vendor'],
  model: ['model', 'productname'],
  userId: ['upn', 'userprincipalname', 'username', 'user'],
}

/** How Microsoft's documentation spells the columns, for messages. */
const NAMES: Readonly<Partial<Record<SeedField, string>>> = {
  userId: 'upn',
  serial: 'serial number',
  secret: 'secret key',
  interval: 'time interval',
}

/** Where each field's column is, counted from 0. */
export type ColumnPlaces = ReadonlyMap<SeedField, number>

const FIELD_OF: ReadonlyMap<string, SeedField> = new Map(
  Object.entries(SPELLINGS).flatMap(
    ([field, names]) => names.map((name) => [name, field as SeedField] as const), // SPELLINGS has exactly the fields as keys
  ),
)

const plainName = (cell: string): string => cell.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The fields a row names, if it is a header; empty for a row of data. */
export const findColumns = (cells: readonly string[]): ColumnPlaces => {
  const places = new Map<SeedField, number>()
  for (const [place, cell] of cells.entries()) {
    const name = plainName(cell)
    const field = FIELD_OF.get(name)
    if (field !== undefined && !places.has(field)) places.set(field, place)
  }
  return places
}

/** The header's columns; refuses when a required one is missing. Cells are never quoted: the row may be data with secrets. */
export const requireColumns = (header: SeedRow, required: readonly SeedField[]): ColumnPlaces => {
  const places = findColumns(header.cells)
  const missing = required.filter((field) => !places.has(field)).map((field) => NAMES[field] ?? field)
  const first = missing[0]
  if (first === undefined) return places
  const list = missing.map((name) => `column "${name}"`).join(' and ')
  const cause = `${list} missing from the header on line ${header.line}; add what is missing or name the columns`
  return refuseSeedList('missing-column', { field: first }, cause)
}

/** The cells of a row by their fields. */
export const fieldsAt = (places: ColumnPlaces, cells: readonly string[]): SeedFields =>
  Object.fromEntries([...places].map(([field, place]) => [field, cells[place]]))
