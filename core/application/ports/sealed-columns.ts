import type { SealPurpose } from './key-ring.ts'
import type { Sealed } from './sealed.ts'

/** A sealed value and the row it is bound to. */
export interface SealedCell {
  /** `SealContext.row`. */
  readonly row: string
  readonly sealed: Sealed
}

/** One column of sealed values, as the store offers it for rotation. */
export interface SealedColumn {
  /** Table, column and purpose the values are sealed for (`SealContext`); where they lie may be another place. */
  readonly table: string
  readonly column: string
  readonly purpose: SealPurpose
  /** Name of the place, unique among all columns; part of the progress that a resumed job begins from. */
  readonly place: string
  count(): Promise<number>
  /** @returns cells in the order of their rows, above `afterRow` ('' = from the start), at most `limit`. */
  page(afterRow: string, limit: number): Promise<readonly SealedCell[]>
  /** Replaces values that are still what they were when read; a row changed meanwhile is left alone. One transaction. */
  replace(changes: readonly (SealedCell & { readonly previous: Sealed })[]): Promise<void>
}
