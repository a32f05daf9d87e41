import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkedSettings } from './checked-settings.ts'
import { readSettingsFile } from './read-settings-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const schema = z.strictObject({
  http: z.strictObject({ port: z.int(), names: z.array(z.string().min(2)).default([]) }),
})

async function load(text: string) {
  const path = join(folder, 'settings.yaml')
  writeFileSync(path, text)
  const { settings, placeOf } = await readSettingsFile(path)
  return checkedSettings(schema, settings, placeOf)
}

it('reads what the schema says', async () => {
  expect(await load('http: { port: 80 }\n')).toEqual({ http: { port: 80, names: [] } })
})

describe('a fault is told with file, line, column, name and cause', () => {
  it.each([
    ['of a value', 'http:\n  port: high\n', /settings\.yaml:2:9: http\.port: /],
    ['of one of a list', 'http:\n  port: 1\n  names: [ab, c]\n', /settings\.yaml:3:15: http\.names\.1: /],
    [
      'of what is missing, where the part around it begins',
      'http:\n  names: []\n',
      /settings\.yaml:2:3: http\.port: is missing$/m,
    ],
    ['of what is missing altogether, by the file', '', /settings\.yaml: http: is missing$/m],
    ['of a name nobody knows', 'http:\n  port: 1\n  prot: 2\n', /settings\.yaml:3:9: http\.prot: no such setting$/m],
    [
      'of each of them, at the top too',
      'htpp: 1\nhttp: { port: 1 }\nx: 2\n',
      /:1:7: htpp: no such setting\n.*:3:4: x: no such setting$/m,
    ],
    ['of YAML itself', 'http: [\n', /settings\.yaml:\d+:\d+: /],
    ['of a file without names', '- 1\n', /settings\.yaml:1:1: the file must hold settings by name/],
  ])('%s', async (_, text, message) => {
    await expect(load(text)).rejects.toThrow(message)
  })

  it('of a file that is not there', async () => {
    await expect(readSettingsFile(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      faults: [expect.stringMatching(/none\.yaml cannot be read \(ENOENT\)/)],
    })
  })
})
