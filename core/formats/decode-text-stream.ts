import { FormatError, type FormatName } from './format-error.ts'
import { createUtf8Decoder, Utf8Error } from './utf8.ts'

/** Bytes or characters handed on at once, so that a reader's limits are felt early however large the chunks are. */
export const textSliceLength = 16_384

type Chunks<Chunk> = Iterable<Chunk> | AsyncIterable<Chunk>

/**
 * Decodes chunks of UTF-8 bytes (text chunks pass through) into slices of at most `textSliceLength` characters. A byte order
 * mark at the start is dropped. Throws `not-utf8`, `nul-byte`, `truncated`, or `empty` when there was no character at all.
 */
export async function* decodeTextStream(
  format: FormatName,
  chunks: Chunks<Uint8Array | string>,
): AsyncGenerator<string, void, undefined> {
  const decoder = createUtf8Decoder()
  let isFirst = true
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += textSliceLength) {
      const slice = chunk.slice(start, start + textSliceLength)
      const text = typeof slice === 'string' ? requireNoNul(format, slice) : decode(format, decoder, slice)
      if (text === '') continue
      const withoutMark = isFirst && text.startsWith('\ufeff') ? text.slice(1) : text
      isFirst = false
      yield withoutMark
    }
  }
  if (!decoder.isComplete()) refuse(format, 'truncated', 'the text ends in the middle of a character')
  if (isFirst) refuse(format, 'empty', 'there is nothing in it')
}

const decode = (format: FormatName, decoder: ReturnType<typeof createUtf8Decoder>, slice: Uint8Array): string => {
  try {
    return decoder.decode(slice)
  } catch (error) {
    if (!(error instanceof Utf8Error)) throw error
    const cause = error.fault === 'nul-byte' ? 'is zero' : 'is not UTF-8 text; save the file as UTF-8'
    return refuse(format, error.fault, `byte ${error.byteOffset} ${cause}`)
  }
}

const requireNoNul = (format: FormatName, text: string): string => {
  if (text.includes('\0')) refuse(format, 'nul-byte', 'it holds a NUL character')
  return text
}

function refuse(format: FormatName, code: 'empty' | 'truncated' | 'not-utf8' | 'nul-byte', cause: string): never {
  throw new FormatError({ format, code }, `${format} file refused: ${cause}`)
}
