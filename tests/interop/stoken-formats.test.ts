import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCtf, readSdtid, type SdtidToken, writeCtf, writeSdtid } from '@driftlock/formats'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-stoken-'))

const program = 'stoken'

/** Runs stoken with a home of its own, so that nobody's token is touched. */
function stoken(...args: string[]): {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
} {
  const run = spawnSync(program, [...args, '--batch'], { encoding: 'utf8', env: { ...process.env, HOME: folder } })
  if (run.error !== undefined)
    throw new Error('Cannot run stoken: install Debian package stoken.', { cause: run.error })
  return run
}

function seedAccordingToStoken(...source: string[]): string {
  const { stdout } = stoken('show', '--seed', ...source)
  return /^Decrypted seed\s*: ([0-9a-f ]+)$/m.exec(stdout)?.[1]?.replaceAll(' ', '') ?? `no seed in: ${stdout}`
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function firstToken(text: string, password?: string): Promise<SdtidToken> {
  for await (const record of readSdtid([Buffer.from(text)], { password })) {
    if (!record.ok) throw record.error
    return record.token
  }
  throw new Error('The file holds no token.')
}

/** Deterministic bytes that differ from call to call. */
function bytes(start: number): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, index) => (start * 37 + index * 101) % 256)
}

const cases = [
  { digits: 6, intervalSeconds: 60, pinMode: 0 },
  { digits: 8, intervalSeconds: 60, pinMode: 2 },
  { digits: 6, intervalSeconds: 30, pinMode: 3 },
  { digits: 8, intervalSeconds: 30, pinMode: 1 },
] as const

const tokens = cases.map((shape, index) => ({
  ...shape,
  serial: `${index * 123_456_789 + 7}`.padStart(12, '0'),
  seed: bytes(index + 1),
  birth: '2020-01-01',
  death: '2039-12-31',
  userLogin: 'anna & <bob>',
  userLastName: index === 0 ? '' : 'Ünal',
  mode: index % 2,
  copyProtection: true,
  keypad: true,
  timeDerivedSeeds: true,
  appDerivedSeeds: false,
}))

afterAll(() => rmSync(folder, { recursive: true }))

