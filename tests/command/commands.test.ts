import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchShell, type Shell } from '../interop/testing/driftlock-command.ts'

const MARKER = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'
const SEEDS = [
  'S0001,3132333435363738393031323334353637383930,TOTP,6,30',
  'S0002,3132333435363738393031323334353637383931,TOTP,6,30',
]
let shell: Shell

beforeAll(async () => {
  shell = await scratchShell()
  await shell.json(['init'])
  await writeFile(shell.scratch('seeds.csv'), `${SEEDS.join('\n')}\n`)
})
afterAll(() => shell.remove())

async function failure(args: readonly string[], input?: string) {
  const { code, stderr } = await shell.driftlock([...args, '--json'], input)
  const last = stderr.trim().split('\n').at(-1) ?? '{}'
  return { code, error: (JSON.parse(last) as { error: { code: string; message: string } }).error }
}

describe('driftlock without what it needs', () => {
  it('says how to make a data folder where there is none', async () => {
    const { code, error } = await failure(['user', 'list', '--data', shell.scratch('nowhere')])
    expect(code).toBe(3)
    expect(error.message).toContain('driftlock init')
  })

  it('keeps in the data folder which database it was made for', async () => {
    const [data, database] = ['apart', 'apart.sqlite'].map((name) => shell.scratch(name))
    const place = ['--data', data ?? '']
    await shell.json(['init', ...place, '--database', database ?? ''])
    await shell.json(['user', 'create', 'eva', ...place])
    expect(await shell.json(['user', 'list', ...place])).toMatchObject([{ username: 'admin' }, { username: 'eva' }])
    await rename(database ?? '', shell.scratch('moved.sqlite'))
    await rm(shell.scratch('apart/driftlock.yaml'))
    const { code, error } = await failure(['user', 'list', ...place])
    expect(code).toBe(3)
    expect(error.message).toContain('There is no database in the data folder')
  })

  it('leaves nothing of an init whose database does not answer: it can be tried again', async () => {
    const init = ['init', '--data', shell.scratch('again')]
    expect((await failure([...init, '--database', 'postgres://nobody@127.0.0.1:1/none'])).code).toBe(6)
    expect(await shell.json(init)).toMatchObject([{ username: 'admin' }])
  })

  it('ends with 2 on a command line that it does not understand', async () => {
    expect((await shell.driftlock(['user', 'list', '--nonsense'])).code).toBe(2)
    expect((await shell.driftlock(['user', 'list', '--limit', 'many'])).code).toBe(2)
    const { code, stderr } = await shell.driftlock(['token', 'assign', 'S0001'])
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('driftlock token assign --help'),
    })
  })

  it('says which key it has and which it needs when the master key is another one', async () => {
    const file = shell.scratch('other.key')
    await writeFile(file, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 })
    const { code, error } = await failure(['user', 'list', '--master-key-file', file])
    expect(code).toBe(7)
    expect(error.code).toBe('MASTER_KEY_WRONG')
  })
})

describe('driftlock user', () => {
  it('creates, changes, finds and deletes a user', async () => {
    await shell.json(['user', 'create', 'anna', '--first-name', 'Anna', '--alias', 'aberg'])
    await shell.json(['user', 'update', 'anna', '--email', 'anna@example.org', '--expires', '30d'])
    await shell.json(['user', 'alias', 'add', 'anna', 'anna.berg'])
    const [found] = await shell.json(['user', 'show', 'anna.berg'])
    expect(found).toMatchObject({
      username: 'anna',
      email: 'anna@example.org',
      aliases: ['aberg', 'anna.berg'],
      tokens: [],
    })
    await shell.json(['user', 'create', 'bob'])
    await shell.json(['user', 'delete', 'bob', '--yes'])
    expect(await shell.json(['user', 'list', 'bo'])).toEqual([])
  })

  it('shows a table to people', async () => {
    const { stdout } = await shell.driftlock(['user', 'list', 'anna'])
    expect(stdout).toMatch(/^USER +NAME +EMAIL +STATUS/)
    expect(stdout).toMatch(/^anna +Anna +anna@example.org +enabled/m)
  })

  it('lists users by another column, those without a value last', async () => {
    await shell.json(['user', 'create', 'zoe', '--last-name', 'Adler'])
    const listed = await shell.json(['user', 'list', '--sort', 'last-name'])
    expect(listed.map((user) => user['username'])).toEqual(expect.arrayContaining(['zoe', 'anna', 'admin']))
    expect(listed[0]).toMatchObject({ username: 'zoe' })
    await shell.json(['user', 'delete', 'zoe', '--yes'])
  })

  it('disables and enables', async () => {
    expect((await shell.json(['user', 'disable', 'anna']))[0]).toMatchObject({ enabled: false })
    expect((await shell.json(['user', 'enable', 'anna']))[0]).toMatchObject({ enabled: true })
  })

  it('refuses a name that is taken, and one that is not there', async () => {
    expect(await failure(['user', 'create', 'ANNA'])).toMatchObject({ code: 4, error: { code: 'ALREADY_EXISTS' } })
    expect(await failure(['user', 'show', 'nobody'])).toMatchObject({ code: 3, error: { code: 'NOT_FOUND' } })
  })

  it('does not delete without being told to where nobody can be asked', async () => {
    expect(await failure(['user', 'delete', 'anna'])).toMatchObject({ code: 2 })
  })
})

