import { CompiledQuery } from 'kysely'
import type { Queries } from '../engine.ts'
import type { EngineKind } from '../schema/column-types.ts'

/** Rows of one INSERT on PostgreSQL, where each is a round trip: below its limit on bound values. */
export const ROWS_AT_ONCE = 100

export interface Insertion<Column extends string> {
  readonly into: string
  readonly columns: readonly Column[]
  /** SQL in the place of a bound value; `?` stands for the value. */
  readonly expressions?: Readonly<Partial<Record<Column, string>>>
  /** What follows the values, such as ON CONFLICT. */
  readonly suffix?: string
}

/**
 * Inserts many rows with statements made once per size: a query builder would make a tree of every value of every row,
 * which a million records pay with time and memory.
 */
export async function insertRows<Column extends string>(
  queries: Queries,
  kind: EngineKind,
  {
    insertion,
    rows,
  }: { readonly insertion: Insertion<Column>; readonly rows: readonly Readonly<Record<Column, unknown>>[] },
): Promise<void> {
  const atOnce = kind === 'sqlite' ? 1 : ROWS_AT_ONCE
  const whole = insertText(kind, insertion, atOnce)
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce)
    const text = some.length === atOnce ? whole : insertText(kind, insertion, some.length)
    const values = some.flatMap((row) => insertion.columns.map((column) => row[column]))
    await queries.executeQuery(CompiledQuery.raw(text, values))
  }
}

function insertText<Column extends string>(kind: EngineKind, insertion: Insertion<Column>, rowCount: number): string {
  const { into, columns, expressions, suffix = '' } = insertion
  const width = columns.length
  const mark = (place: number) => (kind === 'sqlite' ? '?' : `$${place + 1}`)
  const cell = (column: Column, place: number) => expressions?.[column]?.replace('?', mark(place)) ?? mark(place)
  const row = (index: number) => columns.map((column, at) => cell(column, index * width + at)).join(', ')
  const rows = Array.from({ length: rowCount }, (_, index) => `(${row(index)})`)
  return `INSERT INTO ${into} (${columns.join(', ')}) VALUES ${rows.join(', ')} ${suffix}`
}
