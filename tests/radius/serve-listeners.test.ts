import { mkdtempSync, rmSync } from 'node:fs'
import dgram from 'node:dgram'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initialiseInstance, type Instance } from '@driftlock/driftlock'
import { encodeRadiusText, RadiusCode } from '@driftlock/formats'
import { radiusTestDialogue, radiusTestStatus } from '@driftlock/radius'
import { freePort, type ScratchPostgresql, startScratchPostgresql } from '@driftlock/sql/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addHolder, reasonsOf, SECRET, setRadiusClient, type TokenHolder } from '../interop/testing/radius-instance.ts'
import { accessRequest } from './access-request.ts'
import { totp } from './totp.ts'
import { type ServingProcess, startServing } from './serving-process.ts'

const secret = encodeRadiusText(SECRET)
const common = { environment: {}, ignoreTimeService: true } as const
let folder: string
let running: ServingProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-listeners-'))
})
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()))
  running = []
  rmSync(folder, { recursive: true, force: true })
})

async function serve(...settings: readonly string[]): Promise<ServingProcess> {
  const server = await startServing(folder, settings)
  running.push(server)
  return server
}

const passcode = ({ pin, seed }: TokenHolder) => pin + totp(seed)

describe('driftlock serve', () => {
  let users: readonly TokenHolder[]
  beforeEach(async () => {
    const instance = await initialiseInstance({ ...common, dataFolder: folder, name: 'am1' })
    users = await Promise.all(['ada', 'bob', 'cleo', 'dan'].map((name) => addHolder(instance, name, {})))
    await setRadiusClient(instance, { networks: ['127.0.0.0/8', '::1'] }, SECRET)
    await instance.close()
  })

  async function logOn(user: TokenHolder, target: { transport: 'udp' | 'tcp'; host: string; port: number }) {
    const options = { target: { ...target, timeoutMs: 5000, retries: 0 }, secret, attributes: [] }
    const dialogue = radiusTestDialogue({ ...options, username: user.username, password: passcode(user) })
    return (await dialogue.next()).value?.kind
  }

  it('answers RADIUS on every address it is given, over UDP and TCP, on the same ports', async () => {
    const { radius } = await serve(
      '--radius-port',
      '0',
      '--set',
      'radius.host=127.0.0.1,::1',
      '--set',
      'radius.tcpPort=0',
    )
    const places = [
      ...radius.udp.map(({ address, port }) => ({ transport: 'udp' as const, host: address, port })),
      ...radius.tcp.map(({ address, port }) => ({ transport: 'tcp' as const, host: address, port })),
    ]
    expect(places.map(({ transport, host }) => `${transport} ${host}`)).toEqual([
      'udp 127.0.0.1',
      'udp ::1',
      'tcp 127.0.0.1',
      'tcp ::1',
    ])
    expect(radius.udp[0]?.port).toBe(radius.udp[1]?.port)
    for (const [index, place] of places.entries()) {
      expect(await radiusTestStatus({ target: { ...place, timeoutMs: 5000, retries: 0 }, secret })).toBe(true)
      expect(await logOn(users[index] as TokenHolder, place)).toBe('accept') // as many users as places
    }
  })

  it('listens on all IPv4 and IPv6 addresses, without TCP, when nothing is said', async () => {
    const { radius } = await serve('--radius-port', '0')
    expect(radius.udp.map(({ address }) => address)).toEqual(['0.0.0.0', '::'])
    expect(radius.tcp).toEqual([])
  })

  it('names the port that another program has, and does not start', async () => {
    const other = dgram.createSocket('udp4').bind(0, '127.0.0.1')
    await once(other, 'listening')
    const port = String(other.address().port)
    await expect(serve('--radius-port', port, '--set', 'radius.host=127.0.0.1')).rejects.toThrow(
      `127.0.0.1:${port} (UDP): another program is listening there`,
    )
    other.close()
  })
})

describe('two processes of driftlock serve on one RADIUS port, over PostgreSQL', () => {
  let postgresql: ScratchPostgresql
  beforeAll(async () => {
    postgresql = await startScratchPostgresql()
  })
  afterAll(() => postgresql.stop())

  /** Sends each packet from a socket of its own, so that the kernel spreads them over the processes. */
  async function codesOf(packets: readonly Uint8Array[], port: number): Promise<readonly (number | undefined)[]> {
    const answers = packets.map(async (packet) => {
      const socket = dgram.createSocket('udp4')
      const answer = once(socket, 'message', { signal: AbortSignal.timeout(10_000) })
      socket.send(packet, port, '127.0.0.1')
      const [octets] = (await answer) as [Buffer] // the arguments of the event
      socket.close()
      return octets[0]
    })
    return Promise.all(answers)
  }

  it('share the requests, and accept one of 32 uses of one code', async () => {
    const database = await postgresql.createDatabase()
    const instance: Instance = await initialiseInstance({ ...common, dataFolder: folder, database, name: 'set-up' })
    const user = await addHolder(instance, 'ada', {})
    await setRadiusClient(instance, {}, SECRET)
    const port = await freePort('udp')
    const shared = ['--database', database, '--radius-port', String(port), '--set', 'radius.shared=true']
    await serve(...shared, '--set', 'radius.host=127.0.0.1', '--set', 'instance.name=am1')
    await serve(...shared, '--set', 'radius.host=127.0.0.1', '--set', 'instance.name=am2')
    const password = passcode(user)
    const packets = Array.from({ length: 32 }, (_, identifier) =>
      accessRequest({ secret, identifier, username: 'ada', password }),
    )
    const codes = await codesOf(packets, port)
    expect(codes.filter((code) => code === RadiusCode.AccessAccept)).toHaveLength(1)
    expect(codes.filter((code) => code === RadiusCode.AccessReject)).toHaveLength(31)
    expect((await reasonsOf(instance, 'ada')).filter((reason) => reason === 'passcode-accepted')).toHaveLength(1)
    const chains = await instance.store.administration.read.auditLog.heads()
    const judged = chains.filter(({ chainId, sequence }) => /^am[12]$/.test(chainId) && sequence > 1)
    expect(judged).toHaveLength(2) // each has judged log-ons beside its own start
    await instance.close()
  })
})
