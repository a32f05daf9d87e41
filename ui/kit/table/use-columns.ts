import { useState } from 'react'
import type { Column } from './column.ts'

export interface ColumnChoice<Row> {
  readonly shown: readonly Column<Row>[]
  isShown(column: Column<Row>): boolean
  toggle(column: Column<Row>): void
}

/** Which columns of a table are shown; remembered in this browser under the table's name. */
export function useColumns<Row>(tableName: string, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const key = `driftlock-columns-${tableName}`
  const [chosen, setChosen] = useState(
    () => remembered(key) ?? columns.filter((one) => !one.hidden).map(({ id }) => id),
  )
  const isShown = (column: Column<Row>) => column.fixed === true || chosen.includes(column.id)
  return {
    isShown,
    shown: columns.filter(isShown),
    toggle: (column) => {
      const next = isShown(column) ? chosen.filter((id) => id !== column.id) : [...chosen, column.id]
      setChosen(next)
      localStorage.setItem(key, next.join(','))
    },
  }
}

function remembered(key: string): readonly string[] | undefined {
  return localStorage.getItem(key)?.split(',')
}
