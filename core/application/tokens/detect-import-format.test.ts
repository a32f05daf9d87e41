import fc from 'fast-check'
import { expect, it } from 'vitest'
import { detectImportFormat, sampled } from './detect-import-format.ts'

const of = (text: string) => detectImportFormat(Buffer.from(text))

it.each([
  ['<?xml version="1.0"?>\n<TKNBatch><TKNHeader>', 'sdtid'],
  ['\ufeff<?xml version="1.0"?><pskc:KeyContainer Version="1.0">', 'pskc'],
  ['<KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:pskc">', 'pskc'],
  ['PK\u0003\u0004', 'sdtid'],
  ['otpauth://totp/ACME:ada?secret=GEZDGNBV', 'otpauth'],
  ['otpauth-migration://offline?data=CjEK', 'otpauth'],
  ['com.rsa.securid.iphone://ctf?ctfData=200000123456', 'ctf'],
  ['2000001234567890123456789012345678901234567890123456789012345678901234567890123456\n', 'ctf'],
  ['serial,secret\nT1,3131313131313131', 'csv'],
  ['', 'csv'],
] as const)('takes %.40j for %s', (text, format) => {
  expect(of(text)).toBe(format)
})

it('never loses or repeats a byte of a stream it has looked into', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(chunks, async (given) => {
      const source = (async function* () {
        yield* given
      })()
      const { sample, chunks: whole } = await sampled(source)
      const back = Buffer.concat(await Array.fromAsync(whole))
      expect(back).toEqual(Buffer.concat(given))
      expect(back.subarray(0, sample.length)).toEqual(Buffer.from(sample))
      expect(sample.length).toBeGreaterThanOrEqual(Math.min(4096, back.length))
    }),
    { numRuns: 50 },
  )
})