describe('driftlock token', () => {
  it('says that a file to import is not there', async () => {
    const { code, error } = await failure(['token', 'import', shell.scratch('nowhere.sdtid')])
    expect(code).toBe(8)
    expect(error.message).toContain('nowhere.sdtid: there is no such file')
  })

  it('changes nothing on a dry run, imports, and refuses what is there already', async () => {
    const file = shell.scratch('seeds.csv')
    expect((await shell.json(['token', 'import', file, '--dry-run']))[0]).toMatchObject({
      outcome: 'dry-run',
      inserted: 2,
    })
    expect(await shell.json(['token', 'list'])).toEqual([])
    expect((await shell.json(['token', 'import', file]))[0]).toMatchObject({ outcome: 'imported', inserted: 2 })
    expect((await shell.driftlock(['token', 'import', file])).code).toBe(4)
    expect((await shell.json(['token', 'import', file, '--duplicates', 'skip']))[0]).toMatchObject({
      inserted: 0,
      skipped: 2,
    })
  })

  it('assigns, disables, reports lost and found, and unassigns', async () => {
    await shell.json(['token', 'assign', 'S0001', 'anna'])
    expect(await failure(['token', 'assign', 'S0001', 'anna'])).toMatchObject({
      code: 4,
      error: { code: 'TOKEN_ALREADY_ASSIGNED' },
    })
    expect((await shell.json(['token', 'disable', 'S0001']))[0]).toMatchObject({ status: 'disabled' })
    await shell.json(['token', 'enable', 'S0001'])
    expect((await shell.json(['token', 'lost', 'S0001']))[0]).toMatchObject({ status: 'lost' })
    expect((await shell.json(['token', 'found', 'S0001']))[0]).toMatchObject({ status: 'enabled' })
    expect((await shell.json(['token', 'replace', 'S0001']))[0]).toMatchObject({ replacement: { serial: 'S0002' } })
    await shell.json(['token', 'unassign', 'S0002'])
  })

  it('sets, forces and clears a PIN, and never shows one it was given', async () => {
    const { stdout, code } = await shell.driftlock(
      ['token', 'pin', 'set', 'S0001', '--pin-file', '-', '--json'],
      '829164\n',
    )
    expect(code).toBe(0)
    expect(stdout).not.toContain('829164')
    expect((await shell.json(['token', 'pin', 'set', 'S0001', '--generate']))[0]?.['pin']).toMatch(/^\d{4,8}$/)
    await shell.json(['token', 'pin', 'force', 'S0001'])
    await shell.json(['token', 'pin', 'clear', 'S0001'])
    expect((await shell.json(['token', 'show', 'S0001']))[0]).toMatchObject({ hasPin: false })
    expect(await failure(['token', 'pin', 'set', 'S0001', '--pin-file', '-'], '1234\n')).toMatchObject({
      code: 1,
      error: { code: 'PIN_REFUSED' },
    })
  })

  it('distributes again with the old copy still good, and takes that back', async () => {
    const args = ['--as', 'otpauth', '--out', shell.scratch('')]
    await shell.json(['token', 'redistribute', 'S0001', '--yes', ...args])
    expect((await stat(shell.scratch('S0001.txt'))).mode & 0o777).toBe(0o600)
    expect((await shell.json(['token', 'list', '--pending'])).map((token) => token['serial'])).toEqual(['S0001'])
    await shell.json(['token', 'undo-redistribution', 'S0001'])
    expect(await shell.json(['token', 'list', '--pending'])).toEqual([])
  })
})

