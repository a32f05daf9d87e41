import type { KeyRing } from '../ports/key-ring.ts'
import type { SealedCell, SealedColumn } from '../ports/sealed-columns.ts'

/** Where the job stands; what a stopped one is resumed from. */
export interface RewrapProgress {
  /** `SealedColumn.place`. */
  readonly place: string
  readonly afterRow: string
  readonly done: number
  /** Values in all columns when the job began. */
  readonly total: number
}

const PAGE = 500

/**
 * Seals every value again under the current key of its purpose, while the product runs. Values that already are, are
 * passed over, so it may be repeated or resumed at any point. A value written meanwhile is under the current key anyway.
 * Yields after each page.
 * @param from The last progress of a stopped job.
 * @throws SealError for a value that does not open; all before it are done.
 */
export async function* rewrapSealed(
  ring: KeyRing,
  columns: readonly SealedColumn[],
  from?: RewrapProgress,
): AsyncGenerator<RewrapProgress> {
  const counts = await Promise.all(columns.map((column) => column.count()))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const first = Math.max(0, from === undefined ? 0 : columns.findIndex(({ place }) => place === from.place))
  let done = from?.done ?? 0
  for (const column of columns.slice(first)) {
    let afterRow = column.place === from?.place ? from.afterRow : ''
    for (;;) {
      const cells = await column.page(afterRow, PAGE)
      const last = cells.at(-1)
      if (last === undefined) break
      const changes = cells.flatMap((cell) => resealed(ring, column, cell))
      if (changes.length > 0) await column.replace(changes)
      afterRow = last.row
      done += cells.length
      yield { place: column.place, afterRow, done, total }
    }
  }
}

function resealed(ring: KeyRing, { table, column, purpose }: SealedColumn, { row, sealed }: SealedCell) {
  if (ring.sealedUnder(sealed) === ring.currentKeyId(purpose)) return []
  const context = { table, column, row }
  return [{ row, previous: sealed, sealed: ring.seal(purpose, context, ring.open(purpose, context, sealed)) }]
}
