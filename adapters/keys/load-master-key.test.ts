import { chmod, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exposureOf, loadMasterKey, writeMasterKeyFile } from './load-master-key.ts'
import { masterKeyOf } from './master-key.ts'

const OCTETS = Uint8Array.from({ length: 32 }, (_, index) => index * 5)
const HEX = Buffer.from(OCTETS).toString('hex')
const BASE64 = Buffer.from(OCTETS).toString('base64')
const { id: ID } = masterKeyOf(OCTETS, 'test')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftlock-master-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function keyFile(name: string, text: string, mode = 0o600): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  await chmod(path, mode)
  return path
}

describe('finding the master key', () => {
  it.each([
    ['hexadecimal', HEX],
    ['upper-case hexadecimal with a line end', `${HEX.toUpperCase()}\n`],
    ['base64', `${BASE64}\n`],
    ['URL-safe base64 without padding', Buffer.from(OCTETS).toString('base64url')],
  ])('reads %s from a file of mode 0600', async (name, text) => {
    const file = await keyFile(name, text)
    expect(await loadMasterKey({ file, environment: {} })).toMatchObject({ id: ID, source: `file ${file}` })
  })

  it.each([0o644, 0o640, 0o604, 0o660, 0o610])('refuses a file of mode %o and says how to mend it', async (mode) => {
    const file = await keyFile(`mode-${mode}`, HEX, mode)
    const failure = loadMasterKey({ file, environment: {} })
    await expect(failure).rejects.toMatchObject({ code: 'MASTER_KEY_EXPOSED' })
    await expect(failure).rejects.toThrow(`chmod 600 ${file}`)
  })

  it('refuses a file of another user, unless that is root', () => {
    expect(exposureOf('/k', { mode: 0o100600, uid: 1001 }, 1000)).toContain('chown 1000 /k')
    expect(exposureOf('/k', { mode: 0o100600, uid: 1001 }, 0)).toContain('belongs to user 1001')
    expect(exposureOf('/k', { mode: 0o100400, uid: 0 }, 1000)).toBeUndefined()
    expect(exposureOf('/k', { mode: 0o100600, uid: 1000 }, 1000)).toBeUndefined()
  })

  it('judges what a symbolic link points at', async () => {
    const link = join(folder, 'link')
    await symlink(await keyFile('pointed-at', HEX, 0o644), link)
    await expect(loadMasterKey({ file: link, environment: {} })).rejects.toMatchObject({ code: 'MASTER_KEY_EXPOSED' })
  })

  it('takes the environment variable, and the file it names before that', async () => {
    expect(await loadMasterKey({ environment: { DRIFTLOCK_MASTER_KEY: BASE64 } })).toMatchObject({ id: ID })
    const file = await keyFile('named', Buffer.alloc(32, 3).toString('hex'))
    const both = { DRIFTLOCK_MASTER_KEY_FILE: file, DRIFTLOCK_MASTER_KEY: BASE64 }
    expect((await loadMasterKey({ environment: both })).source).toBe(`file ${file}`)
  })

  it('takes the systemd credential, whose folder already keeps others out', async () => {
    await keyFile('driftlock.master-key', HEX, 0o440)
    expect(await loadMasterKey({ environment: { CREDENTIALS_DIRECTORY: folder } })).toMatchObject({ id: ID })
  })

  it('does not pass over a named file that is missing', async () => {
    const file = join(folder, 'absent')
    const environment = { DRIFTLOCK_MASTER_KEY: BASE64 }
    const failure = loadMasterKey({ file, environment })
    await expect(failure).rejects.toMatchObject({ code: 'MASTER_KEY_NOT_FOUND' })
    await expect(failure).rejects.toThrow(file)
  })

  it('names every place that was tried, and what to do', async () => {
    const failure = loadMasterKey({
      environment: { CREDENTIALS_DIRECTORY: '/nowhere' },
      defaultFile: '/none/master.key',
    })
    await expect(failure).rejects.toThrow(
      /DRIFTLOCK_MASTER_KEY_FILE and DRIFTLOCK_MASTER_KEY.*credential driftlock.master-key in \/nowhere.*\/none\/master.key.*driftlock init/,
    )
  })

  it.each(['', 'secret', HEX.slice(1), `${HEX}00`, `${BASE64}A`, 'x'.repeat(10_000)])(
    'refuses a malformed key without repeating it: %#',
    async (text) => {
      const file = await keyFile('malformed', text)
      const failure = await loadMasterKey({ file, environment: {} }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'MASTER_KEY_MALFORMED' })
      if (text.length > 6) expect(String(failure)).not.toContain(text)
      await expect(loadMasterKey({ environment: { DRIFTLOCK_MASTER_KEY: text } })).rejects.toMatchObject({
        code: 'MASTER_KEY_MALFORMED',
      })
    },
  )

  it('writes a new key file nobody else can read, and never over another', async () => {
    const path = join(folder, 'new.key')
    await writeMasterKeyFile(path, OCTETS)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await loadMasterKey({ environment: {}, defaultFile: path })).toMatchObject({ id: ID })
    await expect(writeMasterKeyFile(path, OCTETS)).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
