import type { FormatError } from '@driftlock/formats'
import type { StagedDuplicate } from '../ports/token-store.ts'
import type { ImportFormat } from './import-formats.ts'

/** Why one record, or the whole file, cannot be imported. Holds nothing secret. */
export interface ImportError {
  /** A FormatErrorCode. */
  readonly code: string
  /** Place in the file, from 1; absent when the file as a whole is meant. */
  readonly record?: number
  readonly serial?: string
  readonly field?: string
  readonly text: string
}

export interface ImportReport {
  /** `imported`; `dry-run`: would be imported; `refused`: nothing was stored, for the errors listed. */
  readonly outcome: 'imported' | 'dry-run' | 'refused'
  readonly format: ImportFormat
  /** Records read, the refused ones included. */
  readonly recordCount: number
  readonly inserted: number
  readonly replaced: number
  readonly skipped: number
  readonly errorCount: number
  /** The first hundred. */
  readonly errors: readonly ImportError[]
  readonly duplicateCount: number
  /** The first hundred. */
  readonly duplicates: readonly Pick<StagedDuplicate, 'serial' | 'line' | 'with' | 'assigned' | 'sameSeed'>[]
}

/** How many errors and duplicates a report lists; it counts all of them. */
export const MAX_LISTED = 100

export function importErrorOf({ code, record, field, message }: FormatError): ImportError {
  return {
    code,
    ...(record !== undefined && { record: record.number }),
    ...(record?.serial !== undefined && { serial: record.serial }),
    ...(field !== undefined && { field }),
    text: message,
  }
}