describe('files and strings we write, read by stoken', () => {
  it.each([undefined, 'p&ss <wörd>'])('sdtid files with password %s give the same seed', (password) => {
    for (const token of tokens) {
      const path = fileOf(`${token.serial}.sdtid`, writeSdtid({ tokens: [token], secret: bytes(99), password }))
      const opened = password === undefined ? [] : ['--password', password]
      expect(seedAccordingToStoken('--file', path, ...opened)).toBe(Buffer.from(token.seed).toString('hex'))
    }
  })

  it('sdtid files are refused by stoken too when one character of the seed is changed', () => {
    const text = writeSdtid({ tokens: [tokens[0] ?? expect.fail('no token')], secret: bytes(98) })
    const changed = text.replace(/<Seed>=(.)/, (_, first) => `<Seed>=${first === 'A' ? 'B' : 'A'}`)
    expect(stoken('show', '--seed', '--file', fileOf('changed.sdtid', changed)).status).not.toBe(0)
  })

  it.each([
    { spelling: 'digits', deviceId: undefined, password: undefined },
    { spelling: 'blocks', deviceId: undefined, password: 'geheim' },
    { spelling: 'url-ios', deviceId: '556f1985-33dd-442c-9155-3a0e994f21b1', password: 'x' },
    { spelling: 'digits', deviceId: 'abcdef0123456789', password: undefined },
  ] as const)('version 1 as $spelling with device $deviceId and password $password gives the same seed', (form) => {
    for (const token of tokens) {
      const text = writeCtf({ token: { ...token, mode: token.mode === 1 }, version: 1, ...form })
      const opened = [
        ...(form.password === undefined ? [] : ['--password', form.password]),
        ...(form.deviceId === undefined ? [] : ['--devid', form.deviceId]),
      ]
      expect(seedAccordingToStoken('--token', text, ...opened)).toBe(Buffer.from(token.seed).toString('hex'))
    }
  })

  it.each([
    { spelling: 'digits', deviceId: undefined, password: undefined },
    { spelling: 'blocks', deviceId: undefined, password: 'geheim' },
    { spelling: 'url-ios', deviceId: '556f1985-33dd-442c-9155-3a0e994f21b1', password: undefined },
    { spelling: 'url-android', deviceId: 'a01c4380-fc01-4df0-b113-7fb98ec74694', password: 'gehéim' },
    { spelling: 'digits', deviceId: '0123456789abcdef01234567', password: 'x' },
  ] as const)('version 2 as $spelling with device $deviceId and password $password gives the same seed', (form) => {
    for (const token of tokens) {
      const text = writeCtf({ token: { ...token, mode: token.mode === 1 }, version: 2, ...form })
      const opened = [
        ...(form.password === undefined ? [] : ['--password', form.password]),
        ...(form.deviceId === undefined ? [] : ['--devid', form.deviceId]),
      ]
      expect(seedAccordingToStoken('--token', text, ...opened)).toBe(Buffer.from(token.seed).toString('hex'))
    }
  })

  it.each([undefined, 'geheim'])('version 3 with password %s gives the same seed', (password) => {
    for (const token of tokens) {
      const mode = token.mode === 1
      const text = writeCtf({ token: { ...token, mode }, version: 3, spelling: 'url-ios', nonce: bytes(5), password })
      const opened = password === undefined ? [] : ['--password', password]
      expect(seedAccordingToStoken('--token', text, ...opened)).toBe(Buffer.from(token.seed).toString('hex'))
    }
  })

  it('stoken shows the tokencode of the published example for our file, string and link', () => {
    // Seed, serial, time and code: the worked example of the tokencode description.
    const token = { ...tokens[0], ...cases[0], serial: '000123456789', seed: Uint8Array.from(Array(16).keys()) }
    const example = {
      death: '2039-12-31',
      copyProtection: true,
      keypad: true,
      timeDerivedSeeds: true,
      appDerivedSeeds: false,
    }
    const path = fileOf('example.sdtid', writeSdtid({ tokens: [{ ...token, ...example, mode: 0 }], secret: bytes(97) }))
    const ctfToken = { ...token, ...example, mode: false }
    const sources = [
      ['--file', path],
      ['--token', writeCtf({ token: ctfToken, version: 2, spelling: 'digits' })],
      ['--token', writeCtf({ token: ctfToken, version: 3, spelling: 'url-any', nonce: bytes(6) })],
    ]
    const codes = sources.map((source) =>
      stoken('tokencode', '--use-time', '1777639122', '--force', ...source).stdout.trim(),
    )
    expect(codes).toEqual(['210219', '210219', '210219'])
  })
})

describe('files and strings stoken writes, read by us', () => {
  const source = { ...cases[1], serial: '000999888777', seed: bytes(50), death: '2035-06-30' }
  const flags = { mode: false, appDerivedSeeds: false, timeDerivedSeeds: true }
  const sourceText = writeCtf({ token: { ...source, ...flags }, version: 2, spelling: 'digits' })

  it.each([undefined, 'neu & böse'])('a token exported as sdtid with password %s', async (password) => {
    const protection = password === undefined ? [] : ['--new-password', password]
    const exported = stoken('export', '--sdtid', '--token', sourceText, ...protection).stdout
    expect(await firstToken(exported, password)).toMatchObject(source)
  })

  it.each(['--blocks', '--iphone', '--android', '--v3'])('a token exported with %s and a password', (format) => {
    const exported = stoken('export', format, '--token', sourceText, '--new-password', 'neu').stdout
    expect(readCtf(exported, { password: 'neu' })).toMatchObject(source)
  })
})
