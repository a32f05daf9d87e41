import { decodeHex } from '../secret-text.ts'
import type { SeedDialect } from './dialects.ts'
import { findColumns } from './header-columns.ts'
import { refuseSeedList } from './refuse.ts'
import { type Delimiter, SeedRowParser } from './row-parser.ts'

/** What the first lines of a seed list tell. `alternatives` are dialects that would read the same lines differently. */
export type DetectedDialect = {
  readonly dialect: SeedDialect
  readonly delimiter: Delimiter
  readonly alternatives: readonly SeedDialect[]
}

const CHARACTER_DELIMITERS = ['\t', ';', ','] as const

const firstDataLine = (sample: string): string =>
  sample.split(/\r\n|\r|\n/).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''

/** The delimiter that occurs most outside quotes in the first line of data; blanks when there is none. */
export const detectDelimiter = (sample: string): Delimiter => {
  const unquoted = firstDataLine(sample).replace(/"[^"]*"/g, '')
  const counts = CHARACTER_DELIMITERS.map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length - 1 }))
  const best = counts.reduce((most, next) => (next.count > most.count ? next : most))
  return best.count === 0 ? 'blanks' : best.delimiter
}

const PAM_OATH_LINE = /^[HT]OTP(\/\S*)?[ \t]+\S+[ \t]+\S+[ \t]+[0-9a-f]{16,}/i

const isKind = (cell: string | undefined): boolean => /^(hotp|totp|motp|ocra2?)$/i.test(cell ?? '')
const isSeed = (cell: string | undefined): boolean => (cell ?? '').length >= 16 && decodeHex(cell ?? '') !== undefined

/**
 * Tells a seed list's dialect from its first lines (the start of the text, a few thousand characters). Refuses with
 * `unknown-dialect` when nothing fits: then a person has to choose the dialect or name the columns.
 */
export const detectDialect = (sample: string): DetectedDialect => {
  const text = sample.replace(/^\ufeff/, '')
  const delimiter = detectDelimiter(text)
  const found = (dialect: SeedDialect, ...alternatives: SeedDialect[]): DetectedDialect => ({
    dialect,
    delimiter,
    alternatives,
  })
  if (/^#\s*version:\s*2\b/i.test(text)) return found('oath-v2')
  if (PAM_OATH_LINE.test(firstDataLine(text))) return { dialect: 'pam-oath', delimiter: 'blanks', alternatives: [] }
  const cells = firstCells(text, delimiter)
  const [first = '', second, third, fourth] = cells
  if (/^(LOGGING START|Yubico OTP|OATH-HOTP|Static Password)/i.test(first)) return found('yubico-log')
  if (/^\d+$/.test(first) && /^[cbdefghijklnrtuv]{2,32}$/.test(second ?? '') && cells.length > 5)
    return found('yubico-log')
  const columns = findColumns(cells)
  if (columns.has('secret') || columns.has('serial')) return found(columns.has('userId') ? 'entra' : 'reseller')
  if (/^[HT]OTP$/i.test(first)) return found('phenixid')
  if (isKind(third) && isSeed(fourth)) return found('multiotp')
  if (!isSeed(second)) return refuseUnknown()
  if (isKind(third)) return found(cells.length > 5 ? 'linotp' : 'oath-v1')
  if (cells.length === 2) return found('oath-v1', 'duo', 'pingid')
  return /^\d+$/.test(third ?? '') ? found('pingid') : refuseUnknown()
}

const firstCells = (text: string, delimiter: Delimiter): readonly string[] =>
  new SeedRowParser(delimiter).push(`${firstDataLine(text)}\n`).next().value?.cells ?? []

const refuseUnknown = (): never =>
  refuseSeedList('unknown-dialect', {}, 'its layout is not recognised; choose the dialect or name the columns')
