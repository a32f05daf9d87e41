import { SaxesParser } from 'saxes'
import { FormatError, type FormatErrorCode, type FormatName } from './format-error.ts'
import { createUtf8Decoder, Utf8Error } from './utf8.ts'

/** What a format does with the elements of its file. `text` may come in several pieces; CDATA counts as text. */
export type XmlEvents = {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(name: string): void
}

export type BoundedXml = {
  /** Feeds bytes. At most {@link xmlSliceBytes} at a time keeps memory and latency bounded. */
  write(slice: Uint8Array): void
  /** Says that the file is over; throws when it stops in the middle. */
  end(): void
}

/** Bytes handed to the parser at a time. */
export const xmlSliceBytes = 16 * 1024

/** Longest stretch of text, comment or tag in characters. The longest honest field, a certificate, has about 2,000. */
export const maxXmlFieldCharacters = 64 * 1024

/** Deepest nesting of elements. An sdtid file needs 4, a PSKC file about 9. */
export const maxXmlDepth = 24

/** Cuts a chunk of any size into slices fit for {@link BoundedXml.write}; copies nothing. */
export function* xmlSlices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < chunk.length; start += xmlSliceBytes) yield chunk.subarray(start, start + xmlSliceBytes)
}

/**
 * A streaming XML reader for files from strangers: strict UTF-8, no DTD and so no entities of its own, no zero bytes,
 * limits on nesting and on the length of any one field, tag or comment. Memory stays bounded whatever comes in.
 * Every fault is thrown as a `FormatError` of the given format, with line and column but never with text of the file.
 */
// oxlint-disable-next-line max-lines-per-function -- the limits are closures over the state of one parser
export function createBoundedXml(format: FormatName, events: XmlEvents): BoundedXml {
  const decoder = createUtf8Decoder()
  const parser = new SaxesParser()
  let depth = 0
  let seenRoot = false
  let seenText = false
  let quietCharacters = 0
  let progressed = false

  const where = () => `line ${parser.line}, column ${parser.column}`
  const refuse = (code: FormatErrorCode, message: string) => new FormatError({ format, code }, message)

  parser.on('doctype', () => {
    throw refuse('doctype-refused', 'The file declares a document type (DTD); such files are not accepted.')
  })
  parser.on('opentag', (tag) => {
    progressed = seenRoot = true
    depth += 1
    if (depth > maxXmlDepth) throw refuse('limit-exceeded', `Elements are nested deeper than ${maxXmlDepth} levels.`)
    events.open(tag.name, tag.attributes)
  })
  parser.on('closetag', (tag) => {
    progressed = true
    depth -= 1
    events.close(tag.name)
  })
  parser.on('text', (text) => {
    progressed = true
    if (depth > 0) events.text(text)
  })
  parser.on('cdata', (text) => {
    progressed = true
    events.text(text)
  })
  parser.on('comment', () => {
    progressed = true
  })

  function parse(text: string): void {
    try {
      parser.write(text)
    } catch (error) {
      if (error instanceof FormatError) throw error
      throw refuse('not-well-formed', `The file is not well-formed XML at ${where()}.`)
    }
  }

  function decode(slice: Uint8Array): string {
    try {
      return decoder.decode(slice)
    } catch (error) {
      if (!(error instanceof Utf8Error)) throw error
      if (error.fault === 'nul-byte') throw refuse('nul-byte', `Byte ${error.byteOffset} of the file is zero.`)
      throw refuse('not-utf8', `Byte ${error.byteOffset} of the file is not UTF-8 text; save the file as UTF-8.`)
    }
  }

  function write(slice: Uint8Array): void {
    const text = decode(slice)
    if (text.length > 0) seenText = true
    progressed = false
    parse(text)
    quietCharacters = progressed ? 0 : quietCharacters + text.length
    if (quietCharacters > maxXmlFieldCharacters)
      throw refuse('limit-exceeded', `A field near ${where()} is longer than ${maxXmlFieldCharacters} characters.`)
  }

  function end(): void {
    if (!seenText) throw refuse('empty', 'The file is empty.')
    if (depth > 0 || !decoder.isComplete()) throw refuse('truncated', `The file stops in the middle, at ${where()}.`)
    if (!seenRoot) throw refuse('not-well-formed', 'The file holds no XML element.')
    try {
      parser.close()
    } catch {
      throw refuse('truncated', `The file stops in the middle, at ${where()}.`)
    }
  }

  return { write, end }
}
