import { decodeTextStream, textSliceLength } from '../decode-text-stream.ts'
import { FormatError } from '../format-error.ts'
import { detectDelimiter, detectDialect } from './detect-dialect.ts'
import type { SeedDialect } from './dialects.ts'
import { type LineReader, lineReader, type SeedColumns } from './line-reader.ts'
import { refuseSeedList } from './refuse.ts'
import { type Delimiter, type SeedRow, SeedRowParser } from './row-parser.ts'
import { type SecretRule, type SeedDefaults, type SeedToken, seedToken } from './seed-token.ts'
import { SerialBook } from './serial-book.ts'

/** What the administrator chose; everything absent is detected or the dialect's usual. */
export type ReadSeedListOptions = {
  readonly dialect?: SeedDialect
  readonly delimiter?: Delimiter
  /** For the dialect `columns`. */
  readonly columns?: SeedColumns
  /** For lines that do not say it themselves; Duo and PingID lists need `kind`. */
  readonly defaults?: SeedDefaults
  /** Instead of the dialect's usual spelling of secrets. */
  readonly secretEncoding?: SecretRule
  /** Lets numeric serials of different lengths pass, which otherwise means that leading zeros were lost. */
  readonly allowMixedSerialLengths?: boolean
}

/**
 * One line's token (`ambiguous`: hex and base32 were both possible and the length decided; confirm with one code), or one
 * refusal. A `fatal` refusal is the last item.
 */
export type SeedListItem =
  | ({ readonly ok: true; readonly line: number } & SeedToken)
  | { readonly ok: false; readonly error: FormatError; readonly fatal: boolean }

/**
 * Reads a vendor's or server's list of serials and seeds, line by line with bounded memory but for the serials seen. Never
 * throws for what the list holds: a bad line is one refused item naming line, serial and field; a bad list ends `fatal`.
 */
export async function* readSeedList(
  chunks: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>,
  options: ReadSeedListOptions = {},
): AsyncGenerator<SeedListItem, void, undefined> {
  const reader = new SeedListReader(options)
  try {
    for await (const text of decodeTextStream('csv', chunks)) yield* reader.take(text)
    yield* reader.end()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    yield { ok: false, error, fatal: true }
  }
}

type Reading = {
  readonly rows: SeedRowParser
  readonly lines: LineReader
  readonly secretRule: SecretRule
  readonly dialect: SeedDialect
}

class SeedListReader {
  readonly #options: ReadSeedListOptions
  readonly #serials: SerialBook
  #sample = ''
  #reading: Reading | undefined
  #records = 0

  constructor(options: ReadSeedListOptions) {
    this.#options = options
    this.#serials = new SerialBook(options.allowMixedSerialLengths ?? false)
  }

  *take(text: string): Generator<SeedListItem, void, undefined> {
    if (this.#reading !== undefined) return yield* this.#readRows(this.#reading, text)
    this.#sample += text
    if (this.#sample.length >= textSliceLength) yield* this.#start()
  }

  *end(): Generator<SeedListItem, void, undefined> {
    if (this.#reading === undefined) yield* this.#start()
    const reading = this.#reading
    if (reading !== undefined) for (const row of reading.rows.end()) yield* this.#readRow(reading, row)
    if (this.#records === 0) refuseSeedList('no-tokens', {}, 'it holds no line with a token')
  }

  *#start(): Generator<SeedListItem, void, undefined> {
    const sample = this.#sample
    if (sample.trim() === '') {
      if (sample.length < textSliceLength) return
      refuseSeedList('limit-exceeded', {}, `it begins with ${textSliceLength} or more blank characters`)
    }
    this.#sample = ''
    const detected = this.#options.dialect === undefined ? detectDialect(sample) : undefined
    const dialect = this.#options.dialect ?? detected?.dialect ?? 'oath-v1'
    const delimiter = this.#options.delimiter ?? (dialect === 'pam-oath' ? 'blanks' : detectDelimiter(sample))
    const lines = lineReader({ ...this.#options, dialect })
    const secretRule = this.#options.secretEncoding ?? lines.secretRule
    this.#reading = { rows: new SeedRowParser(delimiter), lines, secretRule, dialect }
    yield* this.#readRows(this.#reading, sample)
  }

  *#readRows(reading: Reading, text: string): Generator<SeedListItem, void, undefined> {
    for (const row of reading.rows.push(text)) yield* this.#readRow(reading, row)
  }

  *#readRow(reading: Reading, row: SeedRow): Generator<SeedListItem, void, undefined> {
    try {
      const fields = reading.lines.fieldsOf(row)
      if (fields === undefined) return
      const isByUser = reading.dialect === 'pam-oath'
      const serial = isByUser
        ? this.#serials.enterUser(fields.serial, row.line)
        : this.#serials.enter(fields.serial, row.line)
      const place = { line: row.line, serial }
      const read = seedToken({ place, fields, defaults: reading.lines.defaults }, reading.secretRule)
      this.#records += 1
      yield { ok: true, line: row.line, ...read }
    } catch (error) {
      // A refusal without a line is about the header and spoils every line below it.
      if (!(error instanceof FormatError) || error.record === undefined) throw error
      this.#records += 1
      yield { ok: false, error, fatal: false }
    }
  }
}
