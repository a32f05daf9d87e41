import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../format-error.ts'
import { encodeUtf8 } from '../utf8.ts'
import { ctfHash15 } from './ctf-hash.ts'
import type { CtfSpelling } from './ctf-spelling.ts'
import type { CtfToken } from './ctf-token.ts'
import { readCtf } from './read-ctf.ts'
import { readStokenrc } from './read-stokenrc.ts'
import { writeCtf } from './write-ctf.ts'

const unbound = '200012345678973042071776752216050450744647071253341607664173156700001302716744537'
const bound = '200012345678960766364513343360407237510405307077321627067173156700001303072644303'
const androidClass = 'a01c4380-fc01-4df0-b113-7fb98ec74694'
const seed = Uint8Array.from({ length: 16 }, (_, index) => index)
const token: CtfToken = {
  serial: '000123456789',
  seed,
  digits: 6,
  intervalSeconds: 60,
  pinMode: 3,
  death: '2032-11-08',
  mode: false,
  appDerivedSeeds: false,
  timeDerivedSeeds: true,
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
  return 'accepted'
}

const tokens: fc.Arbitrary<CtfToken> = fc.record({
  serial: fc.stringMatching(/^\d{12}$/),
  seed: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  digits: fc.integer({ min: 1, max: 8 }),
  intervalSeconds: fc.constantFrom(30 as const, 60 as const),
  pinMode: fc.constantFrom(0 as const, 2 as const),
  death: fc
    .integer({ min: 0, max: 16383 })
    .map((day) => new Date((day + 10957) * 86_400_000).toISOString().slice(0, 10)),
  mode: fc.boolean(),
  appDerivedSeeds: fc.constant(false),
  timeDerivedSeeds: fc.constant(true),
})
const openings = fc.record(
  {
    password: fc.stringMatching(/^[!-~]{1,24}$/),
    deviceId: fc.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){1,4}$/),
  },
  { requiredKeys: [] },
)
const spellings = fc.constantFrom<CtfSpelling>('digits', 'blocks', 'url-ios', 'url-any', 'url-android')

