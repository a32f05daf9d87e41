import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OathToken } from '../oath-token.ts'
import { collect } from '../testing/collect.ts'
import { type PskcItem, type ReadPskcOptions, readPskc } from './read-pskc.ts'
import { type PskcProtection, writePskc } from './write-pskc.ts'

const KEY = Uint8Array.from(randomBytes(16))
const byKey: PskcProtection = { kind: 'pre-shared-key', key: KEY, keyName: 'KEK & <1>' }
const fresh = (length: number) => Uint8Array.from(randomBytes(length))

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((s) => s.trim())
  .filter((s) => s !== '' && s.isWellFormed() && !/[\p{Cc}\ufffe\uffff]/u.test(s))
const optional = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: undefined })
const date = fc.constantFrom('2024-05-01T00:00:00Z', '2031-12-31T23:59:59Z')
const withoutAbsent = (token: object): OathToken =>
  Object.fromEntries(Object.entries(token).filter(([, value]) => value !== undefined)) as OathToken // undefined left out

const movingFactor = fc.oneof(
  fc.record({
    kind: fc.constant('hotp' as const),
    counter: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    intervalSeconds: fc.constant(30),
  }),
  fc.record({
    kind: fc.constant('totp' as const),
    counter: fc.constant(0n),
    intervalSeconds: fc.integer({ min: 1, max: 86_400 }),
    timeDriftSteps: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined }),
  }),
)
const tokens = fc.array(
  fc
    .tuple(
      fc.record({
        serial: text,
        algorithm: fc.constantFrom('sha1', 'sha256', 'sha512'),
        secret: fc.uint8Array({ minLength: 1, maxLength: 80 }),
        digits: fc.integer({ min: 6, max: 10 }),
        t0Seconds: fc.constant(0),
        manufacturer: optional(text),
        model: optional(text),
        issuer: optional(text),
        userId: optional(text),
        startDate: optional(date),
        expiryDate: optional(date),
      }),
      movingFactor,
    )
    // Absent fields are absent, not undefined.
    .map(([base, factor]) => withoutAbsent({ ...base, ...factor })),
  { minLength: 1, maxLength: 5 },
)

const write = (given: readonly OathToken[], protection: PskcProtection): string =>
  [...writePskc(given, { protection, randomBytes: fresh })].join('')
const read = (xml: string, options: ReadPskcOptions): Promise<PskcItem[]> =>
  collect(readPskc([Buffer.from(xml)], options))
const keysOf = (items: PskcItem[]) =>
  items.map((item) => {
    if (!item.ok) throw item.error
    const { keyId: _keyId, recordNumber: _recordNumber, ...token } = item.key
    return token
  })

const sample: OathToken = {
  serial: '2600126361334',
  kind: 'totp',
  algorithm: 'sha1',
  secret: fresh(20),
  digits: 6,
  intervalSeconds: 60,
  t0Seconds: 0,
  counter: 0n,
}

describe('writePskc', () => {
  it('always writes what readPskc reads back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (given) => {
        expect(keysOf(await read(write(given, byKey), { preSharedKey: KEY }))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })

  it('protects with a password and refuses another', async () => {
    const xml = write([sample], { kind: 'password', password: 'pässword', iterations: 1000 })
    expect(keysOf(await read(xml, { password: 'pässword' }))).toEqual([sample])
    const [item] = await read(xml, { password: 'password' })
    expect(item?.ok === false && item.error.code).toMatch(/wrong-password|mac-mismatch/)
    expect(await read(xml, {})).toMatchObject([{ ok: false, fatal: true, error: { code: 'password-required' } }])
  })

  it('never lets a changed bit of IV, ciphertext or MAC pass', async () => {
    const xml = write([sample], byKey)
    const values = [...xml.matchAll(/<(?:xenc:CipherValue|pskc:ValueMAC)>([^<]+)</g)].map((match) => match[1] ?? '')
    expect(values).toHaveLength(3)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...values), fc.nat(), fc.integer({ min: 0, max: 7 }), async (value, at, bit) => {
        const bytes = Buffer.from(value, 'base64')
        const place = at % bytes.length
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
        const [item] = await read(xml.replace(value, bytes.toString('base64')), { preSharedKey: KEY })
        expect(item?.ok).toBe(false)
      }),
    )
  })

  it('never lets another key open a file', async () => {
    const xml = write([sample], byKey)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 16 }), async (key) => {
        const [item] = await read(xml, { preSharedKey: key })
        expect(item?.ok === false && item.error.code).toMatch(/^(wrong-key|mac-mismatch)$/)
      }),
    )
  })

  it.each([
    ['serial', { serial: ' ' }],
    ['Manufacturer', { manufacturer: 'a\u0001' }],
    ['t0Seconds', { t0Seconds: 1 }],
    ['secret', { secret: new Uint8Array() }],
    ['expiryDate', { expiryDate: '31.12.2030' }],
    ['intervalSeconds', { intervalSeconds: 0.5 }],
  ])('refuses to write a wrong %s', (field, change) => {
    const refused = expect.objectContaining({ code: 'cannot-write', field })
    expect(() => write([{ ...sample, ...change }], byKey)).toThrow(refused)
  })
})
