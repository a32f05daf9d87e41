import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfiguration } from './load-configuration.ts'
import { environmentName, SETTING_PLACES } from './setting-sources.ts'
import { shownConfiguration } from './shown-configuration.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-configuration-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(text: string): string {
  const path = join(folder, 'driftlock.yaml')
  writeFileSync(path, text)
  return path
}

const nothing = { environment: {}, flags: {} }

describe('where a setting comes from', () => {
  it('is the flag before the environment before the file before the default', async () => {
    const file = fileWith('http:\n  port: 1\n  requestsPerMinute: 1\nlog: { level: warn }\n')
    const environment = { DRIFTLOCK_HTTP_PORT: '2', DRIFTLOCK_HTTP_REQUESTS_PER_MINUTE: '2' }
    const found = await loadConfiguration({ file, environment, flags: { 'http.port': '3' } })
    expect(found).toMatchObject({
      http: { port: 3, requestsPerMinute: 2, host: '127.0.0.1' },
      log: { level: 'warn' },
      radius: { port: 1812 },
    })
  })

  it('is a file named by the environment where it is a secret', async () => {
    const path = join(folder, 'database')
    writeFileSync(path, 'postgres://u:p@h/d\n')
    const { database } = await loadConfiguration({ ...nothing, environment: { DRIFTLOCK_DATABASE_FILE: path } })
    expect(database).toBe('postgres://u:p@h/d')
  })

  it('is no port that Kubernetes names because a service is called driftlock-http or driftlock-radius', async () => {
    const environment = { DRIFTLOCK_HTTP_PORT: 'tcp://10.96.0.7:80', DRIFTLOCK_RADIUS_PORT: 'udp://10.96.0.8:1812' }
    const found = await loadConfiguration({ ...nothing, environment })
    expect(found).toMatchObject({ http: { port: 5555 }, radius: { port: 1812 } })
  })

  it('may be left out altogether, the file too', async () => {
    const found = await loadConfiguration({ ...nothing, defaultFile: join(folder, 'none.yaml') })
    expect(found.http).toMatchObject({ host: '127.0.0.1', port: 5555, trustedProxies: [] })
  })

  it('is one RADIUS address or several, and all of both families when none is named', async () => {
    const radiusOf = async (text: string, environment: Record<string, string> = {}) =>
      (await loadConfiguration({ ...nothing, file: fileWith(text), environment })).radius
    expect(await radiusOf('')).toMatchObject({ host: ['0.0.0.0', '::'], tcpPort: undefined, shared: false })
    expect(await radiusOf('radius: { host: 192.0.2.1, tcpPort: 1812 }')).toMatchObject({
      host: ['192.0.2.1'],
      tcpPort: 1812,
    })
    expect((await radiusOf('radius: { host: [192.0.2.1, "2001:db8::1"] }')).host).toEqual(['192.0.2.1', '2001:db8::1'])
    const environment = { DRIFTLOCK_RADIUS_HOST: '127.0.0.1, ::1', DRIFTLOCK_RADIUS_TCP_PORT: '1813' }
    expect(await radiusOf('', environment)).toMatchObject({ host: ['127.0.0.1', '::1'], tcpPort: 1813 })
  })

  it('has a name of its own in the environment', () => {
    const names = SETTING_PLACES.map(environmentName)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('DRIFTLOCK_HTTP_TLS_CERTIFICATE_FILE')
  })
})

describe('a configuration that cannot be used', () => {
  it.each([
    ['http:\n  port: high\n', /driftlock\.yaml:2:9: http\.port: /],
    ['http:\n  prot: 80\n', /driftlock\.yaml:2:9: http\.prot: no such setting/],
    ['database: mysql://h/d\n', /driftlock\.yaml:1:11: database: must be a postgres:\/\/ address or an SQLite file/],
    ['http: [\n', /driftlock\.yaml:\d+:\d+: /],
    ['metrics: { scrapers: [10.0.0.0/99] }\n', /scrapers\.0: must be an address or a network/],
    ['http: { host: 0.0.0.0 }\n', /http\.host: 0\.0\.0\.0 would serve passwords/],
    ['radius: { host: localhost }\n', /radius\.host\.0: must be an IP address/],
    ['radius: { host: [] }\n', /radius\.host: /],
    ['radius: { shared: true }\n', /radius\.shared: several processes need PostgreSQL/],
    ['database: postgres://db/d\nradius: { shared: true, port: 0 }\n', /radius\.shared: processes that share a port/],
  ])('is refused with its place and cause: %j', async (text, message) => {
    await expect(loadConfiguration({ ...nothing, file: fileWith(text) })).rejects.toThrow(message)
  })

  it('is refused by the name of the variable or flag at fault', async () => {
    const environment = { DRIFTLOCK_RADIUS_ENABLED: 'maybe' }
    await expect(loadConfiguration({ ...nothing, environment })).rejects.toThrow(
      /environment DRIFTLOCK_RADIUS_ENABLED: radius\.enabled: /,
    )
    await expect(loadConfiguration({ ...nothing, flags: { 'http.prot': '1' } })).rejects.toThrow(
      /command line: http\.prot: no such setting/,
    )
    await expect(loadConfiguration({ ...nothing, file: join(folder, 'none.yaml') })).rejects.toThrow(
      /none\.yaml cannot be read/,
    )
  })
})

it('is shown without the password of the database', async () => {
  const flags = { database: 'postgres://driftlock:sekret@db/driftlock?sslpassword=sekret' }
  const shown = JSON.stringify(shownConfiguration(await loadConfiguration({ ...nothing, flags })))
  expect(shown).not.toContain('sekret')
  expect(shown).toContain('postgres://driftlock:hidden@db/driftlock')
})
