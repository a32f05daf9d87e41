import { radiusSecretSuspicion } from '@driftlock/application'
import { addMs, type AuditEntry, unixMs } from '@driftlock/domain'
import { encodeRadiusText } from '@driftlock/formats'
import { radiusTestDialogue } from '@driftlock/radius'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { radiusFindings } from '../../apps/driftlock/doctor/radius-findings.ts'
import { type RadiusInstance, startRadiusInstance, type TokenHolder } from '../interop/testing/radius-instance.ts'
import { totp } from './totp.ts'

let server: RadiusInstance
beforeAll(async () => {
  server = await startRadiusInstance()
})
afterAll(() => server.close())

async function logOn(user: TokenHolder, secret: string) {
  const target = { transport: 'udp', host: '127.0.0.1', port: server.port, timeoutMs: 3000, retries: 0 } as const
  const password = user.pin + totp(user.seed)
  const dialogue = radiusTestDialogue({
    target,
    secret: encodeRadiusText(secret),
    username: user.username,
    password,
    attributes: [],
  })
  return (await dialogue.next()).value?.kind
}

const faults = async () => (await radiusFindings(server.instance)).filter(({ level }) => level === 'fault')
it('is named by doctor until the client has logged somebody on with the right one', async () => {
  await server.setClient({ networks: ['127.0.0.1'] }, 'the-secret-on-this-side')
  const user = await server.addHolder('ada')
  for (let round = 0; round < 3; round += 1) expect(await logOn(user, 'the-secret-on-the-other')).toBe('no-answer')
  await expect.poll(faults).toHaveLength(1)
  expect((await faults())[0]?.text).toMatch(/^Passwords of client vpn\.example from 127\.0\.0\.1 come out as garbage/)
  expect(await logOn(user, 'the-secret-on-this-side')).toBe('accept')
  expect(await faults()).toEqual([])
})

describe('a report of garbage from a client', () => {
  const hoursAgo = (hours: number) => addMs(unixMs(Date.now()), -hours * 3_600_000)
  let count = 0

  /** A client of 30 days, with the records that a test gives it. */
  function clientAt(network: string, createdAt = hoursAgo(30 * 24)) {
    count += 1
    const client = { id: `client-${count}`, name: `client ${count}`, network, createdAt }
    const record = (entry: Pick<AuditEntry, 'action' | 'outcome' | 'at' | 'clientAddress'>) =>
      server.instance.store.administration.transaction(async (tx) => {
        count += 1
        const actor = { type: 'radius-client', id: client.id, name: client.name } as const
        tx.audit({ id: `report-${count}`, actor, agent: client.name, reason: 'test', ...entry })
      })
    return {
      garbage: (clientAddress: string, hours: number) =>
        record({ action: 'suspect-radius-secret', outcome: 'warning', clientAddress, at: hoursAgo(hours) }),
      success: (clientAddress: string, hours: number) =>
        record({ action: 'authenticate', outcome: 'success', clientAddress, at: hoursAgo(hours) }),
      suspected: async () =>
        (await radiusSecretSuspicion(server.instance.store.administration.read, client, unixMs(Date.now())))?.address,
    }
  }

  it.each([
    ['one device', '10.9.0.1', 'another address', '192.0.2.77', 1, undefined],
    ['a network', '10.9.1.0/24', 'the same device', '10.9.1.5', 1, undefined],
    ['a network', '10.9.2.0/24', 'another device', '10.9.2.6', 1, '10.9.2.5'],
    ['a network', '10.9.3.0/24', 'another device, long after', '10.9.3.6', 5, undefined],
  ])('of %s (%s), and then a success of %s (%s), %i hours ago', async (_, network, __, goodAddress, hours, left) => {
    const client = clientAt(network)
    const badAddress = network.replace('0/24', '5')
    await client.garbage(badAddress, hours)
    expect(await client.suspected()).toBe(badAddress)
    await client.success(goodAddress, hours - 0.5)
    expect(await client.suspected()).toBe(left)
  })

  it('is forgotten after a week, and a success before it does not end it', async () => {
    const client = clientAt('10.9.4.1')
    await client.garbage('10.9.4.1', 8 * 24)
    expect(await client.suspected()).toBeUndefined()
    await client.success('10.9.4.1', 30)
    await client.garbage('10.9.4.1', 29)
    expect(await client.suspected()).toBe('10.9.4.1')
  })

  it('from before the client was made is of another one of its name', async () => {
    const client = clientAt('10.9.5.1', hoursAgo(1))
    await client.garbage('10.9.5.1', 2)
    expect(await client.suspected()).toBeUndefined()
  })
})
