/** What a statement answers that selects these columns, fetched as an array. */
export type ValuesOf<Columns, Names extends readonly (keyof Columns)[]> = {
  readonly [Place in keyof Names]: Columns[Names[Place]]
}
