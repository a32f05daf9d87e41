import { BoundedXml } from '../bounded-xml.ts'
import { FormatError, type FormatErrorCode } from '../format-error.ts'
import type { SdtidLeaf, SdtidSection } from './sdtid-section.ts'

/** A token of the files met has about 30 fields in about 1,000 characters, a header 31. */
const maxFields = 256
const maxSectionCharacters = 128 * 1024

const sectionNames = new Set(['TKNHeader', 'TKN'])

type OpenElement = { readonly name: string; text: string; hasChildren: boolean }

function refuse(code: FormatErrorCode, message: string, field?: string): FormatError {
  return new FormatError({ format: 'sdtid', code, field }, message)
}

/** Collects the leaves of one section while its elements open and close. */
function createSectionBuilder(sectionName: string) {
  const open: OpenElement[] = [{ name: sectionName, text: '', hasChildren: false }]
  const leaves: SdtidLeaf[] = []
  let characters = 0

  function text(piece: string): void {
    characters += piece.length
    if (characters > maxSectionCharacters)
      throw refuse('limit-exceeded', `A ${sectionName} is longer than ${maxSectionCharacters} characters.`, sectionName)
    const element = open.at(-1)
    if (element !== undefined && !element.hasChildren) element.text += piece
  }

  function begin(name: string): void {
    const parent = open.at(-1)
    if (parent !== undefined) {
      parent.hasChildren = true
      parent.text = ''
    }
    characters += name.length
    open.push({ name, text: '', hasChildren: false })
  }

  /** @returns the section when its own element closes. */
  function end(): SdtidSection | undefined {
    const path = open.map((element) => element.name).join('.')
    const element = open.pop()
    if (open.length === 0) return { name: sectionName, leaves }
    if (element !== undefined && !element.hasChildren) leaves.push({ name: element.name, path, text: element.text })
    if (leaves.length > maxFields)
      throw refuse('limit-exceeded', `A ${sectionName} has more than ${maxFields} fields.`, sectionName)
    return undefined
  }

  return { text, begin, end }
}

/**
 * An XML reader that hands over each `TKNHeader` and `TKN` of a batch as it closes and forgets everything else.
 * Throws `FormatError`: `not-sdtid` for another root element, and everything that {@link BoundedXml} throws.
 */
export function createSectionReader(onSection: (section: SdtidSection) => void): BoundedXml {
  let depth = 0
  let builder: ReturnType<typeof createSectionBuilder> | undefined
  return new BoundedXml('sdtid', {
    open(name) {
      depth += 1
      if (depth === 1 && name !== 'TKNBatch')
        throw refuse('not-sdtid', 'The file is XML but not an sdtid file: its outermost element is not TKNBatch.')
      if (builder !== undefined) builder.begin(name)
      else if (depth === 2 && sectionNames.has(name)) builder = createSectionBuilder(name)
    },
    text(piece) {
      builder?.text(piece)
    },
    close() {
      depth -= 1
      const section = builder?.end()
      if (section === undefined) return
      builder = undefined
      onSection(section)
    },
  })
}
