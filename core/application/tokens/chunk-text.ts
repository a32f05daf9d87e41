import { FormatError, type FormatName } from '@driftlock/formats'
import { textOf } from '../text-bytes.ts'

/** What is read whole is short: a token string, some links. */
const MAX_BYTES = 1_048_576

/** The text of a short file. @throws FormatError `limit-exceeded`, `not-utf8`. */
export async function textOfChunks(format: FormatName, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: number[] = []
  for await (const chunk of chunks) {
    if (parts.length + chunk.length > MAX_BYTES)
      throw new FormatError(
        { format, code: 'limit-exceeded' },
        `${format} text refused: it is longer than ${MAX_BYTES} bytes.`,
      )
    for (const octet of chunk) parts.push(octet)
  }
  try {
    return textOf(Uint8Array.from(parts)).replace(/^\ufeff/, '')
  } catch {
    throw new FormatError({ format, code: 'not-utf8' }, `${format} text refused: it is not UTF-8.`)
  }
}
