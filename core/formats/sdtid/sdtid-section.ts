import { encodeUtf8 } from '../utf8.ts'

/** An element without child elements: its own name, its dotted path from the section's name, its exact decoded text. */
export type SdtidLeaf = { readonly name: string; readonly path: string; readonly text: string }

/** One `TKNHeader` or `TKN`: its leaves in document order. */
export type SdtidSection = { readonly name: string; readonly leaves: readonly SdtidLeaf[] }

/** The exact text of the first leaf of that name at any depth; undefined when there is none. */
export function leafText(section: SdtidSection, name: string): string | undefined {
  return section.leaves.find((leaf) => leaf.name === name)?.text
}

/** A field of a token: in the token itself, else the header's default `DefX`, else the header's `X`. */
export function lookUp(header: SdtidSection, token: SdtidSection, name: string): string | undefined {
  return leafText(token, name) ?? leafText(header, `Def${name}`) ?? leafText(header, name)
}

/** Drops the blanks XML knows from both ends. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '')
}

/** MAC elements, and what is inside one, are covered by no MAC: names of more than three characters ending in MAC. */
function isCovered(leaf: SdtidLeaf): boolean {
  const names = leaf.path.split('.').slice(1)
  return !names.some((name) => name.length > 3 && name.endsWith('MAC'))
}

function macLine(leaf: SdtidLeaf): Uint8Array {
  return encodeUtf8(`${leaf.path} ${leaf.text === '' ? `</${leaf.name}>` : leaf.text}\n`)
}

/**
 * The bytes that a section's MAC is taken over: one line per leaf, with gaps of zero bytes after it. The gaps, and that
 * a short line moves back over the last partial block, are quirks of the vendor's code that every file depends on.
 */
export function macMessage(section: SdtidSection): Uint8Array {
  const lines = section.leaves.filter(isCovered).map((leaf) => ({ bytes: macLine(leaf), isBlank: leaf.text === '' }))
  const buffer = new Uint8Array(lines.reduce((sum, line) => sum + line.bytes.length + 16, 0))
  let position = 0
  let gap = 0
  for (const { bytes, isBlank } of lines) {
    if (!isBlank && bytes.length + gap <= 16) position -= position % 16
    buffer.set(bytes, position)
    buffer.fill(0, position + bytes.length, position + bytes.length + gap)
    position += bytes.length + gap
    gap = position % 16 || 16
  }
  return buffer.subarray(0, position)
}
