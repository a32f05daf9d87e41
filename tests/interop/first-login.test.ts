import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run, scratchShell, type Shell } from './testing/driftlock-command.ts'

const FILE_PASSWORD = 'Hemlig1'
const PIN = '2468'
let shell: Shell
/** The middle of a minute: what is read at such an instant is the same however long a command takes to start. */
const begun = Math.floor(Date.now() / 60_000) * 60 + 30

beforeAll(async () => {
  shell = await scratchShell()
  await shell.json(['init'])
  await writeFile(shell.scratch('password'), `${FILE_PASSWORD}\n`)
})
afterAll(() => shell.remove())

async function ok(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, args)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

/** What stoken's token shows so many seconds after the beginning; with the PIN mixed in where one is given. */
function stoken(seconds: number, pin = '0000'): Promise<string> {
  return ok('stoken', [
    `--rcfile=${shell.scratch('stokenrc')}`,
    `--pin=${pin}`,
    `--use-time=${begun + seconds}`,
    'tokencode',
  ])
}

async function login(user: string, answers: readonly string[]) {
  const { stdout } = await shell.driftlock(['login', user, '--json'], `${answers.join('\n')}\n`)
  return JSON.parse(stdout) as { outcome: string; reason: string; steps: { reason: string }[] }
}

function codesOf(proposed: Record<string, unknown> | undefined): readonly string[] {
  return (proposed?.['codes'] ?? []) as string[] // as the command documents its answer
}

describe('a SecurID-format token of stoken, from its file to emergency access', () => {
  let serial: string

  it('is imported from an sdtid file with a password and assigned', async () => {
    const file = shell.scratch('token.sdtid')
    await writeFile(file, await ok('stoken', ['issue', `--new-password=${FILE_PASSWORD}`]))
    const rc = `--rcfile=${shell.scratch('stokenrc')}`
    await ok('stoken', [rc, 'import', `--file=${file}`, `--password=${FILE_PASSWORD}`, '--new-password=', '--force'])
    await shell.json(['user', 'create', 'anna'])
    const [report] = await shell.json(['token', 'import', file, '--password-file', shell.scratch('password')])
    expect(report).toMatchObject({ outcome: 'imported', format: 'sdtid', inserted: 1 })
    const [token] = await shell.json(['token', 'list', '--unassigned'])
    serial = String(token?.['serial'])
    await shell.json(['token', 'assign', serial, 'anna'])
  })

  it('shows the code that driftlock tokencode shows', async () => {
    const at = ['--time', `@${begun}`]
    const { stdout } = await shell.driftlock([
      'tokencode',
      shell.scratch('token.sdtid'),
      '--password-file',
      shell.scratch('password'),
      ...at,
    ])
    expect(stdout.trim()).toBe(await stoken(0))
  })

  it('sets a PIN at the first log-on and gets in with the next passcode', async () => {
    const answers = [await stoken(0), PIN, PIN, await stoken(60, PIN)]
    const { outcome, steps } = await login('anna', answers)
    expect(steps.map(({ reason }) => reason)).toEqual([
      'new-pin-required',
      'new-pin-to-confirm',
      'new-pin-accepted',
      'passcode-accepted',
    ])
    expect(outcome).toBe('accept')
  })

  it('gets in with a passcode once and not twice', async () => {
    const passcode = await stoken(120, PIN)
    expect(await login('anna', [passcode])).toMatchObject({ outcome: 'accept' })
    expect(await login('anna', [passcode])).toMatchObject({ outcome: 'reject', reason: 'tokencode-reused' })
  })

  it('is asked for the next tokencode when it has drifted beyond the small window', async () => {
    const answers = [await stoken(1500, PIN), await stoken(1560, PIN)]
    const { outcome, steps } = await login('anna', answers)
    expect(steps.map(({ reason }) => reason)).toEqual([
      'next-tokencode-outside-small-window',
      'next-tokencode-accepted',
    ])
    expect(outcome).toBe('accept')
  })

  it('is explained when it is 11 hours ahead, and resynchronised', async () => {
    const ahead = 11 * 3600
    const passcode = await stoken(ahead, PIN)
    expect(await login('anna', [passcode])).toMatchObject({ outcome: 'reject' })
    const { stdout } = await shell.driftlock(['token', 'explain', 'anna', '--passcode-file', '-'], `${passcode}\n`)
    expect(stdout).toMatch(/good code of token \d{12}, 1[01] h .*ahead/)
    const codes = [await stoken(ahead + 60), await stoken(ahead + 120)]
    const [result] = await shell.json(['token', 'resync', serial, ...codes])
    expect(result).toMatchObject({ outcome: 'resynchronised' })
    expect(Number(result?.['clockOffMs'])).toBeGreaterThan(10.8 * 3_600_000)
    expect(await login('anna', [await stoken(ahead + 180, PIN)])).toMatchObject({ outcome: 'accept' })
  })

  it('refuses two codes that do not follow each other', async () => {
    const ahead = 11 * 3600
    const { code, stdout } = await shell.driftlock([
      'token',
      'resync',
      serial,
      await stoken(ahead + 300),
      await stoken(ahead + 480),
    ])
    expect(code).toBe(1)
    expect(stdout).toContain('do not follow each other')
  })

  it('is stood in for by emergency codes, each once and only when saved', async () => {
    const ahead = 11 * 3600
    const propose = ['token', 'emergency', 'propose', serial, '--count', '3']
    const [proposed] = await shell.json(propose)
    const unsaved = codesOf(proposed)[0]
    expect(await login('anna', [`${PIN}${unsaved}`])).toMatchObject({ outcome: 'reject' })
    await shell.json(
      ['token', 'emergency', 'save', serial, '--proposal-file', '-'],
      `${String((await shell.json(propose))[0]?.['proposal'])}\n`,
    )
    const [issued] = await shell.json([...propose, '--save', '--if-available', 'allow-and-disable-emergency'])
    const [first, second] = codesOf(issued)
    expect(await login('anna', [`${PIN}${first}`])).toMatchObject({
      outcome: 'accept',
      reason: 'emergency-code-accepted',
    })
    expect(await login('anna', [`${PIN}${first}`])).toMatchObject({ outcome: 'reject' })
    expect(await login('anna', [`${PIN}${second}`])).toMatchObject({ outcome: 'accept' })
    const [status] = await shell.json(['token', 'emergency', 'show', serial])
    expect(status).toMatchObject({ emergencyAccess: { codesLeft: 1 } })
    expect(await login('anna', [await stoken(ahead + 600, PIN)])).toMatchObject({ outcome: 'accept' })
    expect((await shell.json(['token', 'emergency', 'show', serial]))[0]).toMatchObject({ emergencyAccess: null })
  })

  it('goes to another device as a CTF string that stoken reads', async () => {
    const [given] = await shell.json([
      'token',
      'distribute',
      serial,
      '--as',
      'ctf',
      '--password-file',
      shell.scratch('password'),
    ])
    const [{ text: ctf } = { text: '' }] = (given?.['tokens'] ?? []) as { text: string }[]
    const rc = `--rcfile=${shell.scratch('second')}`
    await ok('stoken', [rc, 'import', `--token=${ctf}`, `--password=${FILE_PASSWORD}`, '--new-password=', '--force'])
    expect(await ok('stoken', [rc, '--pin=0000', `--use-time=${begun}`, 'tokencode'])).toBe(await stoken(0))
  })
})

