import { describe, expect, it } from 'vitest'
import { FormatError } from '../format-error.ts'
import { encodeUtf8 } from '../utf8.ts'
import { readSdtid } from './read-sdtid.ts'
import { heldBytes } from '../testing/held-bytes.ts'
import { longSdtid } from './testing/long-sdtid.ts'
import { workMsSince } from '../testing/work-since.ts'

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
    const before = process.threadCpuUsage()
    expect(await causeOf([chunk])).toBe('limit-exceeded')
    expect(workMsSince(before)).toBeLessThan(1000)
  })

  // `npm run proof -- long-files` reads 200,000 in every format; what is held per token shows in fewer.
  it('reads on and on without holding anything of the tokens it has read', async () => {
    const held: number[] = []
    let count = 0
    for await (const record of readSdtid(longSdtid(4000))) {
      if (record.ok) count += 1
      if (count === 1000 || count === 4000) held.push(heldBytes())
    }
    expect(count).toBe(4000)
    const [early = 0, late = 0] = held
    expect(late - early).toBeLessThan(megabyte)
  })
})
