import { FormatError, type FormatErrorCode, type FormatRecord } from '../format-error.ts'

/** Where in a PSKC file a refusal belongs: nowhere (the file), a key, or a field of one. */
export type PskcPlace = { readonly record?: FormatRecord | undefined; readonly field?: string }

/** Throws the refusal of a PSKC file or of one of its keys; `cause` says what to do where something can be done. */
export function refusePskc(code: FormatErrorCode, place: PskcPlace, cause: string): never {
  const { record, field } = place
  const serial = record?.serial === undefined ? '' : ` (serial ${record.serial})`
  const where = record === undefined ? '' : `, key ${record.number}${serial}`
  const what = field === undefined ? '' : `, ${field}`
  throw new FormatError({ format: 'pskc', code, record, field }, `PSKC file${where}${what}: ${cause}`)
}
