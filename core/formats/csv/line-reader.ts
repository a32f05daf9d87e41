import { type FixedDialect, fixedDialects, type SeedDialect, type SeedField, type SeedFields } from './dialects.ts'
import { type ColumnPlaces, fieldsAt, requireColumns } from './header-columns.ts'
import { refuseSeedList } from './refuse.ts'
import type { SeedRow } from './row-parser.ts'
import type { SecretRule, SeedDefaults } from './seed-token.ts'

/** Where the fields of free columns are: counted from 1, or by the header's own names. */
export type SeedColumns = Readonly<Partial<Record<SeedField, number | string>>>

/** How a dialect reads its rows: the fields of a row, or undefined for the header row. */
export type LineReader = {
  readonly defaults: SeedDefaults
  readonly secretRule: SecretRule
  readonly fieldsOf: (row: SeedRow) => SeedFields | undefined
}

type Choice = { readonly dialect: SeedDialect; readonly columns?: SeedColumns; readonly defaults?: SeedDefaults }

/** The reader of a dialect's lines. Refuses dialects that cannot be imported and choices that are incomplete. */
export const lineReader = ({ dialect, columns, defaults = {} }: Choice): LineReader => {
  if (dialect === 'yubico-log') {
    const cause = 'configuration logs of YubiKeys cannot be imported; export the OATH secrets as serial,key,type lines'
    return refuseSeedList('not-importable', {}, cause)
  }
  if (dialect === 'columns') return freeColumns(columns, defaults)
  if (dialect === 'entra') return entra({ ...defaults, kind: 'totp' })
  if (dialect === 'reseller') return reseller(defaults)
  const fixed = fixedDialects[dialect]
  if (fixed.kind === 'chosen' && defaults.kind === undefined) {
    const cause = `a ${dialect} list does not say whether its tokens are HOTP or TOTP; choose the type`
    return refuseSeedList('missing-field', { field: 'type' }, cause)
  }
  const kind = defaults.kind ?? (fixed.kind === 'hotp' ? 'hotp' : undefined)
  return { defaults: { ...defaults, kind }, secretRule: fixed.encoding, fieldsOf: (row) => fixedFields(fixed, row) }
}

const fixedFields = (fixed: FixedDialect, row: SeedRow): SeedFields => {
  const missing = fixed.required[row.cells.length]
  if (missing === undefined) return fixed.fields(row.cells)
  const place = { line: row.line, field: missing }
  return refuseSeedList('missing-column', place, `column ${row.cells.length + 1} (${missing}) is missing`)
}

/** Reads the first row as the header and the others by it. */
const byHeader = (placesOf: (header: SeedRow) => ColumnPlaces): LineReader['fieldsOf'] => {
  let places: ColumnPlaces | undefined
  return (row) => {
    if (places !== undefined) return fieldsAt(places, row.cells)
    places = placesOf(row)
    return undefined
  }
}

const entra = (defaults: SeedDefaults): LineReader => {
  const required = ['userId', 'serial', 'secret', 'interval', 'manufacturer', 'model'] as const
  const fieldsOf = byHeader((header) => requireColumns(header, required))
  return { defaults, secretRule: 'base32', fieldsOf: (row) => requireEntraInterval(fieldsOf(row), row.line) }
}

const requireEntraInterval = (fields: SeedFields | undefined, line: number): SeedFields | undefined => {
  if (fields === undefined || fields.interval === '30' || fields.interval === '60') return fields
  return refuseSeedList('invalid-field', { line, field: 'interval' }, 'the time interval is not 30 or 60')
}

const reseller = (defaults: SeedDefaults): LineReader => {
  const required: SeedField[] = ['serial', 'secret']
  if (defaults.intervalSeconds === undefined && defaults.kind !== 'hotp') required.push('interval')
  const fieldsOf = byHeader((header) => requireColumns(header, required))
  return { defaults: { ...defaults, kind: defaults.kind ?? 'totp' }, secretRule: 'auto', fieldsOf }
}

const freeColumns = (columns: SeedColumns = {}, defaults: SeedDefaults): LineReader => {
  for (const field of ['serial', 'secret'] as const) {
    if (columns[field] === undefined) {
      refuseSeedList('missing-column', { field }, `say which column holds the ${field}`)
    }
  }
  const entries = Object.entries(columns) as [SeedField, number | string][] // the type's keys are exactly the fields
  const isNamed = entries.some(([, column]) => typeof column === 'string')
  const placesOf = (header: SeedRow): ColumnPlaces =>
    new Map(entries.map(([field, column]) => [field, placeOf(field, column, header)]))
  const fieldsOf = isNamed ? byHeader(placesOf) : numberedFields(placesOf({ line: 0, cells: [] }))
  return { defaults, secretRule: 'base32', fieldsOf }
}

const numberedFields =
  (places: ColumnPlaces) =>
  (row: SeedRow): SeedFields =>
    fieldsAt(places, row.cells)

const placeOf = (field: SeedField, column: number | string, header: SeedRow): number => {
  if (typeof column === 'number') return column - 1
  const place = header.cells.findIndex((cell) => cell.toLowerCase() === column.trim().toLowerCase())
  if (place >= 0) return place
  return refuseSeedList(
    'missing-column',
    { field },
    `column "${column}" is missing from the header on line ${header.line}`,
  )
}
