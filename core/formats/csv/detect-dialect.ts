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

const MODHEX = /^[cbdefghijklnrtuv]{2,32}$/

const isKind = (cell: string | undefined): boolean => /^(hotp|totp|motp|ocra2?)$/i.test(cell ?? '')
const isSeed = (cell: string | undefined): boolean => (cell ?? '').length >= 16 && decodeHex(cell ?? '') !== undefined

/**
 * Tells a seed list's dialect from its first lines (the start of the text, a few thousand characters). Refuses with
 * `unknown-dialect` when nothing fits: then a person has to choose the dialect or name the columns.
 */
export const detectDialect = (sample: string): DetectedDialect => {
  const text = sample.replace(/^\ufeff/, '')
  if (PAM_OATH_LINE.test(firstDataLine(text))) return { dialect: 'pam-oath', delimiter: 'blanks', alternatives: [] }
  const delimiter = detectDelimiter(text)
  const cells = firstCells(text, delimiter)
  const [dialect, ...alternatives] = /^#\s*version:\s*2\b/i.test(text)
    ? (['oath-v2'] as const)
    : [...byFirstCells(cells), ...byKindAndSeed(cells)]
  if (dialect !== undefined) return { dialect, delimiter, alternatives }
  return refuseSeedList('unknown-dialect', {}, 'its layout is not recognised; choose the dialect or name the columns')
}

/** Logs of YubiKeys, header rows and PhenixID show by their first cells. */
const byFirstCells = (cells: readonly string[]): readonly SeedDialect[] => {
  const [first = '', second = ''] = cells
  if (/^(LOGGING START|Yubico OTP|OATH-HOTP|Static Password)/i.test(first)) return ['yubico-log']
  if (/^\d+$/.test(first) && MODHEX.test(second) && cells.length > 5) return ['yubico-log']
  const columns = findColumns(cells)
  if (columns.has('secret') || columns.has('serial')) return [columns.has('userId') ? 'entra' : 'reseller']
  return /^[HT]OTP$/i.test(first) ? ['phenixid'] : []
}

/** The layouts that begin with a serial differ in where the seed and the kind stand. */
const byKindAndSeed = ([, second, third, fourth, ...rest]: readonly string[]): readonly SeedDialect[] => {
  if (isKind(third) && isSeed(fourth)) return ['multiotp']
  if (!isSeed(second)) return []
  if (isKind(third)) return [rest.length > 1 ? 'linotp' : 'oath-v1']
  if (third === undefined) return ['oath-v1', 'duo', 'pingid']
  return /^\d+$/.test(third) ? ['pingid'] : []
}

const firstCells = (text: string, delimiter: Delimiter): readonly string[] =>
  new SeedRowParser(delimiter).push(`${firstDataLine(text)}\n`).next().value?.cells ?? []
