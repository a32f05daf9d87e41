import { once } from 'node:events'
import dgram from 'node:dgram'
import { type AdministrationContext, viewRadiusActivity } from '@driftlock/application'
import { startRadius } from '@driftlock/driftlock'
import { encodeRadiusText } from '@driftlock/formats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { radiusFindings } from '../../apps/driftlock/doctor/radius-findings.ts'
import { type RadiusInstance, SECRET, startRadiusInstance } from '../interop/testing/radius-instance.ts'
import { accessRequest } from './access-request.ts'
import { exchangeUdp } from './exchange-udp.ts'

const COMMAND: AdministrationContext = {
  authority: { type: 'command' },
  actor: { type: 'command', id: '0', name: 'test' },
}

let server: RadiusInstance
beforeAll(async () => {
  server = await startRadiusInstance()
  await server.setClient({ networks: ['127.0.0.1'] })
})
afterAll(() => server.close())

const packet = accessRequest({ secret: encodeRadiusText(SECRET), identifier: 1, username: 'nobody', password: '1234' })

/** One packet after the other from addresses that are no clients: nothing comes back. */
async function sendFrom(addresses: readonly string[], port: number): Promise<void> {
  for (const address of addresses) {
    const socket = dgram.createSocket('udp4').bind(0, address)
    await once(socket, 'listening')
    await new Promise((resolve) => socket.send(packet, port, '127.0.0.1', resolve))
    socket.close()
  }
}

const activity = () =>
  viewRadiusActivity({ ...server.instance.administration, operations: server.instance.store.operations }, COMMAND)
const unknown = async () => (await activity()).unknown.map(({ address, packets }) => `${address} ${packets}`).toSorted()
const notes = async () => (await radiusFindings(server.instance)).map(({ text }) => text).join('\n')

it('is shown by doctor and to others while it runs, and counted on after a restart', async () => {
  const { instance, radius } = server
  await sendFrom(['127.0.0.2', '127.0.0.3', '127.0.0.2'], server.port)
  expect((await exchangeUdp([packet], { port: server.port }))[0]?.[0]).toBe(3)
  await expect.poll(unknown, { timeout: 10_000 }).toEqual(['127.0.0.2 2', '127.0.0.3 1'])
  expect((await activity()).clients).toMatchObject([{ name: 'vpn.example', requests: 1, rejects: 1 }])
  expect(await notes()).toMatch(
    /2 addresses that are no client .*127\.0\.0\.2 \(2 packets, .*127\.0\.0\.3 \(1 packet, /,
  )

  await radius.close()
  const failures: unknown[] = []
  const again = await startRadius(instance, { addresses: ['127.0.0.1'], port: 0, onError: (one) => failures.push(one) })
  try {
    const { port } = again.bound.udp[0] ?? { port: 0 }
    await sendFrom(['127.0.0.3', '127.0.0.4'], port)
    await exchangeUdp([packet], { port })
    expect(again.counted.all().clients).toMatchObject({ [(await activity()).clients[0]?.id ?? '']: { requests: 2 } })
    await server.setClient({ networks: ['127.0.0.1', '127.0.0.2'] })
    await again.reload()
  } finally {
    await again.close()
  }
  expect(failures).toEqual([])
  // Made a client meanwhile, the second address is no stranger any more.
  expect(await unknown()).toEqual(['127.0.0.3 2', '127.0.0.4 1'])
  expect(await notes()).not.toContain('127.0.0.2')
})
