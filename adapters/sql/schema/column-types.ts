export type EngineKind = 'sqlite' | 'postgresql'

/**
 * The words in which a table is described, per engine. Text is compared by bytes on both, so that pages come in the same
 * order; flags are 0 and 1; instants and counters are 64-bit integers.
 */
const WORDS: Record<EngineKind, Readonly<Record<string, string>>> = {
  sqlite: {
    text: 'TEXT',
    int: 'INTEGER',
    big: 'INTEGER',
    real: 'REAL',
    blob: 'BLOB',
    table: 'STRICT',
    hotTable: 'STRICT',
  },
  postgresql: {
    text: 'TEXT COLLATE "C"',
    int: 'INTEGER',
    big: 'BIGINT',
    real: 'DOUBLE PRECISION',
    blob: 'BYTEA',
    table: '',
    // Room on each page for the next version of a row: a login then changes no index.
    hotTable: 'WITH (fillfactor = 70)',
  },
}

/** Puts an engine's own words in the place of `{text}`, `{int}`, `{big}`, `{real}`, `{blob}`, `{table}` and `{hotTable}`. */
export function inWordsOf(engine: EngineKind, statement: string): string {
  return statement.replace(/\{(\w+)\}/g, (whole, word: string) => WORDS[engine][word] ?? whole)
}

/** Sorts after every instant and counter that occurs. */
export const LAST_NUMBER = 9007199254740991
/** Sorts before every instant and counter that occurs. */
export const FIRST_NUMBER = -LAST_NUMBER
/** Sorts after every text that occurs. */
export const LAST_TEXT = '\u{10FFFF}'
