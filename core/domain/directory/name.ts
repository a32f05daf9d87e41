/** A name as it is shown, and the key by which two spellings of it are the same. */
export interface NormalisedName {
  readonly text: string
  readonly key: string
}

/** Input longer than this many times the limit is refused before it is normalised. */
const RAW_LENGTH_FACTOR = 4

/**
 * Unicode NFKC without blanks around it; the key is without case as well.
 * @param maxLength UTF-16 units after normalising.
 * @returns undefined when nothing is left, it is too long, or it has control, format, private, unassigned or
 * unpaired characters (an unassigned one could normalise differently tomorrow).
 */
export function normaliseName(raw: string, maxLength: number): NormalisedName | undefined {
  if (raw.length > maxLength * RAW_LENGTH_FACTOR) return undefined
  const text = raw.normalize('NFKC').trim()
  if (text === '' || text.length > maxLength || INVISIBLE.test(text)) return undefined
  return { text, key: withoutCase(text) }
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u

/** Lower-casing writes the Greek sigma by its place in the word; the key has one sigma only. */
function withoutCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}
