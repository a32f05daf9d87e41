import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../utf8.ts'
import { readAllSdtid } from './testing/read-all.ts'
import { sampleSecret, sampleToken } from './testing/sample-batch.ts'
import { type SdtidTokenToWrite, writeSdtid } from './write-sdtid.ts'

const isoDates = fc.integer({ min: 0, max: 40_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => text.replaceAll(/\p{Cc}/gu, '').trim())
  .filter((text) => text !== '')
const numbers = fc.integer({ min: 0, max: 999_999_999 })
const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 })

const tokens: fc.Arbitrary<SdtidTokenToWrite> = fc.record(
  {
    serial: fc.stringMatching(/^\d{12}$/),
    seed: bytes16,
    digits: fc.integer({ min: 1, max: 8 }),
    intervalSeconds: fc.constantFrom(30 as const, 60 as const),
    pinMode: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    copyProtection: fc.boolean(),
    keypad: fc.boolean(),
    timeDerivedSeeds: fc.boolean(),
    appDerivedSeeds: fc.boolean(),
    birth: isoDates,
    death: isoDates,
    userFirstName: names,
    userLastName: names,
    userLogin: names,
    deviceSerialNumber: names,
    nickname: names,
    smallWindowSeconds: numbers,
    mediumWindowSeconds: numbers,
    largeWindowSeconds: numbers,
    precision: numbers,
    mode: numbers,
    pinType: numbers,
    protectionLevel: numbers,
    revision: numbers,
    formFactor: fc.stringMatching(/^[0-9A-F]{8}$/),
  },
  {
    requiredKeys: [
      'serial',
      'seed',
      'digits',
      'intervalSeconds',
      'pinMode',
      'copyProtection',
      'keypad',
      'timeDerivedSeeds',
      'appDerivedSeeds',
    ],
  },
)

describe('writing sdtid files', () => {
  it('writes what the reader reads back, field for field', async () => {
    const batches = fc.array(tokens, { minLength: 1, maxLength: 5 })
    const passwords = fc.option(fc.stringMatching(/^[ -~]{1,32}$/), { nil: undefined })
    await fc.assert(
      fc.asyncProperty(batches, bytes16, passwords, async (batch, secret, password) => {
        const text = writeSdtid({ tokens: batch, secret, password })
        const records = await readAllSdtid([encodeUtf8(text)], password)
        expect(records).toEqual(
          batch.map((token) => ({
            ok: true,
            token: { ...token, serialAsWritten: token.serial, pinStyle: token.pinMode >= 2 ? 'pinpad' : 'fob' },
          })),
        )
      }),
      // The keys of a file cost 5,000 AES blocks, each time.
      { numRuns: 30 },
    )
  })

  it('keeps a serial as it was written, since the keys depend on it', async () => {
    const text = writeSdtid({ tokens: [{ ...sampleToken, serialAsWritten: '123456789' }], secret: sampleSecret })
    const [record] = await readAllSdtid([encodeUtf8(text)])
    expect(record).toMatchObject({
      ok: true,
      token: { serial: '000123456789', serialAsWritten: '123456789', seed: sampleToken.seed },
    })
  })

  it('hides the seed: neither it nor its base64 stands in the file', () => {
    const text = writeSdtid({ tokens: [sampleToken], secret: sampleSecret })
    expect(text).not.toContain(Buffer.from(sampleToken.seed).toString('base64').slice(0, 10))
    expect(text).not.toContain(Buffer.from(sampleToken.seed).toString('hex'))
  })

  it.each([
    ['no token', { tokens: [] }, 'TKN'],
    ['a short secret', { secret: new Uint8Array(15) }, 'Secret'],
    ['a password over 32 bytes', { password: 'ü'.repeat(17) }, 'password'],
    ['a password that equals Origin', { password: 'N/A' }, 'password'],
    ['an empty name', { name: '' }, 'Name'],
    ['a control character', { tokens: [{ ...sampleToken, userLogin: 'a\u0001b' }] }, 'UserLogin'],
    ['a blank at the end', { tokens: [{ ...sampleToken, nickname: 'phone ' }] }, 'Nickname'],
    ['half a surrogate pair', { tokens: [{ ...sampleToken, nickname: '\ud800' }] }, 'Nickname'],
    ['a date that does not exist', { tokens: [{ ...sampleToken, death: '2030-02-30' }] }, 'Death'],
    ['a fraction of a second', { tokens: [{ ...sampleToken, smallWindowSeconds: 1.5 }] }, 'SmallWin'],
    ['a short seed', { tokens: [{ ...sampleToken, seed: new Uint8Array(8) }] }, 'Seed'],
    ['a serial written as another', { tokens: [{ ...sampleToken, serialAsWritten: '7' }] }, 'SN'],
    ['nine digits', { tokens: [{ ...sampleToken, digits: 9 }] }, 'Digits'],
  ])('refuses %s', (_, change, field) => {
    expect(() => writeSdtid({ tokens: [sampleToken], secret: sampleSecret, ...change })).toThrow(
      expect.objectContaining({ code: 'cannot-write', field }),
    )
  })
})
