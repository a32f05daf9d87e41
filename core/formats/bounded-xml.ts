import { SaxesParser } from 'saxes'
import { FormatError, type FormatErrorCode, type FormatName } from './format-error.ts'
import { createUtf8Decoder, Utf8Error } from './utf8.ts'

/** What a format does with the elements of its file. `text` may come in several pieces; CDATA counts as text. */
export type XmlEvents = {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(name: string): void
}

/** Bytes handed to the parser at a time. */
const sliceBytes = 16 * 1024

/** Longest stretch of text, comment or tag in characters. The longest honest field, a certificate, has about 2,000. */
const maxFieldCharacters = 64 * 1024

/** Deepest nesting of elements. An sdtid file needs 4, a PSKC file about 9. */
const maxDepth = 24

/** Cuts a chunk of any size into slices fit for {@link BoundedXml.write}; copies nothing. */
export function* xmlSlices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < chunk.length; start += sliceBytes) yield chunk.subarray(start, start + sliceBytes)
}

/**
 * A streaming XML reader for files from strangers: strict UTF-8, no DTD and so no entities of its own, no zero bytes,
 * limits on nesting and on the length of any one field, tag or comment. Memory stays bounded whatever comes in.
 * Every fault is thrown as a `FormatError` of the given format, with line and column but never with text of the file.
 */
export class BoundedXml {
  readonly #format: FormatName
  readonly #events: XmlEvents
  readonly #decoder = createUtf8Decoder()
  readonly #parser = new SaxesParser()
  #depth = 0
  #hasRoot = false
  #hasText = false
  /** Characters since the parser last finished something; whatever it still holds is no longer than that. */
  #quietCharacters = 0
  #hasProgressed = false

  constructor(format: FormatName, events: XmlEvents) {
    this.#format = format
    this.#events = events
    this.#parser.on('doctype', () => {
      throw this.#refuse('doctype-refused', 'The file declares a document type (DTD); such files are not accepted.')
    })
    this.#parser.on('opentag', (tag) => this.#open(tag.name, tag.attributes))
    this.#parser.on('closetag', (tag) => this.#close(tag.name))
    this.#parser.on('text', (text) => this.#text(text))
    this.#parser.on('cdata', (text) => this.#text(text))
    this.#parser.on('comment', () => {
      this.#hasProgressed = true
    })
  }

  /** Feeds bytes, best in slices of {@link xmlSlices}: the limits are checked after each call. */
  write(slice: Uint8Array): void {
    const text = this.#decode(slice)
    if (text.length > 0) this.#hasText = true
    this.#hasProgressed = false
    this.#parse(text)
    this.#quietCharacters = this.#hasProgressed ? 0 : this.#quietCharacters + text.length
    if (this.#quietCharacters > maxFieldCharacters)
      throw this.#refuse(
        'limit-exceeded',
        `A field near ${this.#place()} is longer than ${maxFieldCharacters} characters.`,
      )
  }

  /** Says that the file is over; throws when it stops in the middle. */
  end(): void {
    const stops = () => this.#refuse('truncated', `The file stops in the middle, at ${this.#place()}.`)
    if (!this.#hasText) throw this.#refuse('empty', 'The file is empty.')
    if (this.#depth > 0 || !this.#decoder.isComplete()) throw stops()
    if (!this.#hasRoot) throw this.#refuse('not-well-formed', 'The file holds no XML element.')
    try {
      this.#parser.close()
    } catch {
      throw stops()
    }
  }

  #place(): string {
    return `line ${this.#parser.line}, column ${this.#parser.column}`
  }

  #refuse(code: FormatErrorCode, message: string): FormatError {
    return new FormatError({ format: this.#format, code }, message)
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#hasProgressed = this.#hasRoot = true
    this.#depth += 1
    if (this.#depth > maxDepth)
      throw this.#refuse('limit-exceeded', `Elements are nested deeper than ${maxDepth} levels.`)
    this.#events.open(name, attributes)
  }

  #close(name: string): void {
    this.#hasProgressed = true
    this.#depth -= 1
    this.#events.close(name)
  }

  #text(text: string): void {
    this.#hasProgressed = true
    if (this.#depth > 0) this.#events.text(text)
  }

  #parse(text: string): void {
    try {
      this.#parser.write(text)
    } catch (error) {
      if (error instanceof FormatError) throw error
      throw this.#refuse('not-well-formed', `The file is not well-formed XML at ${this.#place()}.`)
    }
  }

  #decode(slice: Uint8Array): string {
    try {
      return this.#decoder.decode(slice)
    } catch (error) {
      if (!(error instanceof Utf8Error)) throw error
      const place = `Byte ${error.byteOffset} of the file`
      if (error.fault === 'nul-byte') throw this.#refuse('nul-byte', `${place} is zero.`)
      throw this.#refuse('not-utf8', `${place} is not UTF-8 text; save the file as UTF-8.`)
    }
  }
}
