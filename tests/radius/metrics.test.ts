import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initialiseInstance, type RunningInstance, startInstance, withDefaults } from '@driftlock/driftlock'
import { encodeRadiusText } from '@driftlock/formats'
import { serverLogger } from '@driftlock/http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addHolder, SECRET, setRadiusClient, type TokenHolder } from '../interop/testing/radius-instance.ts'
import { accessRequest } from './access-request.ts'
import { exchangeUdp } from './exchange-udp.ts'
import { totp } from './totp.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-radius-metrics-'))
const secret = encodeRadiusText(SECRET)
let running: RunningInstance
let user: TokenHolder

beforeAll(async () => {
  const common = { dataFolder: folder, environment: {} }
  const instance = await initialiseInstance({ ...common, name: 'am1', ignoreTimeService: true })
  user = await addHolder(instance, 'ada', {})
  await setRadiusClient(instance, { networks: ['127.0.0.1'] }, SECRET)
  await instance.close()
  const given = { instance: { name: 'am1' }, http: { port: 0 }, radius: { host: ['127.0.0.1'], port: 0 } }
  const configuration = withDefaults({ ...given, clock: { ignoreTimeService: true } }, 'test')
  running = await startInstance({ ...common, configuration, logger: serverLogger({ level: 'silent' }) })
})
afterAll(async () => {
  await running.stop(5000)
  rmSync(folder, { recursive: true, force: true })
})

async function gauges(): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${running.http.url}/metrics`)).text()
  const lines = [...text.matchAll(/^driftlock_radius_(\w+)\{instance_name="am1"\} (\d+)$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, Number(value)]))
}

it('counts what passes at the RADIUS edge: requests, copies, drops, garbage, suspicions and strangers', async () => {
  expect(await gauges()).toEqual({
    requests: 0,
    resent: 0,
    garbage_passwords: 0,
    dropped: 0,
    suspected_clients: 0,
    unknown_client_packets: 0,
  })
  const port = running.radius?.bound.udp[0]?.port ?? 0
  const request = (identifier: number, password: string, under = secret) =>
    accessRequest({ secret: under, identifier, username: user.username, password, isSealed: false })
  const good = request(1, user.pin + totp(user.seed))
  const other = encodeRadiusText('a-secret-of-somebody-else')
  // The same socket throughout: a copy comes from the same port. Garbage is rejected, so each packet has an answer.
  const garbage = [2, 3, 4].map((identifier) => request(identifier, '4837123456', other))
  expect((await exchangeUdp([good, good, ...garbage], { port })).map((octets) => octets?.[0])).toEqual([2, 2, 3, 3, 3])
  await exchangeUdp([new Uint8Array(19)], { port, waitMs: 100 })
  await exchangeUdp([good], { port, from: '127.0.0.2', waitMs: 100 })
  expect(await gauges()).toEqual({
    requests: 4,
    resent: 1,
    garbage_passwords: 3,
    dropped: 1,
    suspected_clients: 1,
    unknown_client_packets: 1,
  })
})

it('counts log-ons over RADIUS by outcome, and how long they took', async () => {
  const text = await (await fetch(`${running.http.url}/metrics`)).text()
  expect(text).toMatch(/driftlock_logins_total\{edge="radius",outcome="accept",instance_name="am1"\} 1/)
  expect(text).toMatch(/driftlock_login_seconds_count\{instance_name="am1",edge="radius"\} 1/)
})
