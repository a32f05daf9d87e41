/** One step of the schema. Steps are numbered from 1 without gaps, never changed once released, and only add. */
export interface Migration {
  readonly version: number
  readonly name: string
  /** Statements in the words of `column-types.ts`, run in one transaction with the new version number. */
  readonly statements: readonly string[]
}
