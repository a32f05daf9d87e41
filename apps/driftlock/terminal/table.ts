import Table from 'cli-table3'
import { harmless } from './terminal.ts'

export type Cell = string | number | boolean | null | undefined
export type Row = Readonly<Record<string, Cell>>

const PLAIN_CHARACTERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const

/**
 * Rows as a table whose headings are the names of the fields; where the terminal is too narrow for that, each row as a
 * block of lines. Fields that are empty in every row are left out.
 */
export function tableText(rows: readonly Row[], width: number): string {
  const headings = headingsOf(rows)
  const cells = rows.map((row) => headings.map((heading) => cellText(row[heading])))
  const widths = headings.map((heading, at) => Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)))
  const needed = widths.reduce((sum, one) => sum + one + 2, -2)
  if (needed > width) return rows.map((row) => fieldsText(row)).join('\n\n')
  const table = new Table({
    head: headings.map((heading) => heading.toUpperCase()),
    chars: PLAIN_CHARACTERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  table.push(...cells)
  return trimmed(table.toString())
}

/** One object as lines of `name  value`; empty fields are left out. */
export function fieldsText(row: Row): string {
  const names = headingsOf([row])
  const longest = Math.max(...names.map((name) => name.length))
  return names.map((name) => `${name.padEnd(longest)}  ${cellText(row[name])}`).join('\n')
}

function headingsOf(rows: readonly Row[]): readonly string[] {
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return all.filter((heading) => rows.some((row) => cellText(row[heading]) !== ''))
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  return harmless(String(cell))
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
