import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../format-error.ts'
import { formatOtpauth } from './format-otpauth.ts'
import { parseOtpauth } from './parse-otpauth.ts'
import { anyCharacter } from '../testing/any-character.ts'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const RFC_SECRET = Uint8Array.from(Buffer.from('12345678901234567890'))
const codeOf = (uri: string): string => {
  try {
    parseOtpauth(uri)
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
  return 'accepted'
}

describe('parseOtpauth', () => {
  it('takes the documented defaults for everything but the secret', () => {
    expect(parseOtpauth(`otpauth://totp/alice?secret=${SECRET}`)).toEqual({
      kind: 'totp',
      account: 'alice',
      secret: RFC_SECRET,
      algorithm: 'sha1',
      digits: 6,
      intervalSeconds: 30,
      t0Seconds: 0,
      counter: 0n,
    })
  })

  it('reads a counter beyond 2^53 exactly', () => {
    expect(parseOtpauth(`otpauth://hotp/a?secret=${SECRET}&counter=18446744073709551615`).counter).toBe(2n ** 64n - 1n)
  })

  it.each([
    ['ACME:john', 'ACME', 'john'],
    ['ACME%3Ajohn', 'ACME', 'john'],
    ['ACME%3A%20john', 'ACME', 'john'],
    ['ACME:%20%20john', 'ACME', 'john'],
    ['john', undefined, 'john'],
    ['', undefined, ''],
    ['A%26B:j%40x', 'A&B', 'j@x'],
  ])('reads the label %s', (label, issuer, account) => {
    expect(parseOtpauth(`otpauth://totp/${label}?secret=${SECRET}`)).toMatchObject({
      ...(issuer && { issuer }),
      account,
    })
  })

  it('prefers the issuer parameter to the label and keeps its plus signs', () => {
    expect(parseOtpauth(`otpauth://totp/Old:a?secret=${SECRET}&issuer=A+B`).issuer).toBe('A+B')
  })

  it.each(['sha1', 'SHA-1', 'HMACSHA1', 'HmacSHA1', 'hmac-sha1'])('reads the algorithm name %s as SHA-1', (name) => {
    expect(parseOtpauth(`otpauth://totp/a?secret=${SECRET}&algorithm=${name}`).algorithm).toBe('sha1')
  })

  it.each([SECRET.toLowerCase(), `${SECRET}====`, 'GEZD%20GNBV GY3T+QOJQ-GEZDGNBVGY3TQOJQ'])(
    'reads the secret spelled %s',
    (spelling) => expect(parseOtpauth(`OTPAUTH://TOTP/a?SECRET=${spelling}&Digits=10`).secret).toEqual(RFC_SECRET),
  )

  it.each([
    ['otpauth-migration://offline?data=CjEK', 'migration-link'],
    ['https://example.com/?secret=A', 'not-otpauth'],
    ['', 'empty'],
    [`otpauth://steam/a?secret=${SECRET}`, 'unsupported-algorithm'],
    ['otpauth://totp/a', 'missing-field'],
    ['otpauth://totp/a?secret=', 'missing-field'],
    ['otpauth://totp/a?secret=0189', 'invalid-field'],
    [`otpauth://totp/a?secret=${SECRET}&algorithm=MD5`, 'unsupported-algorithm'],
    [`otpauth://totp/a?secret=${SECRET}&digits=5`, 'invalid-field'],
    [`otpauth://totp/a?secret=${SECRET}&period=0`, 'invalid-field'],
    [`otpauth://hotp/a?secret=${SECRET}&counter=18446744073709551616`, 'invalid-field'],
    [`otpauth://totp/a?secret=${SECRET}&digits=6&digits=8`, 'duplicate-field'],
    [`otpauth://totp/%ZZ?secret=${SECRET}`, 'invalid-field'],
    [`otpauth://totp/a%00?secret=${SECRET}`, 'invalid-field'],
    [`otpauth://totp/${'a'.repeat(9000)}?secret=${SECRET}`, 'limit-exceeded'],
  ])('refuses %.60s as %s', (uri, code) => expect(codeOf(uri)).toBe(code))

  it('ends arbitrary text in a token or a FormatError that does not quote the secret', () => {
    const pieces = [
      'otpauth',
      '://',
      'totp',
      '/',
      '?',
      '&',
      '=',
      ':',
      '%',
      '%41',
      '#',
      '@',
      'secret',
      'digits',
      '6',
      SECRET,
    ]
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(fc.constantFrom(...pieces)).map((some) => some.join('')),
      fc.string().map((s) => `otpauth://totp/a?secret=${s}`),
    )
    fc.assert(fc.property(text, (uri) => void codeOf(uri)))
    expect(() => parseOtpauth('otpauth://totp/a?secret=HELLO0WORLD')).not.toThrow(/HELLO/)
  })
})

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((s) => s === s.trim() && s !== '' && s.isWellFormed() && !/\p{Cc}/u.test(s))
const token = fc.record({
  kind: fc.constantFrom('totp', 'hotp'),
  algorithm: fc.constantFrom('sha1', 'sha256', 'sha512'),
  secret: fc.uint8Array({ minLength: 1, maxLength: 128 }),
  digits: fc.integer({ min: 6, max: 10 }),
  intervalSeconds: fc.constantFrom(30, 60, 90),
  counter: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
})

describe('formatOtpauth', () => {
  it('keeps the 60 s of a token and writes blanks as %20', () => {
    const hardware = { kind: 'totp', algorithm: 'sha1', secret: RFC_SECRET, digits: 6, intervalSeconds: 60 } as const
    expect(
      formatOtpauth({ ...hardware, t0Seconds: 0, counter: 0n }, { issuer: 'Example Corp', account: 'j@x.org' }),
    ).toBe(
      `otpauth://totp/Example%20Corp:j%40x.org?secret=${SECRET}&issuer=Example%20Corp&algorithm=SHA1&digits=6&period=60`,
    )
  })

  it('always writes what parseOtpauth reads back exactly', () => {
    fc.assert(
      fc.property(token, name, name, (given, issuer, account) => {
        fc.pre(!issuer.includes(':'))
        const written = given.kind === 'hotp' ? { ...given, intervalSeconds: 30 } : { ...given, counter: 0n }
        const uri = formatOtpauth({ ...written, t0Seconds: 0 }, { issuer, account })
        expect(uri).toMatch(/^[!-~]+$/)
        expect(parseOtpauth(uri)).toEqual({ ...written, t0Seconds: 0, issuer, account })
      }),
    )
  })

  it.each([
    ['issuer', { issuer: 'A:B', account: 'a' }, {}],
    ['issuer', { issuer: ' ', account: 'a' }, {}],
    ['account', { issuer: 'A', account: '\ud800' }, {}],
    ['t0', { issuer: 'A', account: 'a' }, { t0Seconds: 5 }],
    ['counter', { issuer: 'A', account: 'a' }, { kind: 'hotp' as const, counter: -1n }],
    ['digits', { issuer: 'A', account: 'a' }, { digits: 5 }],
  ])('refuses to write a wrong %s', (field, label, change) => {
    const base = { kind: 'totp', algorithm: 'sha1', secret: RFC_SECRET, digits: 6, intervalSeconds: 30 } as const
    expect(() => formatOtpauth({ ...base, t0Seconds: 0, counter: 0n, ...change }, label)).toThrow(
      expect.objectContaining({ code: 'cannot-write', field }),
    )
  })
})