describe('reading compressed token strings', () => {
  it.each([
    ['bare digits', unbound],
    ['blocks', unbound.match(/.{1,5}/g)?.join('-') ?? ''],
    ['the iPhone link', `com.rsa.securid.iphone://ctf?ctfData=${unbound}`],
    ['the generic link', `com.rsa.securid://ctf?ctfData=${unbound}`],
    ['the generic link with a slash', `com.rsa.securid://ctf/?ctfData=${unbound}`],
    ['the Android link', `http://127.0.0.1/securid/ctf?ctfData=${unbound}`],
    ['the Authenticator link', `https://authenticator.securid.com/ctf?ctfData=${unbound}`],
    ['the Horizon link', `viewclient-securid://ctf?ctfData=${unbound}`],
    ['the short link', `http://ctf?ctfData=${unbound}`],
    ['a link with mail damage', `http://127.0.0.1/securid/ctf?ctfData=3D${unbound}`],
    [
      'a link broken over lines',
      `http://127.0.0.1/securid/ctf?ctfData=3D${unbound.slice(0, 40)}=\r\n${unbound.slice(40)}`,
    ],
    ['another case of letters', `COM.RSA.SECURID://CTF?CTFDATA=${unbound}`],
    ['a link followed by another parameter', `com.rsa.securid://ctf?ctfData=${unbound}&x=1`],
    ['text around a link', `Your token: com.rsa.securid://ctf?ctfData=${unbound}\n`],
  ])('reads %s', (_, text) => {
    expect(readCtf(text)).toMatchObject({ version: 2, serial: '000123456789', seed, digits: 8, death: '2032-11-08' })
  })

  it('reads the published example with password and device class', () => {
    const text = `http://127.0.0.1/securid/ctf?ctfData=${bound}`
    expect(readCtf(text, { password: 'secret', deviceId: androidClass }).seed).toEqual(seed)
  })

  it('finds out by itself whether a device id counts up to 32 or 40 characters', () => {
    expect(readCtf(bound, { password: 'secret', deviceId: androidClass }).seed).toEqual(seed)
    const short = writeCtf({ token, version: 2, spelling: 'digits', deviceId: androidClass })
    const link = `com.rsa.securid://ctf?ctfData=${short}`
    expect(readCtf(link, { deviceId: androidClass }).seed).toEqual(seed)
  })

  it('reads version 1 bound to a device id of digits', () => {
    const deviceId = '0123456789'
    const version2 = writeCtf({ token, version: 2, spelling: 'digits', deviceId })
    const body = `1${version2.slice(1, -5)}`
    const version1 = body + ctfHash15(encodeUtf8(body)).toString(8).padStart(5, '0')
    expect(readCtf(version1, { deviceId })).toMatchObject({ version: 1, seed, isDeviceBound: true })
    expect(codeOf(() => readCtf(version1, { deviceId: '9876543210' }))).toBe('wrong-device-id')
  })

  it('only looks at the low three bits of an octal digit', () => {
    const last = Number(unbound.at(-1))
    const odd = unbound.slice(0, -1) + (last < 2 ? last + 8 : last)
    expect(readCtf(odd).seed).toEqual(seed)
  })

  it.each([
    ['com.rsa.securid://ctkip?scheme=https&url=example.org/ctkip&activationCode=1234567890', 'ctkip-link'],
    ['http://127.0.0.1/securid/ctkip?url=https://example.org&activationCode=99', 'ctkip-link'],
    ['', 'empty'],
    [' \n', 'empty'],
    ['hello', 'not-ctf'],
    ['otpauth://totp/x?secret=ABC', 'not-ctf'],
    ['com.rsa.securid://ctf?ctfData=', 'not-ctf'],
    ['com.rsa.securid://ctf?ctfData=A%ZZ', 'invalid-field'],
    ['com.rsa.securid://ctf?ctfData=AwAA', 'wrong-length'],
    [unbound.slice(1), 'wrong-length'],
    [`${unbound}00000`, 'wrong-length'],
    [`com.rsa.securid://ctf?ctfData=${'1'.repeat(100_000)}`, 'limit-exceeded'],
  ])('refuses %s as %s', (text, code) => {
    expect(codeOf(() => readCtf(text))).toBe(code)
  })

  it('reads what it writes, in every version and spelling, with and without password and device', () => {
    fc.assert(
      fc.property(
        tokens,
        openings,
        spellings,
        fc.constantFrom(1 as const, 2 as const),
        (written, opening, spelling, version) => {
          fc.pre(version === 2 || opening.deviceId === undefined || /[a-f]/.test(opening.deviceId))
          const text = writeCtf({ token: written, version, spelling, ...opening })
          expect(readCtf(text, opening)).toMatchObject({ ...written, version })
        },
      ),
    )
  })

  it('reads what it writes as version 3 and 4', () => {
    const nonces = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(
        tokens,
        openings,
        nonces,
        fc.constantFrom(3 as const, 4 as const),
        (written, opening, nonce, version) => {
          const text = writeCtf({ token: written, version, spelling: 'url-ios', nonce, ...opening })
          expect(readCtf(text, opening)).toMatchObject({ ...written, version })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('refuses a version 3 token in which any character was changed', () => {
    const nonce = Uint8Array.from({ length: 16 }, (_, index) => 200 - index)
    const link = writeCtf({ token, version: 3, spelling: 'url-ios', nonce, password: 'pw' })
    const data = decodeURIComponent(link.split('=')[1] ?? '')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: data.length - 1 }),
        fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '+', '/'),
        (at, character) => {
          fc.pre(data[at] !== character)
          const changed = data.slice(0, at) + character + data.slice(at + 1)
          expect(codeOf(() => readCtf(changed, { password: 'pw' }))).not.toBe('accepted')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('refuses every truncation of the digits', () => {
    for (let length = 0; length < unbound.length; length++)
      expect(codeOf(() => readCtf(unbound.slice(0, length)))).not.toBe('accepted')
  })

  it('never repeats the token, the password or the device id in an error', () => {
    const garbled = fc.string({ unit: 'binary-ascii', maxLength: 120 })
    const links = fc.tuple(spellings, fc.stringMatching(/^\d{75,90}$/)).map(([, digits]) => `ctf?ctfData=${digits}`)
    fc.assert(
      fc.property(fc.oneof(garbled, links), (text) => {
        try {
          readCtf(text, { password: 'Hunter2!Hunter2!', deviceId: '00112233445566' })
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError)
          const said = String(error)
          expect(said).not.toContain('Hunter2')
          expect(said).not.toContain('00112233')
          expect(said).not.toMatch(/\d{20}/)
        }
      }),
    )
  })
})

describe('writing compressed token strings', () => {
  it('refuses a device id of digits alone in version 1, which looks at everything else', () => {
    const request = { token, version: 1, spelling: 'digits', deviceId: '0123456789' } as const
    expect(codeOf(() => writeCtf(request))).toBe('cannot-write')
    expect(writeCtf({ ...request, deviceId: 'a0' })).toMatch(/^1000123456789/)
  })

  it.each([
    ['a day after 2044', { token: { ...token, death: '2050-01-01' } }],
    ['a date that does not exist', { token: { ...token, death: '2030-02-30' } }],
    ['a password over 40 bytes', { password: 'x'.repeat(41) }],
    ['a device id without hexadecimal digits', { deviceId: 'zzzz' }],
    ['nine digits', { token: { ...token, digits: 9 } }],
    ['a short seed', { token: { ...token, seed: seed.slice(1) } }],
    ['a serial of eleven digits', { token: { ...token, serial: '12345678901' } }],
  ])('refuses %s', (_, change) => {
    expect(codeOf(() => writeCtf({ token, version: 2, spelling: 'digits', ...change }))).toBe('cannot-write')
  })
})

describe('reading .stokenrc', () => {
  it('reads token and PIN', () => {
    const reading = readStokenrc(`version 1\ntoken ${unbound}\npin 1234\n`)
    expect(reading.token.seed).toEqual(seed)
    expect(reading.pin).toEqual({ kind: 'clear', pin: '1234' })
  })

  it('says when the PIN is encrypted and when there is none', () => {
    expect(readStokenrc(`version 1\r\ntoken ${unbound}\r\npin ${'0f'.repeat(32)}\r\n`).pin).toEqual({
      kind: 'encrypted',
    })
    expect(readStokenrc(`version 1\ntoken ${unbound}\n`).pin).toEqual({ kind: 'none' })
  })

  it.each([
    [`token ${unbound}`, 'unsupported-version'],
    ['version 1\npin 1234', 'missing-field'],
    [`version 1\ntoken ${unbound}\npin abc`, 'invalid-field'],
    [`version 1\ntoken ${unbound}\ntoken ${unbound}`, 'duplicate-field'],
    ['version 1\n'.repeat(1000), 'limit-exceeded'],
  ])('refuses %s as %s', (text, code) => {
    expect(codeOf(() => readStokenrc(text))).toBe(code)
  })
})