describe('a CTF string of stoken', () => {
  it('is imported from the standard input and shows the same codes', async () => {
    const rc = `--rcfile=${shell.scratch('third')}`
    await ok('stoken', [rc, 'import', '--random', '--new-password=', '--force']).catch(() =>
      ok('stoken', [rc, '--random', 'show']),
    )
    const ctf = await ok('stoken', ['--random', 'export', '--new-password='])
    const text = ctf.split('\n').at(-1) ?? ''
    const [report] = await shell.json(['token', 'import', '-'], `${text}\n`)
    expect(report).toMatchObject({ outcome: 'imported', format: 'ctf', inserted: 1 })
  })
})

describe('OATH tokens of oathtool', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

  it('lets a TOTP token of an otpauth link in', async () => {
    await shell.json(['user', 'create', 'bob'])
    await shell.json(['token', 'import', '-'], `otpauth://totp/Example:bob?secret=${secret}&issuer=Example\n`)
    await shell.json(['token', 'assign', 'Example:bob', 'bob'])
    const code = (seconds: number) => ok('oathtool', ['--totp', '-b', secret, `--now=@${begun + seconds}`])
    const answers = [await code(0), PIN, PIN, `${PIN}${await code(30)}`]
    expect(await login('bob', answers)).toMatchObject({ outcome: 'accept' })
    expect(await login('bob', [`${PIN}${await code(60)}`])).toMatchObject({ outcome: 'accept' })
  })

  it('lets an HOTP token of a seed list in, skips unused presses and never goes back', async () => {
    await shell.json(['user', 'create', 'carl'])
    const list = shell.scratch('seeds.csv')
    await writeFile(list, 'H0001,3132333435363738393031323334353637383930,HOTP,6\n')
    const [report] = await shell.json(['token', 'import', list, '--pin-style', 'tokencode-only'])
    expect(report).toMatchObject({ outcome: 'imported', format: 'csv' })
    await shell.json(['token', 'assign', 'H0001', 'carl'])
    const code = (counter: number) => ok('oathtool', ['--hotp', '-b', secret, '-c', String(counter)])
    expect(await login('carl', [await code(0)])).toMatchObject({ outcome: 'accept' })
    expect(await login('carl', [await code(3)])).toMatchObject({ outcome: 'accept' })
    expect(await login('carl', [await code(2)])).toMatchObject({ outcome: 'reject', reason: 'tokencode-too-old' })
  })
})

describe('the audit log of all this', () => {
  it('is whole', async () => {
    const reports = await shell.json(['audit', 'verify'])
    expect(reports.every((report) => report['fault'] === undefined)).toBe(true)
  })
})