describe('driftlock domain, policy and settings', () => {
  it('inherits policies down the tree and says where each comes from', async () => {
    await shell.json(['domain', 'create', 'Sales'])
    await shell.json(['domain', 'create', 'Berlin', '--under', 'Sales'])
    await shell.json(['policy', 'set', 'lockout', 'maxFailures=7', '--domain', 'Sales'])
    const [shown] = await shell.json(['policy', 'show', 'lockout', '--domain', 'Sales/Berlin'])
    expect(shown).toMatchObject({ policies: { lockout: { policy: { maxFailures: 7 }, from: { type: 'domain' } } } })
    expect(await failure(['policy', 'set', 'lockout', 'maxFailures=0'])).toMatchObject({ code: 2 })
    expect(await failure(['policy', 'set', 'lockout', 'nonsense=1'])).toMatchObject({ code: 2 })
    await shell.json(['policy', 'clear', 'lockout', '--domain', 'Sales'])
    expect(await failure(['domain', 'delete', 'Sales', '--yes'])).toMatchObject({ code: 4 })
  })

  it('takes the older spelling of a setting and warns of a password on the command line', async () => {
    await shell.json(['store', 'update-config', MARKER, '5', 'GLOBAL'])
    const { code, stderr } = await shell.driftlock([
      'store',
      '-o',
      'admin',
      '-p',
      'password$',
      '-a',
      'update_config',
      MARKER,
      '0',
      'GLOBAL',
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('password on the command line')
    expect((await shell.json(['settings', 'show', MARKER]))[0]).toMatchObject({ value: 0, isInitial: false })
    expect(await failure(['settings', 'set', MARKER, 'soon'])).toMatchObject({ code: 2 })
  })
})

describe('driftlock administrator, role, api-key and agent', () => {
  it('makes an administrator of a user, with a role in a security domain', async () => {
    const [made] = await shell.json(['administrator', 'create', 'anna', '--role', 'help-desk', '--domain', 'Sales'])
    expect(made?.['setupCode']).toMatch(/\w{4,}/)
    const roles = (await shell.json(['administrator', 'list'])).find((one) => one['username'] === 'anna')
    expect(roles).toMatchObject({ roles: [{ roleId: 'help-desk' }] })
    expect(await failure(['administrator', 'assign-role', 'anna', 'king'])).toMatchObject({ code: 3 })
  })

  it('shows a key once and never again', async () => {
    const [key] = await shell.json([
      'api-key',
      'create',
      'provisioning',
      '--user',
      'anna',
      '--permission',
      'view-users',
    ])
    const [agent] = await shell.json(['agent', 'create', 'vpn'])
    const { stdout } = await shell.driftlock(['api-key', 'list', '--json'])
    const { stdout: agents } = await shell.driftlock(['agent', 'list', '--json'])
    expect(stdout).not.toContain(String(key?.['apiKey']))
    expect(agents).toContain('vpn')
    expect(agents).not.toContain(String(agent?.['clientKey']))
    await shell.json(['api-key', 'revoke', String(key?.['id']), '--yes'])
  })
})

describe('driftlock audit', () => {
  it('names the user of the operating system for what the shell did', async () => {
    const [record] = await shell.json(['audit', 'search', '--action', 'assign-token'])
    expect(record).toMatchObject({ actor: { type: 'command', name: userInfo().username }, outcome: 'success' })
  })

  it('verifies, exports and prunes, and is still whole', async () => {
    await shell.json(['audit', 'verify'])
    await shell.json(['audit', 'export', '--format', 'csv', '--out', shell.scratch('audit.csv')])
    expect(await readFile(shell.scratch('audit.csv'), 'utf8')).toContain('"import-tokens"')
    await shell.json(['audit', 'prune', '--before', 'now', '--yes'])
    const reports = await shell.json(['audit', 'verify'])
    expect(reports.every(({ fault }) => fault === undefined)).toBe(true)
    expect(reports.some(({ pruned }) => Number(pruned) > 0)).toBe(true)
  })
})

describe('driftlock keys, backup, restore and doctor', () => {
  it('rotates data keys, after which every secret still opens', async () => {
    await shell.json(['keys', 'rotate', '--alone'])
    const seeds = (await shell.json(['keys', 'status'])).filter(({ purpose }) => purpose === 'seed')
    expect(seeds.map(({ state }) => state)).toEqual(['current', 'opens old values'])
    expect((await shell.json(['doctor']))[0]).toMatchObject({ healthy: true })
  })

  it('backs up without the master key, and restores only with the right one', async () => {
    const backup = shell.scratch('backup')
    await shell.json(['backup', backup])
    expect((await readdir(backup)).toSorted()).toEqual(['backup.json', 'driftlock.sqlite'])
    expect(await failure(['restore', backup])).toMatchObject({ code: 4, error: { code: 'DATA_FOLDER_IN_USE' } })
    const elsewhere = ['--data', shell.scratch('elsewhere')]
    expect(await failure(['restore', backup, ...elsewhere])).toMatchObject({ code: 7 })
    const key = ['--master-key-file', `${shell.folder}/master.key`]
    await shell.json(['restore', backup, ...elsewhere, ...key])
    expect((await shell.json(['token', 'list', ...elsewhere, ...key])).map(({ serial }) => serial)).toEqual([
      'S0001',
      'S0002',
    ])
  })

  it('refuses a backup that was changed', async () => {
    const backup = shell.scratch('backup')
    await writeFile(`${backup}/driftlock.sqlite`, 'x', { flag: 'a' })
    expect(await failure(['restore', backup, '--data', shell.scratch('third')])).toMatchObject({
      code: 8,
      error: { code: 'BACKUP_DAMAGED' },
    })
  })

  it('wraps the data keys under another master key', async () => {
    const file = shell.scratch('new.key')
    await shell.json(['keys', 'rotate-master', '--new-key-file', file, '--yes'])
    expect(await failure(['user', 'list'])).toMatchObject({ code: 7 })
    expect((await shell.json(['user', 'list', '--master-key-file', file])).length).toBeGreaterThan(0)
    await shell.json([
      'keys',
      'rotate-master',
      '--new-key-file',
      `${shell.folder}/master.key`,
      '--master-key-file',
      file,
      '--yes',
    ])
  })

  it('finds a data folder that others can read, and says what to run', async () => {
    const { chmod } = await import('node:fs/promises')
    await chmod(shell.folder, 0o755)
    const { code, stdout } = await shell.driftlock(['doctor'])
    expect(code).toBe(1)
    expect(stdout).toContain(`chmod 700 ${shell.folder}`)
    await chmod(shell.folder, 0o700)
  })

  it('names a misspelt variable of the environment, beside its answer, as config print does', async () => {
    const misspelt = { DRIFTLOCK_HTTP_PROT: '80' }
    const doctor = await shell.driftlock(['doctor'], '', misspelt)
    expect(doctor.stdout).toMatch(
      /note {2}environment .*DRIFTLOCK_HTTP_PROT .*\n.*→ Did you mean DRIFTLOCK_HTTP_PORT\?/,
    )
    const { code, stdout, stderr } = await shell.driftlock(['config', 'print', '--json'], '', misspelt)
    expect({ code, port: (JSON.parse(stdout) as { http: { port: number } }).http.port }).toEqual({
      code: 0,
      port: 5555,
    })
    expect(stderr).toMatch(/DRIFTLOCK_HTTP_PROT .*Did you mean DRIFTLOCK_HTTP_PORT\?/)
  })
})

describe('driftlock job and completion', () => {
  it('queues, shows and cancels a job', async () => {
    const [job] = await shell.json(['job', 'start', 'verify-audit'])
    await shell.json(['job', 'cancel', String(job?.['id'])])
    expect((await shell.json(['job', 'show', String(job?.['id'])]))[0]).toMatchObject({ kind: 'verify-audit' })
  })

  it.each(['bash', 'zsh', 'fish'])('completes the commands there are in %s', async (name) => {
    const { stdout } = await shell.driftlock(['completion', name])
    for (const word of ['resync', 'redistribute', 'rotate-master']) expect(stdout).toContain(word)
  })
})
