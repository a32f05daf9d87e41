import type { ImportFormat } from './import-formats.ts'

/** How much of a file is looked at. */
const SAMPLE_BYTES = 4096

/**
 * Tells a file's format from its first bytes. XML is sdtid or PSKC by its root element; a CTF string is digits, a link or
 * base64; otpauth links say so; everything else is taken for a list.
 */
export function detectImportFormat(sample: Uint8Array): ImportFormat {
  const text = String.fromCharCode(...sample.subarray(0, SAMPLE_BYTES))
    .replace(/^ï»¿/, '')
    .trim()
  if (/<TKNBatch\b/i.test(text)) return 'sdtid'
  if (/<(?:[\w.-]+:)?KeyContainer\b/.test(text)) return 'pskc'
  if (text.startsWith('<') || text.startsWith('PK')) return 'sdtid'
  if (/^otpauth(?:-migration)?:/i.test(text)) return 'otpauth'
  if (/ctfdata|\bctkip\b|activationcode=/i.test(text)) return 'ctf'
  if (/^[0-9][0-9\s-]{70,}$/.test(text) || /^[AB][A-Za-z0-9+/\s]{200,}=*$/.test(text)) return 'ctf'
  return 'csv'
}

/** A stream whose beginning was looked at, whole again. @returns the sample and all chunks from the start. */
export async function sampled(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly sample: Uint8Array; readonly chunks: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  for (let size = 0; size < SAMPLE_BYTES; ) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    size += next.value.length
  }
  const sample = new Uint8Array(seen.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of seen) {
    sample.set(chunk, at)
    at += chunk.length
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* seen
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
  }
  return { sample, chunks: chunks() }
}
