import { FormatError, type FormatErrorCode } from '../format-error.ts'

/** Where in a seed list a refusal belongs: the list, a line (counted from 1) with its serial if known, a field. */
export type SeedListPlace = {
  readonly line?: number | undefined
  readonly serial?: string | undefined
  readonly field?: string
}

/** Throws the refusal of a seed list or one of its lines. `record.number` is the line, as an editor counts. */
export function refuseSeedList(code: FormatErrorCode, place: SeedListPlace, cause: string): never {
  const { line, serial, field } = place
  const record = line === undefined ? undefined : { number: line, ...(serial !== undefined && { serial }) }
  const where = line === undefined ? '' : `, line ${line}${serial === undefined ? '' : ` (serial ${serial})`}`
  const what = field === undefined ? '' : `, ${field}`
  throw new FormatError({ format: 'csv', code, record, field }, `seed list${where}${what}: ${cause}`)
}
