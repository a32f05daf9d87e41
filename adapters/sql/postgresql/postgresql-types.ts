import { StoreError } from '@driftlock/application'
import { type CustomTypesConfig, types } from 'pg'

const INT8 = 20

/** 64-bit integers as numbers. @throws StoreError `INVALID_VALUE` above 2^53, where a number would lie. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new StoreError('INVALID_VALUE', `The database holds ${text}, which does not fit a number.`)
  }
  return value
}

export const COLUMN_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? safeInteger : (types.getTypeParser(oid, format) as (text: string) => unknown), // pg types it as any
}
