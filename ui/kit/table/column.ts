import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Name of the order in which the list follows this column; absent = it can be in none. */
  readonly sort?: string
  /** Not shown until it is chosen. */
  readonly hidden?: boolean
  /** Cannot be taken away: it names the row. */
  readonly fixed?: boolean
}

/** Whatever a paged endpoint answers: contract `pageOf` and `countedPageOf`. */
export interface PageOfRows<Row> {
  readonly items: readonly Row[]
  readonly next?: string | undefined
  readonly total?: { readonly count: number; readonly atLeast: boolean } | undefined
}

/** The order of a list, and how to have another. */
export interface ListSort {
  readonly by: string
  set(by: string): void
}

export interface RowAction<Row> {
  readonly title: string
  readonly onChoose: (row: Row) => void
  readonly isDanger?: boolean
}
