import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect } from '../testing/collect.ts'
import { FormatError } from '../format-error.ts'
import { detectDialect } from './detect-dialect.ts'
import { type ReadSeedListOptions, readSeedList, type SeedListItem } from './read-seed-list.ts'
import { anyCharacter } from '../testing/any-character.ts'
import { workMsSince } from '../testing/work-since.ts'

const HEX = '3132333435363738393031323334353637383930'
const B32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const SECRET = Uint8Array.from(Buffer.from('12345678901234567890'))

const read = (text: string, options: ReadSeedListOptions = {}): Promise<SeedListItem[]> =>
  collect(readSeedList([text], options))
const tokenOf = (item: SeedListItem | undefined) => (item?.ok ? item.token : item?.error)
const causes = (items: SeedListItem[]) => items.map((item) => (item.ok ? 'ok' : item.error.code))

describe('readSeedList', () => {
  const hotp = { kind: 'hotp', digits: 6, counter: 0n, algorithm: 'sha1', secret: SECRET, serial: 'S1' }
  const totp = { kind: 'totp', digits: 6, intervalSeconds: 60, algorithm: 'sha1', secret: SECRET, serial: 'S1' }
  it.each([
    ['oath-v1', `S1,${HEX}`, hotp],
    [
      'oath-v1',
      `# a comment\nS1, ${HEX}, hotp, 8, 18446744073709551615`,
      { ...hotp, digits: 8, counter: 2n ** 64n - 1n },
    ],
    ['oath-v1', `S1,${HEX},totp,6,60`, totp],
    ['oath-v2', `# version: 2\nalice,res,realm,S1,${HEX},totp,6,60`, { ...totp, userId: 'alice' }],
    ['linotp', `S1,${HEX},totp,6,60,sha256`, { ...totp, algorithm: 'sha256' }],
    ['linotp', `S1,${HEX},hotp,6,30,sha1`, hotp],
    [
      'entra',
      `upn,serial number,secret key,time interval,manufacturer,model\na@x.org,S1,${B32.toLowerCase()},60,Acme,C200`,
      { ...totp, userId: 'a@x.org', manufacturer: 'Acme', model: 'C200' },
    ],
    ['reseller', `Serial Number;Secret Key;TimeInterval\r\n"S1";"${B32}";60\r\n`, totp],
    ['reseller', `\ufeffserial number\tsecret key\ttime interval\nS1\t${HEX}\t60`, totp],
    ['phenixid', `HOTP;S1;${HEX};7`, { ...hotp, counter: 7n }],
    ['phenixid', `TOTP;S1;SHA256;${HEX};0;60;8`, { ...totp, digits: 8, algorithm: 'sha256' }],
    ['phenixid', `TOTP;S1;SHA;${HEX};1234567890;60;6`, { ...totp, t0Seconds: 1_234_567_890 }],
    ['multiotp', `S1;Acme;TOTP;${HEX};6;60`, { ...totp, manufacturer: 'Acme' }],
    ['multiotp', `S1;Acme;HOTP;${HEX};6;9`, { ...hotp, counter: 9n }],
    ['pam-oath', `HOTP/T60/8 alice - ${HEX}`, { ...totp, digits: 8, serial: 'alice', userId: 'alice' }],
    ['pam-oath', `TOTP alice - ${HEX}`, { ...totp, intervalSeconds: 30, serial: 'alice', userId: 'alice' }],
    ['pam-oath', `HOTP\talice 1234 ${HEX} 12 123456 2026-01-01T00:00:00L`, { ...hotp, counter: 12n, serial: 'alice' }],
  ])('detects %s and reads it (%#)', async (dialect, text, expected) => {
    expect(detectDialect(text).dialect).toBe(dialect)
    const items = await read(text)
    expect(items).toHaveLength(1)
    expect(tokenOf(items[0])).toMatchObject(expected)
  })

  it('says that a list of two columns could be another vendor’s', () => {
    expect(detectDialect(`S1,${HEX}`)).toEqual({ dialect: 'oath-v1', delimiter: ',', alternatives: ['duo', 'pingid'] })
  })

  it('reads Duo and PingID lists only when the type was chosen', async () => {
    expect(causes(await read(`S1,${HEX}`, { dialect: 'duo' }))).toEqual(['missing-field'])
    const chosen = { dialect: 'pingid', defaults: { kind: 'hotp', digits: 8 } } as const
    expect(tokenOf((await read(`S1,${HEX},5`, chosen))[0])).toMatchObject({ ...hotp, digits: 8, counter: 5n })
    expect(detectDialect(`S1,${HEX},5`).dialect).toBe('pingid')
  })

  it('reads free columns by number and by name', async () => {
    const defaults = { kind: 'totp', intervalSeconds: 60 } as const
    const byNumber = { dialect: 'columns', columns: { serial: 3, secret: 1 }, defaults } as const
    expect(tokenOf((await read(`${B32}|x|S1`.replaceAll('|', ';'), byNumber))[0])).toMatchObject(totp)
    const byName = { dialect: 'columns', columns: { serial: 'No', secret: 'Seed' }, defaults } as const
    expect(tokenOf((await read(`Seed,Who,no\n${B32},x,S1`, byName))[0])).toMatchObject(totp)
  })

  it.each([
    ['upn,serial number,secret key,time interval,manufacturer', /column "model" missing from the header on line 1/],
    ['upn,secret key', /"serial number" and column "time interval" and column "manufacturer" and column "model"/],
    ['serial number,secret key', /column "time interval"/],
  ])('says which column the header %s lacks', async (header, message) => {
    const [item, ...rest] = await read(`${header}\na,b,c,d,e\n`)
    expect(item).toMatchObject({ ok: false, fatal: true, error: { code: 'missing-column' } })
    expect(item?.ok === false && item.error.message).toMatch(message)
    expect(rest).toEqual([])
  })

  it('names the missing column of a line and goes on', async () => {
    const items = await read(`S1,${HEX}\nS2\nS3,${HEX}`)
    expect(causes(items)).toEqual(['ok', 'missing-column', 'ok'])
    expect(items[1]).toMatchObject({ error: { record: { number: 2 }, field: 'key' } })
  })

  it.each(['2.60021E+12', '2,60021E+12', '2E+12', '#REF!', '#N/A'])('refuses the spoiled serial %s', async (serial) => {
    expect(causes(await read(`S0,${HEX}\n"${serial}",${HEX}`))).toEqual(['ok', 'invalid-field'])
  })

  it('refuses numeric serials that lost their leading zeros unless told that lengths differ', async () => {
    const list = `2600126361334,${HEX}\n4001839842,${HEX}`
    expect(causes(await read(list))).toEqual(['ok', 'invalid-field'])
    expect(causes(await read(list, { allowMixedSerialLengths: true }))).toEqual(['ok', 'ok'])
  })

  it('names both lines of a duplicate serial', async () => {
    const items = await read(`S1,${HEX}\n\nS2,${HEX}\nS1,${HEX}`)
    expect(causes(items)).toEqual(['ok', 'ok', 'duplicate-serial'])
    expect(items[2]?.ok === false && items[2].error.message).toMatch(/lines 1 and 4/)
  })

  it('marks secrets that hex and base32 could both mean', async () => {
    const items = await read(`serial,secret,time interval\nA,${'ABCD'.repeat(10)},30\nB,${HEX},30`)
    expect(items.map((item) => item.ok && [item.encoding, item.ambiguous])).toEqual([
      ['hex', true],
      ['hex', false],
    ])
  })

  it.each([
    ['', 'empty'],
    ['\n\n', 'no-tokens'],
    ['# only a comment\n', 'unknown-dialect'],
    ['hello world', 'unknown-dialect'],
    ['LOGGING START,x', 'not-importable'],
    [`1234567,cccccccccccc,313233343536,${HEX},000000000000,2026-01-01,`, 'not-importable'],
    [`S1,"${HEX}"x`, 'not-well-formed'],
    [`S1,${HEX}0`, 'unknown-dialect'],
    [`S1\0,${HEX}`, 'nul-byte'],
    [`S1,${HEX},mOTP`, 'unsupported-algorithm'],
    [`S1,${HEX},ocra,OCRA-1:HOTP-SHA1-6:QN08`, 'unsupported-algorithm'],
    [`S1,${HEX},hotp,5`, 'invalid-field'],
    [`S1,${HEX},hotp,6,18446744073709551616`, 'invalid-field'],
    [`,${HEX},hotp`, 'missing-field'],
    [`S1;Acme;mOTP;${HEX};6;10`, 'unsupported-algorithm'],
    [`TOTP/E alice - ${HEX}`, 'unsupported-algorithm'],
  ])('refuses %j as %s', async (text, code) => expect(causes(await read(text))).toEqual([code]))

  it('refuses a quote that is never closed', async () => {
    expect(causes(await read(`S1,${HEX}\nS2,"${HEX}\nS3,${HEX}`))).toEqual(['ok', 'truncated'])
  })

  it('ends any text in tokens and FormatErrors', async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom(HEX, B32, 'hotp', 'totp', '6', '"', 'serial', 'upn', 'secret key'),
    )
    const rows = fc.array(fc.array(cell).map((cells) => cells.join(','))).map((lines) => lines.join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(rows, fc.string({ unit: anyCharacter })), async (text) => {
        for (const item of await read(text)) expect(item.ok || item.error instanceof FormatError).toBe(true)
      }),
    )
  })

  it.each(['A', ',', '#', '"', '\n', ' '])('refuses 100 MB of %j within a second', async (character) => {
    const file = new Uint8Array(100_000_000).fill(character.charCodeAt(0))
    file[1] = 0x41
    const before = process.threadCpuUsage()
    const items = await collect(readSeedList([file], { dialect: 'oath-v1', delimiter: ',' }))
    expect(items.at(-1)?.ok).toBe(false)
    expect(workMsSince(before)).toBeLessThan(1000)
  })

  it('reads the same however the bytes are cut', async () => {
    const bytes = Buffer.from(`\ufeffsérial,x\r\n"S""1",${HEX}\r\n\r\n"S\r\n2",${HEX}\r\nS3,${HEX}`)
    const options = { dialect: 'duo', defaults: { kind: 'hotp' } } as const
    const whole = await collect(readSeedList([bytes], options))
    expect(causes(whole)).toEqual(['invalid-field', 'ok', 'invalid-field', 'ok'])
    const single = await collect(
      readSeedList(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        options,
      ),
    )
    expect(single).toEqual(whole)
  })

  it('never quotes a secret in a refusal', async () => {
    const odd = '31323334353637383930313'
    for (const options of [{ dialect: 'oath-v1' }, { dialect: 'entra' }, { dialect: 'multiotp' }, {}] as const) {
      for (const item of await read(`S1,${odd}\nS2,${odd}`, options)) {
        expect(JSON.stringify(item.ok ? 'ok' : [item.error.message, item.error])).not.toContain('3233343536')
      }
    }
  })
})
