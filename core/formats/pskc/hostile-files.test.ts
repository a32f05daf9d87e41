import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect } from '../testing/collect.ts'
import { FormatError } from '../format-error.ts'
import { type PskcItem, type ReadPskcOptions, readPskc } from './read-pskc.ts'
import { anyCharacter } from '../testing/any-character.ts'
import { workMsSince } from '../testing/work-since.ts'

const NS = 'urn:ietf:params:xml:ns:keyprov:pskc'
const SECRET = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA='
const container = (inside: string) => `<KeyContainer xmlns="${NS}" Version="1.0">${inside}</KeyContainer>`
const keyPackage = ({
  secret = `<PlainValue>${SECRET}</PlainValue>`,
  device = '<SerialNo>S1</SerialNo>',
  more = '',
} = {}) =>
  `<KeyPackage><DeviceInfo>${device}</DeviceInfo><Key Id="K1" Algorithm="${NS}:hotp">` +
  `<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>` +
  `<Data><Secret>${secret}</Secret>${more}</Data></Key></KeyPackage>`

const read = (input: string | Uint8Array, options: ReadPskcOptions = {}): Promise<PskcItem[]> =>
  collect(readPskc([typeof input === 'string' ? Buffer.from(input) : input], options))
const causes = (items: PskcItem[]) => items.map((item) => (item.ok ? 'ok' : item.error.code))

