import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scratchShell, type Shell } from '../interop/testing/driftlock-command.ts'

let shell: Shell

beforeAll(async () => {
  shell = await scratchShell()
  await shell.json(['init'])
  await writeFile(shell.scratch('secret'), 'a shared secret of many octets\n', { mode: 0o600 })
})
afterAll(() => shell.remove())

const set = (...options: readonly string[]) => shell.json(['radius', 'client', 'set', 'vpn', ...options])
const failed = async (...options: readonly string[]) => {
  const { code, stderr } = await shell.driftlock(['radius', 'client', 'set', 'vpn', ...options])
  return [code, stderr]
}

it('adds a client, and shows what holds for it but never its secret', async () => {
  await shell.json(['radius', 'client', 'add', 'vpn', '192.0.2.10', '--secret-file', shell.scratch('secret')])
  const { stdout } = await shell.driftlock(['radius', 'client', 'show', 'vpn'])
  expect(stdout).toMatch(/Network +192\.0\.2\.10/)
  expect(stdout).toMatch(/Language +en/)
  expect(stdout).not.toContain('many octets')
})

it('words a prompt for one language or for any, and goes back to the default', async () => {
  await set('--language', 'de', '--prompt', 'passcode=Code: ', 'de:passcode=Kode: ', 'fr:access-denied=Non.')
  const [shown] = await shell.json(['radius', 'client', 'show', 'vpn'])
  expect(shown?.['profile']).toMatchObject({
    language: 'de',
    prompts: { passcode: 'Code: ' },
    translations: { de: { passcode: 'Kode: ' }, fr: { 'access-denied': 'Non.' } },
  })
  const { stdout } = await shell.driftlock(['radius', 'client', 'show', 'vpn'])
  expect(stdout).toContain('passcode="Code: ", de:passcode="Kode: ", fr:access-denied="Non."')
  await set('--prompt', 'passcode=', 'de:passcode=')
  const [after] = await shell.json(['radius', 'client', 'show', 'vpn'])
  expect(after?.['profile']).toMatchObject({ prompts: {}, translations: { de: {}, fr: { 'access-denied': 'Non.' } } })
})

it('names the option of a secret file that is not there', async () => {
  const { code, stderr } = await shell.driftlock(['radius', 'test', 'anna', '--secret-file', shell.scratch('none')])
  expect([code, stderr]).toEqual([8, expect.stringMatching(/--secret-file: .*none cannot be read \(ENOENT\)/)])
})

it.each([
  ['a prompt that is never asked', ['--prompt', 'de:nothing=x'], /"nothing" is no prompt/],
  ['a text no Reply-Message can hold', ['--prompt', `de:passcode=${'ä'.repeat(127)}`], /longer than the 253 octets/],
  ['a language that is no code', ['--language', 'German'], /write a code of ISO 639/],
])('refuses %s, by the name of the option', async (_, options, text) => {
  expect(await failed(...options)).toEqual([2, expect.stringMatching(text)])
})
