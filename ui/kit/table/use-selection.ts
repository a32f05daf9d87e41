import { useState } from 'react'

export interface Selection<Row> {
  /** The selected rows by their keys, of all pages. */
  readonly rows: ReadonlyMap<string, Row>
  toggle(rows: readonly Row[], isSelected: boolean): void
  clear(): void
}

/** Rows of a table that are selected, kept while its pages are turned. */
export function useSelection<Row>(keyOf: (row: Row) => string): Selection<Row> {
  const [selected, setSelected] = useState<ReadonlyMap<string, Row>>(new Map())
  return {
    rows: selected,
    clear: () => setSelected(new Map()),
    toggle: (rows, isSelected) => {
      const next = new Map(selected)
      for (const row of rows) {
        if (isSelected) next.set(keyOf(row), row)
        else next.delete(keyOf(row))
      }
      setSelected(next)
    },
  }
}
