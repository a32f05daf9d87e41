import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../format-error.ts'
import { encodeUtf8 } from '../utf8.ts'
import { readSdtid } from './read-sdtid.ts'
import { readAllSdtid } from './testing/read-all.ts'
import { sampleFile, sampleSecret, sampleToken } from './testing/sample-batch.ts'
import { writeSdtid } from './write-sdtid.ts'

const bytesOf = (text: string) => [encodeUtf8(text)]

/** The first refusal of a file, thrown or in a record. */
async function refusalOf(chunks: Iterable<Uint8Array>, password?: string): Promise<FormatError | undefined> {
  try {
    for await (const record of readSdtid(chunks, { password })) if (!record.ok) return record.error
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}

const causeOf = async (text: string, password?: string) => (await refusalOf(bytesOf(text), password))?.code

/** A file whose MACs fit, changed before they were computed. */
const withField = (name: string, text: string) =>
  sampleFile.replace(new RegExp(`<(Def)?${name}>[^<]*</`), (_, def = '') => `<${def}${name}>${text}</`)

describe('reading sdtid files', () => {
  it('reads the same tokens however the bytes are cut', async () => {
    const bytes = encodeUtf8(
      writeSdtid({ tokens: [sampleToken, { ...sampleToken, serial: '000000000007' }], secret: sampleSecret }),
    )
    const whole = await readAllSdtid([bytes])
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      expect(await readAllSdtid(pieces)).toEqual(whole)
    }
    expect(whole).toHaveLength(2)
  })

  it('goes on after a token that was changed and says which one it was', async () => {
    const tokens = ['000000000001', '000000000002', '000000000003'].map((serial) => ({ ...sampleToken, serial }))
    const text = writeSdtid({ tokens, secret: sampleSecret }).replace('<SN>000000000002<', '<SN>000000000009<')
    const records = await readAllSdtid(bytesOf(text))
    expect(records.map((record) => record.ok)).toEqual([true, false, true])
    expect(records[1]).toMatchObject({
      error: { code: 'token-tampered', record: { number: 2, serial: '000000000009' }, field: 'TokenMAC' },
    })
  })

  it('takes a token whose MAC is wrong or missing when told to, but never one of a changed header', async () => {
    const oldTool = sampleFile.replace(/<Nickname>[^<]*</, '<Nickname>R&amp;D<')
    const read = async (text: string) => {
      const records = []
      for await (const record of readSdtid(bytesOf(text), { ignoreTokenMacs: true })) records.push(record)
      return records
    }
    expect(await causeOf(oldTool)).toBe('token-tampered')
    expect(await read(oldTool)).toMatchObject([{ ok: true, token: { seed: sampleToken.seed, nickname: 'R&D' } }])
    expect(await read(oldTool.replace(/<TokenMAC>[^<]*<.TokenMAC>/, ''))).toMatchObject([{ ok: true }])
    const otherHeader = oldTool.replace(/<HeaderMAC>[^<]*</, '<HeaderMAC>AAAAAAAAAAAAAAAAAAAAAA==<')
    await expect(read(otherHeader)).rejects.toMatchObject({ format: 'sdtid' })
  })

  it('ignores a byte order mark, comments and Windows line ends', async () => {
    const text = `\ufeff${sampleFile.replace('<TKN>', '<!-- a note -->\r\n<TKN>')}`
    expect(await readAllSdtid(bytesOf(text))).toEqual(await readAllSdtid(bytesOf(sampleFile)))
  })

  it.each(['Seed', 'Secret', 'HeaderMAC', 'TokenMAC'])('refuses any changed character of %s', async (field) => {
    const start = sampleFile.indexOf(`<${field}>`) + field.length + 2 + (field === 'Seed' ? 1 : 0)
    const end = sampleFile.indexOf('<', start)
    const places = fc.integer({ min: start, max: end - 1 })
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom('A', 'Q', 'g', 'w', '9', '+', '/', '=', 'b'), async (at, character) => {
        fc.pre(sampleFile[at] !== character)
        const changed = sampleFile.slice(0, at) + character + sampleFile.slice(at + 1)
        expect(await causeOf(changed)).toBeDefined()
      }),
      { numRuns: 60 },
    )
  })

  it('refuses every truncation', async () => {
    const whole = sampleFile.trimEnd()
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        expect(await causeOf(whole.slice(0, length))).toBeDefined()
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['', 'empty'],
    ['PK\u0003\u0004rest', 'not-sdtid'],
    ['<KeyContainer></KeyContainer>', 'not-sdtid'],
    ['serial,key', 'not-well-formed'],
    ['<TKNBatch><TKNHeader></TKNBatch>', 'not-well-formed'],
    ['<TKNBatch>&bomb;</TKNBatch>', 'not-well-formed'],
    ['<TKNBatch></TKNBatch>', 'missing-field'],
    ['<TKNBatch><TKN><SN>1</SN></TKN></TKNBatch>', 'missing-field'],
    ['<TKNBatch><TKNHeader><Name>x</Name></TKNHeader></TKNBatch>', 'missing-field'],
    ['<!DOCTYPE TKNBatch [<!ENTITY a "b">]><TKNBatch/>', 'doctype-refused'],
    ['<!DOCTYPE TKNBatch SYSTEM "file:///etc/passwd"><TKNBatch/>', 'doctype-refused'],
    ['<TKNBatch><TKNHeader>\0</TKNHeader></TKNBatch>', 'nul-byte'],
    [sampleFile.slice(0, 300), 'truncated'],
    [sampleFile.replace(/<TKNHeader>[^]*<\/TKNHeader>/, '$&$&'), 'duplicate-field'],
    [sampleFile.replace(/<TKN>[^]*<\/TKN>/, ''), 'no-tokens'],
    [sampleFile.replace(/<HeaderMAC>.*<\/HeaderMAC>/, ''), 'missing-field'],
    [sampleFile.replace(/<TokenMAC>.*<\/TokenMAC>/, ''), 'missing-field'],
    [sampleFile.replace(/<Seed>.*<\/Seed>/, ''), 'token-tampered'],
    [sampleFile.replace(/<SN>.*<\/SN>/, ''), 'missing-field'],
    [sampleFile.replace(/<SN>.*<\/SN>/, '<SN>12a</SN>'), 'invalid-field'],
    [withField('Digits', '7'), 'header-tampered'],
    [withField('Origin', 'elsewhere'), 'password-required'],
  ])('refuses %s as %s', async (text, code) => {
    expect(await causeOf(text)).toBe(code)
  })

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = Uint8Array.from([...encodeUtf8('<TKNBatch><TKNHeader><Name>M'), 0xfc, ...encodeUtf8('ller')])
    expect((await refusalOf([bytes]))?.code).toBe('not-utf8')
  })

  it('tells a missing password from a wrong one', async () => {
    const text = writeSdtid({ tokens: [sampleToken], secret: sampleSecret, password: 'correct horse' })
    expect(await causeOf(text)).toBe('password-required')
    expect(await causeOf(text, '')).toBe('password-required')
    expect(await causeOf(text, 'battery')).toBe('wrong-password')
    expect(await causeOf(text, 'correct horse')).toBeUndefined()
  })

  it('never repeats a seed, secret, MAC or password in an error', async () => {
    const secrets = [...sampleFile.matchAll(/<(?:Seed|Secret|HeaderMAC|TokenMAC)>=?([^<]*)</g)].map(
      (match) => match[1] ?? '',
    )
    expect(secrets).toHaveLength(4)
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: sampleFile.length - 1 }),
        fc.constantFrom('<', '&', '\0', 'x'),
        async (at, junk) => {
          const changed = sampleFile.slice(0, at) + junk + sampleFile.slice(at + 1)
          const refusal = await refusalOf(bytesOf(changed), 'Hunter2!')
          const said = refusal === undefined ? '' : `${refusal}${JSON.stringify(refusal)}`
          for (const secret of [...secrets, 'Hunter2!']) expect(said).not.toContain(secret.slice(0, 8))
        },
      ),
      { numRuns: 100 },
    )
  })
})
