import { SaxesParser, type SaxesTagNS } from 'saxes'
import { decodeTextStream, textSliceLength } from '../decode-text-stream.ts'
import { FormatError, type FormatErrorCode } from '../format-error.ts'
import { PSKC_NAMESPACE, type XmlElement } from './xml-tree.ts'

/** Bounds of one part (a KeyPackage, the EncryptionKey …). Real ones stay two orders of magnitude below. */
const MAX_DEPTH = 32
const MAX_ELEMENTS = 1000
const MAX_ATTRIBUTES = 64
const MAX_PART_CHARACTERS = 262_144

/**
 * Cuts a PSKC document (RFC 6030) into the children of its KeyContainer, one at a time, holding no more than one of them.
 * Refuses a DTD, another root, text that is not UTF-8, and anything over the bounds above, before it is held in memory.
 */
export async function* splitPskcDocument(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<XmlElement, void, undefined> {
  const splitter = new PskcSplitter()
  for await (const text of decodeTextStream('pskc', chunks)) {
    splitter.write(text)
    yield* splitter.takeParts()
  }
  splitter.end()
  yield* splitter.takeParts()
}

class PskcSplitter {
  readonly #parser = new SaxesParser({ xmlns: true })
  readonly #open: XmlElement[] = []
  #depth = 0
  #elements = 0
  #attributes = 0
  #characters = 0
  #parts: XmlElement[] = []

  constructor() {
    const parser = this.#parser
    parser.on('error', () => refuse('not-well-formed', `the XML breaks its rules at line ${parser.line}`))
    parser.on('doctype', () => refuse('doctype-refused', 'it holds a document type definition, which is never needed'))
    parser.on('xmldecl', (declaration) => requireUtf8(declaration.encoding))
    parser.on('opentagstart', () => this.#startTag())
    parser.on('attribute', () => this.#countAttribute())
    parser.on('opentag', (tag) => this.#openTag(tag))
    parser.on('closetag', () => this.#closeTag())
    parser.on('text', (text) => this.#addText(text))
    parser.on('cdata', (text) => this.#addText(text))
  }

  write(text: string): void {
    // Counted before it is parsed: a field without end never reaches an event.
    this.#characters += text.length
    this.#guarded(() => this.#parser.write(text))
    if (this.#characters > MAX_PART_CHARACTERS + textSliceLength) {
      refuse('limit-exceeded', `one key or field is longer than ${MAX_PART_CHARACTERS} characters`)
    }
  }

  end(): void {
    if (this.#depth > 0) refuse('truncated', 'the file stops in the middle')
    this.#guarded(() => this.#parser.close())
  }

  *takeParts(): Generator<XmlElement, void, undefined> {
    const parts = this.#parts
    this.#parts = []
    yield* parts
  }

  /** The parser's own texts quote the input, which may be a secret; only the place is passed on. */
  #guarded(step: () => void): void {
    try {
      step()
    } catch (error) {
      if (error instanceof FormatError) throw error
      refuse('not-well-formed', `the XML breaks its rules at line ${this.#parser.line}`)
    }
  }

  #startTag(): void {
    this.#attributes = 0
    this.#elements += 1
    if (this.#depth >= MAX_DEPTH) refuse('limit-exceeded', `elements are nested deeper than ${MAX_DEPTH}`)
    if (this.#elements > MAX_ELEMENTS) refuse('limit-exceeded', `one key has more than ${MAX_ELEMENTS} elements`)
  }

  #countAttribute(): void {
    this.#attributes += 1
    if (this.#attributes > MAX_ATTRIBUTES) {
      refuse('limit-exceeded', `an element has more than ${MAX_ATTRIBUTES} attributes`)
    }
  }

  #openTag(tag: SaxesTagNS): void {
    this.#depth += 1
    if (this.#depth === 1) return this.#openRoot(tag)
    const attributes = new Map(Object.values(tag.attributes).map((attribute) => [attribute.local, attribute.value]))
    const element: XmlElement = { local: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    this.#open.at(-1)?.children.push(element)
    this.#open.push(element)
  }

  #openRoot(tag: SaxesTagNS): void {
    if (tag.local !== 'KeyContainer') refuse('not-pskc', 'its root element is not KeyContainer')
    if (tag.uri !== PSKC_NAMESPACE) {
      refuse('unsupported-version', `its KeyContainer is not in the namespace ${PSKC_NAMESPACE} of RFC 6030`)
    }
    const version = tag.attributes['Version']?.value
    if (version !== undefined && !/^1(\.\d+)?$/.test(version)) refuse('unsupported-version', 'its Version is not 1.0')
  }

  #closeTag(): void {
    this.#depth -= 1
    const element = this.#open.pop()
    if (element === undefined || this.#depth > 1) return
    // ds:Signature and extensions are not PSKC's own; a KeyPackage in a foreign namespace is not a KeyPackage.
    if (element.namespace === PSKC_NAMESPACE) this.#parts.push(element)
    this.#elements = 0
    this.#characters = 0
  }

  #addText(text: string): void {
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += text
  }
}

const requireUtf8 = (encoding: string | undefined): void => {
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    refuse('not-utf8', 'its XML declaration names another encoding than UTF-8; save the file as UTF-8')
  }
}

function refuse(code: FormatErrorCode, cause: string): never {
  throw new FormatError({ format: 'pskc', code }, `PSKC file refused: ${cause}`)
}
