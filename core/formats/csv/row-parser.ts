import { refuseSeedList } from './refuse.ts'

/** What parts the cells: one character, or any run of blanks. */
export type Delimiter = ',' | ';' | '\t' | 'blanks'

/** One line's cells, and the line it starts on, counted from 1. */
export type SeedRow = { readonly line: number; readonly cells: readonly string[] }

const MAX_CELL_CHARACTERS = 4096
const MAX_CELLS = 64
/** Longest stretch of comments, blank lines or one line's cells. */
const MAX_ROW_CHARACTERS = 262_144

type State = 'cell-start' | 'plain' | 'quoted' | 'quote-seen' | 'comment'

/**
 * A strict streaming reader of RFC 4180 text: quoted cells, doubled quotes, line ends CRLF, LF or CR. Lines that start with `#`
 * and blank lines give no row. Refuses text after a closing quote, an open quote at the end, and cells over 4096 characters.
 */
export class SeedRowParser {
  readonly #delimiter: Delimiter
  #state: State = 'cell-start'
  #cells: string[] = []
  #cell = ''
  #line = 1
  #rowLine = 1
  #characters = 0
  #afterCarriageReturn = false

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter
  }

  /** Rows completed by the next stretch of text. */
  *push(text: string): Generator<SeedRow, void, undefined> {
    for (const character of text) {
      this.#characters += 1
      if (this.#characters > MAX_ROW_CHARACTERS) {
        this.#refuse('limit-exceeded', `no token comes for ${MAX_ROW_CHARACTERS} characters`)
      }
      const isLineEnd = character === '\n' || character === '\r'
      const endsCrLf = character === '\n' && this.#afterCarriageReturn
      this.#afterCarriageReturn = character === '\r'
      if (isLineEnd && !endsCrLf) this.#line += 1
      if (this.#state === 'quoted') this.#takeQuoted(character)
      else if (!isLineEnd) this.#take(character)
      else if (!endsCrLf) yield* this.#endRow()
    }
  }

  /** The last row, when no line end closed it. */
  *end(): Generator<SeedRow, void, undefined> {
    if (this.#state === 'quoted') this.#refuse('truncated', 'a quoted cell is never closed')
    yield* this.#endRow()
  }

  #takeQuoted(character: string): void {
    if (character === '"') this.#state = 'quote-seen'
    else this.#append(character)
  }

  #take(character: string): void {
    if (this.#state === 'comment') return
    if (this.#isDelimiter(character)) return this.#endCell()
    if (this.#state === 'cell-start') return this.#startCell(character)
    if (this.#state === 'plain') return this.#append(character)
    if (character !== '"') this.#refuse('not-well-formed', 'text follows a closing quote')
    this.#state = 'quoted'
    this.#append(character)
  }

  #startCell(character: string): void {
    const isFirst = this.#cells.length === 0 && this.#cell === ''
    if (isFirst && character === '#') this.#state = 'comment'
    else if (character === '"' && this.#delimiter !== 'blanks') this.#state = 'quoted'
    else {
      this.#state = 'plain'
      this.#append(character)
    }
  }

  #isDelimiter(character: string): boolean {
    return this.#delimiter === 'blanks' ? character === ' ' || character === '\t' : character === this.#delimiter
  }

  #append(character: string): void {
    if (this.#cell.length >= MAX_CELL_CHARACTERS) {
      this.#refuse('limit-exceeded', `a cell is longer than ${MAX_CELL_CHARACTERS} characters`)
    }
    this.#cell += character
  }

  #endCell(): void {
    if (this.#delimiter !== 'blanks' || this.#cell !== '') this.#cells.push(this.#cell.trim())
    if (this.#cells.length > MAX_CELLS) this.#refuse('limit-exceeded', `it has more than ${MAX_CELLS} cells`)
    this.#cell = ''
    this.#state = 'cell-start'
  }

  *#endRow(): Generator<SeedRow, void, undefined> {
    if (this.#state !== 'comment') this.#endCell()
    const row = { line: this.#rowLine, cells: this.#cells }
    this.#cells = []
    this.#state = 'cell-start'
    this.#rowLine = this.#line
    if (row.cells.every((cell) => cell === '')) return
    this.#characters = 0
    yield row
  }

  #refuse(code: 'truncated' | 'not-well-formed' | 'limit-exceeded', cause: string): never {
    return refuseSeedList(code, { line: this.#rowLine }, cause)
  }
}
