import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lateAuditChain, loadMasterKey, openKeyRing } from '@driftlock/keys'
import { openStore } from '@driftlock/sql'
import { systemClock } from '@driftlock/system'
import { encodeBase32 } from '@driftlock/formats'
import { run, scratchShell, type Shell } from './testing/driftlock-command.ts'

const PIN = '83920174'
const NEW_PIN = '50718326'
const PASSWORD = 'correct horse battery staple'
const SEED = Buffer.from('c3a1f05be2779d40118cab6f90d2e4537fb81a6c', 'hex')

let shell: Shell
const emergencyCodes: string[] = []
const passcodes: string[] = []
/** Every octet of the data folder but the master key's file, and everything the commands said that was no secret to hand out. */
let dump: Buffer
const secrets = new Map<string, Uint8Array>()

/** A log-on with wrong, right, reused and emergency passcodes; PINs set, cleared and changed; a redistribution; a rotation. */
beforeAll(async () => {
  shell = await scratchShell()
  await shell.json(['init'])
  await shell.json(['user', 'create', 'anna'])
  await shell.driftlock(['user', 'password', 'anna', '--password-file', '-'], `${PASSWORD}\n`)
  const link = `otpauth://totp/Example:anna?secret=${encodeBase32(SEED)}&issuer=Example`
  const serial = 'Example:anna'
  await shell.driftlock(['token', 'import', '-'], `${link}\n`)
  await shell.driftlock(['token', 'assign', serial, 'anna'])
  const now = Math.floor(Date.now() / 30_000) * 30 + 15
  const code = async (seconds: number) =>
    (await run('oathtool', ['--totp', '-b', encodeBase32(SEED), `--now=@${now + seconds}`])).stdout.trim()
  const login = (answers: readonly string[]) => shell.driftlock(['login', 'anna', '-v'], `${answers.join('\n')}\n`)
  passcodes.push(`${PIN}${await code(30)}`, `${NEW_PIN}${await code(60)}`)
  const { code: ended } = await login([await code(0), PIN, PIN, passcodes[0] ?? ''])
  if (ended !== 0) throw new Error('The first log-on was to succeed.')
  await login([passcodes[0] ?? ''])
  await login([`${NEW_PIN}${await code(60)}`])
  await shell.driftlock(['token', 'pin', 'set', serial, '--pin-file', '-'], `${NEW_PIN}\n`)
  await shell.driftlock(['token', 'explain', serial, '--passcode-file', '-'], `${passcodes[1]}\n`)
  const issued = await quietly(['token', 'emergency', 'propose', serial, '--save', '--json'])
  emergencyCodes.push(...(JSON.parse(issued) as { codes: string[] }).codes)
  await login([`${NEW_PIN}${emergencyCodes[0]}`])
  await quietly(['token', 'redistribute', serial, '--as', 'otpauth', '--yes'])
  await quietly(['agent', 'create', 'vpn'])
  await shell.driftlock(['keys', 'rotate', 'seed', '--alone'])
  await shell.driftlock(['audit', 'export'])
  await collectKeys()
  dump = await everything()
})
afterAll(() => shell.remove())

/** A command whose very answer is a secret, shown once: it is not among what is searched. */
async function quietly(args: readonly string[]): Promise<string> {
  const { stdout } = await shell.driftlock(args)
  const shown = shell.written as string[]
  shown.splice(shown.lastIndexOf(stdout), 1)
  return stdout
}

async function collectKeys(): Promise<void> {
  const { driftlock: _command, folder } = shell
  const text = (await readFile(join(folder, 'master.key'), 'utf8')).trim()
  secrets.set('master key', Buffer.from(text, 'base64'))
  const master = await loadMasterKey({ environment: {}, defaultFile: join(folder, 'master.key') })
  const store = await openStore({ database: join(folder, 'driftlock.sqlite'), auditChain: lateAuditChain('leak-test') })
  const ring = await openKeyRing({ store: store.keys, clock: systemClock, masterKeys: [master] })
  for (const [id, key] of ring.pinKeys().byId) secrets.set(`pepper ${id}`, key)
  await store.close()
}

async function everything(): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const entry of await readdir(shell.folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && entry.name !== 'master.key') parts.push(await readFile(join(entry.parentPath, entry.name)))
  await writeFile(shell.scratch('said'), shell.written.join('\n'))
  return Buffer.concat([...parts, await readFile(shell.scratch('said'))])
}

/** The spellings in which octets may lie somewhere. */
function spellings(octets: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const buffer = Buffer.from(octets)
  const texts = {
    hex: buffer.toString('hex'),
    'hex in capitals': buffer.toString('hex').toUpperCase(),
    base32: encodeBase32(octets),
    base64: buffer.toString('base64').replace(/=+$/, ''),
    base64url: buffer.toString('base64url'),
    'decimal number': BigInt(`0x${buffer.toString('hex')}`).toString(),
    'decimal octets': [...octets].join(','),
  }
  return new Map<string, Uint8Array>([
    ['octets', octets],
    ...Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)] as const),
  ])
}

function found(octets: Uint8Array): readonly string[] {
  return [...spellings(octets)].filter(([, spelling]) => dump.includes(spelling)).map(([name]) => name)
}

describe('a dump of the database with everything the commands said', () => {
  it('is searched where a planted secret would be found', () => {
    expect(dump.length).toBeGreaterThan(50_000)
    expect(found(Buffer.from('anna'))).toContain('octets')
    expect(dump.includes('passcode-accepted')).toBe(true)
  })

  it('holds no seed in any spelling', () => {
    expect(found(SEED)).toEqual([])
  })

  it('holds no key in any spelling', () => {
    expect(secrets.size).toBeGreaterThanOrEqual(2)
    for (const [name, octets] of secrets) expect([name, ...found(octets)]).toEqual([name])
  })

  it('holds no PIN, passcode, emergency code or password in any spelling', () => {
    expect(emergencyCodes).toHaveLength(5)
    for (const text of [PIN, NEW_PIN, PASSWORD, ...passcodes, ...emergencyCodes])
      expect(found(Buffer.from(text))).toEqual([])
  })
})
