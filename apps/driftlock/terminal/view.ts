import type { ExitCode } from './exit-code.ts'
import { fieldsText, type Row, tableText } from './table.ts'
import { type Terminal, widthOf } from './terminal.ts'

/** What a command has to say: once for programs, once for people. */
export interface View {
  /** `--json`: one object on one line. */
  readonly json: unknown
  /** For people; gets the width of the terminal in columns. */
  readonly text: (width: number) => string
  /** Beside the answer, on the error stream: warnings and what to do next. */
  readonly notes?: readonly string[]
  /** Absent = ok. */
  readonly exit?: ExitCode
}

/** An object: its fields as lines, or as one object of JSON. */
export function objectView(json: unknown, row: Row, notes: readonly string[] = []): View {
  return { json, text: () => fieldsText(row), notes }
}

/** One sentence. */
export function doneView(json: unknown, sentence: string, notes: readonly string[] = []): View {
  return { json, text: () => sentence, notes }
}

export interface ListParts {
  readonly items: readonly unknown[]
  readonly rows: readonly Row[]
  /** What to say instead of an empty table. */
  readonly empty: string
  readonly notes?: readonly string[]
}

/** A list: a table for people; JSON lines for programs, one object each. */
export function listView({ items, rows, empty, notes = [] }: ListParts): View {
  const text = (width: number) => (rows.length === 0 ? empty : tableText(rows, width))
  return { json: new JsonLines(items), text, notes }
}

/** Written as one line of JSON each. */
export class JsonLines {
  readonly items: readonly unknown[]
  constructor(items: readonly unknown[]) {
    this.items = items
  }
}

export function show(view: View, terminal: Terminal, json: boolean): void {
  write(view, terminal, json)
  for (const note of view.notes ?? []) terminal.stderr.write(`${note}\n`)
}

function write(view: View, terminal: Terminal, json: boolean): void {
  if (!json) {
    const text = view.text(widthOf(terminal))
    if (text !== '') terminal.stdout.write(`${text}\n`)
    return
  }
  const items = view.json instanceof JsonLines ? view.json.items : [view.json]
  for (const item of items) terminal.stdout.write(`${jsonText(item)}\n`)
}

/** JSON in which 64-bit numbers are strings of digits and octets never show. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_name, field: unknown) => {
    if (typeof field === 'bigint') return field.toString()
    if (field instanceof Uint8Array) return undefined
    return field
  })
}
