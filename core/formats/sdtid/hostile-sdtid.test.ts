import { describe, expect, it } from 'vitest'
import { FormatError } from '../format-error.ts'
import { encodeUtf8 } from '../utf8.ts'
import { readSdtid } from './read-sdtid.ts'
import { sampleSecret, sampleToken } from './testing/sample-batch.ts'
import { writeSdtid } from './write-sdtid.ts'

const megabyte = 1024 * 1024

/** One hundred megabytes of the same filling after an opening, made piece by piece; counts what was taken of it. */
function* flood(opening: string, filling: string, taken: { megabytes: number }): Generator<Uint8Array> {
  yield encodeUtf8(opening)
  const piece = encodeUtf8(filling.repeat(Math.ceil(megabyte / filling.length)))
  for (; taken.megabytes < 100; taken.megabytes++) yield piece
}

async function causeOf(chunks: Iterable<Uint8Array>): Promise<string> {
  try {
    for await (const record of readSdtid(chunks)) if (!record.ok) return record.error.code
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
  return 'accepted'
}

describe('hostile sdtid files', () => {
  it.each([
    ['a field', '<TKNBatch><TKNHeader><Name>', 'x'],
    ['a CDATA section', '<TKNBatch><TKNHeader><Name><![CDATA[', 'x<y>'],
    ['a comment full of markup', '<TKNBatch><!--', '<a>'],
    ['a processing instruction', '<TKNBatch><?x ', 'y<z>'],
    ['an element name', '<TKNBatch><', 'x'],
    ['an attribute', '<TKNBatch a="', 'x'],
    ['attributes', '<TKNBatch ', ' a="b"'],
    ['an entity name', '<TKNBatch>&', 'x'],
    ['blank space before the root', '', ' '],
    ['a document type', '<!DOCTYPE x [', '<!ENTITY a "aaaa">'],
    ['nesting', '', '<TKNBatch>'],
    ['nesting inside a token', '<TKNBatch><TKNHeader>', '<x>'],
    ['fields', '<TKNBatch><TKNHeader>', '<x>1</x>'],
    ['text in pieces', '<TKNBatch><TKNHeader><Name>', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx<!---->'],
  ])('gives up on 100 MB of %s within the first megabytes', async (_, opening, filling) => {
    const taken = { megabytes: 0 }
    const cause = await causeOf(flood(opening, filling, taken))
    expect(['limit-exceeded', 'not-well-formed', 'doctype-refused']).toContain(cause)
    expect(taken.megabytes).toBeLessThanOrEqual(1)
  })

  it('handles one chunk of 100 MB without a second of work', async () => {
    const chunk = new Uint8Array(100 * megabyte).fill(0x78)
    chunk.set(encodeUtf8('<TKNBatch><TKNHeader><Name>'))
    const startedMs = performance.now()
    expect(await causeOf([chunk])).toBe('limit-exceeded')
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })

  it('reads 200,000 tokens with memory that does not grow with them', { timeout: 240_000 }, async () => {
    const tokens = Array.from({ length: 400 }, (_, index) => ({ ...sampleToken, serial: `${index}`.padStart(12, '0') }))
    const file = writeSdtid({ tokens, secret: sampleSecret })
    const [first, last] = [file.indexOf('<TKN>'), file.indexOf('<TKNTrailer>')]
    const body = encodeUtf8(file.slice(first, last))
    function* chunks() {
      yield encodeUtf8(file.slice(0, first))
      for (let batch = 0; batch < 500; batch++) yield body
      yield encodeUtf8(file.slice(last))
    }
    let count = 0
    let peakBytes = 0
    for await (const record of readSdtid(chunks())) {
      if (record.ok) count += 1
      if (count % 10_000 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage().heapUsed)
    }
    expect(count).toBe(200_000)
    expect(peakBytes).toBeLessThan(250 * megabyte)
  })
})