describe('readPskc on hostile input', () => {
  const bomb = `<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${container('&b;')}`
  it.each([
    ['an entity bomb', bomb, 'doctype-refused'],
    ['an external entity', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${container('')}`, 'doctype-refused'],
    ['an undefined entity', container('&x;'), 'not-well-formed'],
    ['nothing', '', 'empty'],
    ['blanks', '  \n', 'not-well-formed'],
    ['no key', container(''), 'no-tokens'],
    ['another root', '<TKNBatch/>', 'not-pskc'],
    ['a draft namespace', `<KeyContainer xmlns="${NS}:1.0"/>`, 'unsupported-version'],
    ['another encoding', `<?xml version="1.0" encoding="UTF-16"?>${container('')}`, 'not-utf8'],
    ['a cut file', container(keyPackage()).slice(0, -20), 'truncated'],
    ['deep nesting', container('<KeyPackage>'.repeat(100_000)), 'limit-exceeded'],
    ['many elements', container(`<KeyPackage>${'<a/>'.repeat(100_000)}</KeyPackage>`), 'limit-exceeded'],
    [
      'many attributes',
      `<KeyContainer xmlns="${NS}" ${Array.from({ length: 99 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      'limit-exceeded',
    ],
    ['a long comment', container(`<!--${'x'.repeat(1_000_000)}-->`), 'limit-exceeded'],
    ['a long name', `<${'x'.repeat(1_000_000)}`, 'limit-exceeded'],
    ['a NUL byte', container('\0'), 'nul-byte'],
  ])('refuses %s', async (_, text, code) => {
    const items = await read(text)
    expect(causes(items).at(-1)).toBe(code)
    expect(items.at(-1)).toMatchObject({ fatal: true })
  })

  it('refuses bytes that are not UTF-8', async () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x3c, 0x80]]) {
      expect(causes(await read(Uint8Array.from(bytes)))).toEqual(['not-utf8'])
    }
  })

  it('refuses a field of 100 MB within a second', async () => {
    const opening = Buffer.from(container(keyPackage({ secret: '<PlainValue>' })).split('<PlainValue>')[0] ?? '')
    const file = new Uint8Array(100_000_000).fill(0x41)
    file.set(opening)
    const before = process.threadCpuUsage()
    expect(causes(await read(file))).toEqual(['limit-exceeded'])
    expect(workMsSince(before)).toBeLessThan(1000)
  })

  it('refuses more PBKDF2 rounds than it may spend', async () => {
    for (const rounds of ['600001', '9999999999999999999999']) {
      const parameters = `<Salt><Specified>AAAA</Specified></Salt><IterationCount>${rounds}</IterationCount>`
      const method = `<KeyDerivationMethod Algorithm="x#pbkdf2"><PBKDF2-params>${parameters}</PBKDF2-params></KeyDerivationMethod>`
      const encrypted =
        '<EncryptedValue><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>' +
        '<CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedValue>'
      const file = container(
        `<EncryptionKey><DerivedKey>${method}</DerivedKey></EncryptionKey>${keyPackage({ secret: encrypted })}`,
      )
      expect(await read(file, { password: 'x' })).toMatchObject([
        { ok: false, fatal: true, error: { code: 'limit-exceeded', field: 'IterationCount' } },
      ])
    }
  })

  it('refuses a secret in the clear that stands in a protected file, unless told to ignore MACs', async () => {
    const file = container(`<EncryptionKey/>${keyPackage()}`)
    expect(await read(file)).toMatchObject([
      { ok: false, fatal: true, error: { code: 'mac-missing', field: 'Secret' } },
    ])
    expect(causes(await read(file, { missingMac: 'ignore' }))).toEqual(['ok'])
  })

  it.each([
    [keyPackage({ secret: '' }), 'missing-field', 'Secret'],
    [keyPackage({ secret: '<PlainValue>?</PlainValue>' }), 'invalid-field', 'Secret'],
    [keyPackage({ more: '<Counter><PlainValue>-1</PlainValue></Counter>' }), 'invalid-field', 'Counter'],
    [keyPackage().replace(':hotp', ':totp'), 'missing-field', 'TimeInterval'],
    [keyPackage().replace(':hotp', ':ocra'), 'unsupported-algorithm', 'Algorithm'],
    [keyPackage().replace('<ResponseFormat', '<Suite>MD5</Suite><ResponseFormat'), 'unsupported-algorithm', 'Suite'],
    [keyPackage().replace('Length="6"', 'Length="5"'), 'invalid-field', 'ResponseFormat'],
    [keyPackage({ device: '' }).replace('Id="K1"', ''), 'missing-field', 'SerialNo'],
    [
      keyPackage({ device: '<SerialNo>S1</SerialNo><ExpiryDate>2031-02-30T00:00:00Z</ExpiryDate>' }),
      'invalid-field',
      'ExpiryDate',
    ],
  ])('refuses one bad key, names it and goes on (%#)', async (bad, code, field) => {
    const items = await read(container(keyPackage() + bad + keyPackage()))
    expect(causes(items)).toEqual(['ok', code, 'ok'])
    expect(items[1]).toMatchObject({ fatal: false, error: { field, record: { number: 2 } } })
  })

  it('ends any bytes in keys and FormatErrors that do not quote them', async () => {
    const pieces = fc.array(
      fc.constantFrom(...container(keyPackage()).split(/(?=[<>"])/), '<![CDATA[', '<!--', '&#0;', '<?x'),
    )
    const input = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: anyCharacter }).map((s) => Buffer.from(s)),
      pieces.map((p) => Buffer.from(p.join(''))),
    )
    await fc.assert(
      fc.asyncProperty(input, async (bytes) => {
        for (const item of await read(bytes)) expect(item.ok || item.error instanceof FormatError).toBe(true)
      }),
      { numRuns: 300 },
    )
    const broken = await read(container(keyPackage({ secret: `<PlainValue>${SECRET}</${SECRET}>` })))
    expect(JSON.stringify(broken) + String(broken.map((item) => !item.ok && item.error.message))).not.toContain('MTIz')
  })
})

describe('readPskc on long files', () => {
  it('holds one key at a time and reads the same however the bytes are cut', async () => {
    const file = Buffer.from(container(keyPackage() + keyPackage({ device: '<SerialNo>Ü2</SerialNo>' })))
    const single = await collect(readPskc(Array.from(file, (byte) => Uint8Array.of(byte))))
    expect(single).toEqual(await read(file))
    expect(causes(single)).toEqual(['ok', 'ok'])
  })

  it('asks for more bytes only when the keys so far are taken', async () => {
    let served = 0
    function* chunks(): Generator<Uint8Array> {
      yield Buffer.from(`<KeyContainer xmlns="${NS}">`)
      for (;;) {
        served += 1
        yield Buffer.from(keyPackage())
      }
    }
    let taken = 0
    for await (const item of readPskc(chunks())) {
      expect(item.ok).toBe(true)
      taken += 1
      expect(served).toBe(taken)
      if (taken === 2000) break
    }
  })
})
