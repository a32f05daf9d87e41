import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadWebAgentConfiguration } from './load-configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-configuration-'))
afterAll(() => rmSync(folder, { recursive: true }))

function load(text: string) {
  const path = join(folder, 'web-agent.yaml')
  writeFileSync(path, text)
  return loadWebAgentConfiguration(path)
}

const LEAST = `managers: ['https://am1.example.com:5555/mfa/v1_1']
agent: { id: portal, keyFile: agent.key }
cookieKeyFile: cookie.key
`

it('fills in what is not said, and finds files beside its own', async () => {
  const read = await load(LEAST)
  expect(read.agent.keyFile).toBe(join(folder, 'agent.key'))
  expect(read.listen).toMatchObject({ host: '127.0.0.1', port: 8480 })
  expect(read.sessions).toMatchObject({ idleMinutes: 30, absoluteMinutes: 480, bindAddress: false })
})

it('says where a fault is', async () => {
  await expect(load(`${LEAST}listen:\n  port: many\n`)).rejects.toThrow(/web-agent\.yaml:5:9: listen\.port: /)
  await expect(load(`${LEAST}sesions: {}\n`)).rejects.toThrow(/sesions/)
})

it('refuses to send or take passcodes over plain HTTP', async () => {
  await expect(load(LEAST.replace('https', 'http'))).rejects.toThrow(/managers: .*plain HTTP/)
  await expect(load(`${LEAST}listen: { host: 0.0.0.0 }\n`)).rejects.toThrow(/listen\.host: .*plain HTTP/)
})
