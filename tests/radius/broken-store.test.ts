import { randomFillSync } from 'node:crypto'
import { startRadius } from '@driftlock/driftlock'
import { encodeRadiusText, RadiusCode, sealRadiusRequest } from '@driftlock/formats'
import { expect, it } from 'vitest'
import { SECRET, startRadiusInstance } from '../interop/testing/radius-instance.ts'
import { accessRequest, platformDigests } from './access-request.ts'
import { exchangeUdp } from './exchange-udp.ts'

const secret = encodeRadiusText(SECRET)

function statusServer(identifier: number): Uint8Array {
  const authenticator = randomFillSync(new Uint8Array(16))
  const digests = platformDigests
  const code = RadiusCode.StatusServer
  const packet = sealRadiusRequest({ code, identifier, authenticator, attributes: [], secret, digests })
  if (packet === undefined) throw new Error('A packet without attributes fits.')
  return packet
}

it('falls silent when its store is gone, to Status-Server too, so that clients turn to another instance', async () => {
  const server = await startRadiusInstance()
  await server.setClient({ networks: ['127.0.0.1'] })
  const failures: unknown[] = []
  const onError = (error: unknown) => failures.push(error)
  const edge = await startRadius(server.instance, { addresses: ['127.0.0.1'], port: 0, onError })
  const port = edge.bound.udp[0]?.port ?? 0
  const codes = async (packets: readonly Uint8Array[]) =>
    (await exchangeUdp(packets, { port, waitMs: 300 })).map((octets) => octets?.[0])
  expect(await codes([statusServer(1)])).toEqual([RadiusCode.AccessAccept])
  // The listener that the instance came with must not see the failure.
  await server.radius.close()
  await server.instance.store.close()
  const logOn = accessRequest({ secret, identifier: 2, username: 'ada', password: '4837123456' })
  expect(await codes([logOn, statusServer(3)])).toEqual([undefined, undefined])
  expect(failures).toContainEqual(expect.objectContaining({ code: 'STORE_CLOSED' }))
  await edge.close()
  await server.close().catch(() => undefined) // its store is closed already
})
