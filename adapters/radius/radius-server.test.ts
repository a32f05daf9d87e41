import dgram from 'node:dgram'
import net from 'node:net'
import { parseRadiusAttribute, RadiusCode } from '@driftlock/formats'
import { afterEach, describe, expect, it } from 'vitest'
import type { RadiusAuthentication, RadiusClient, RadiusEvent } from './ports.ts'
import { type RadiusListen, RadiusServer, type RadiusServerOptions } from './radius-server.ts'
import { radiusTestDialogue, radiusTestStatus, type RadiusTestOptions } from './test-client.ts'
import { accept, FakeAuthentication, requestOctets, testClient, testSecret } from './testing/fake-radius.ts'

const servers: RadiusServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface Running {
  readonly server: RadiusServer
  readonly udp: readonly number[]
  readonly tcp: readonly number[]
}

async function start(
  authentication: RadiusAuthentication,
  changes: {
    client?: Partial<RadiusClient>
    options?: Partial<RadiusServerOptions>
    listen?: Partial<RadiusListen>
  } = {},
): Promise<Running> {
  const server = new RadiusServer({ authentication, isHealthy: () => true, ...changes.options })
  servers.push(server)
  server.setClients([testClient({ addresses: ['127.0.0.1', '::1'], ...changes.client })])
  const local = { address: '127.0.0.1', port: 0 }
  const bound = await server.listen({ udp: [local], tcp: [local], ...changes.listen })
  return { server, udp: bound.udp.map(({ port }) => port), tcp: bound.tcp.map(({ port }) => port) }
}

function options(
  transport: 'udp' | 'tcp',
  port: number | undefined,
  changes: Partial<RadiusTestOptions> = {},
): RadiusTestOptions {
  const target = { transport, host: '127.0.0.1', port: port ?? 0, timeoutMs: 5000, retries: 2 }
  return { target, secret: testSecret, username: 'ada', password: '1234', attributes: [], ...changes }
}

/** The same, giving up soon: for servers that are to stay silent. */
function impatient(transport: 'udp' | 'tcp', port: number | undefined): RadiusTestOptions {
  const patient = options(transport, port)
  return { ...patient, target: { ...patient.target, timeoutMs: 300 } }
}

/** Next tokencode, as an application would ask for it: the State says what was asked. */
function nextTokencode() {
  return new FakeAuthentication((login) => {
    if (login.state?.[0] === 42 && login.password === '567890') return accept
    if (login.state !== undefined) return { code: 'reject', message: 'Access denied.' }
    return { code: 'challenge', message: 'Next: ', state: Uint8Array.of(42), echo: false, sessionTimeoutSeconds: 120 }
  })
}

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  it('a dialogue runs from challenge to accept with State chained and authenticators checked', async () => {
    const authentication = nextTokencode()
    const running = await start(authentication)
    const dialogue = radiusTestDialogue(options(transport, running[transport][0]))
    const challenge = await dialogue.next()
    expect(challenge.value).toMatchObject({
      kind: 'challenge',
      message: 'Next: ',
      echo: false,
      sessionTimeoutSeconds: 120,
      attempts: 1,
      messageAuthenticator: 'valid-and-first',
    })
    expect((await dialogue.next('567890')).value).toMatchObject({ kind: 'accept' })
    expect((await dialogue.next('more')).done).toBe(true)
    expect(authentication.logins.map(({ password }) => password)).toEqual(['1234', '567890'])
  })

  it('shows a reject with its attributes, and ends there', async () => {
    const running = await start(new FakeAuthentication(() => ({ code: 'reject', message: 'Access denied.' })))
    const dialogue = radiusTestDialogue(options(transport, running[transport][0]))
    const { value } = await dialogue.next()
    expect(value).toMatchObject({ kind: 'reject', message: 'Access denied.' })
    expect(value && 'attributes' in value && value.attributes[1]).toEqual({
      name: 'Reply-Message',
      text: 'Access denied.',
    })
    expect((await dialogue.next('x')).done).toBe(true)
  })

  it('answers Status-Server only while healthy', async () => {
    let isHealthy = true
    const running = await start(new FakeAuthentication(), { options: { isHealthy: () => isHealthy } })
    expect(await radiusTestStatus(options(transport, running[transport][0]))).toBe(true)
    isHealthy = false
    expect(await radiusTestStatus(impatient(transport, running[transport][0]))).toBe(false)
  })
})

describe('UDP', () => {
  it('serves IPv6 and several sockets on one port', async () => {
    const listen = { udp: [{ address: '::1', port: 0, sockets: 2 }], tcp: [] }
    const running = await start(new FakeAuthentication(), { listen })
    for (let i = 0; i < 6; i += 1) {
      const target = { transport: 'udp', host: '::1', port: running.udp[0] ?? 0, timeoutMs: 2000, retries: 0 } as const
      const { value } = await radiusTestDialogue({ ...options('udp', 0), target }).next()
      expect(value).toMatchObject({ kind: 'accept' })
    }
  })

  it('evaluates a request once that the client sends again before the answer is there', async () => {
    const duplicate = Promise.withResolvers<void>()
    const authentication = new FakeAuthentication(() => duplicate.promise.then(() => accept))
    const onEvent = (event: RadiusEvent): void => {
      if (event.kind === 'dropped' && event.reason === 'duplicate-in-flight') duplicate.resolve()
    }
    const running = await start(authentication, { options: { onEvent } })
    const { value } = await radiusTestDialogue(impatient('udp', running.udp[0])).next()
    expect(value).toMatchObject({ kind: 'accept', attempts: 2 })
    expect(authentication.logins.length).toBe(1)
  })

  it.each([
    ['at once', 0],
    ['one after the other', 1],
  ])('answers one packet sent 32 times %s with 32 equal answers after one evaluation', async (_, pauseMs) => {
    const authentication = new FakeAuthentication()
    const running = await start(authentication)
    const socket = dgram.createSocket('udp4')
    const answers: string[] = []
    const answered = new Promise<void>((resolve) => {
      socket.on('message', (octets) => {
        answers.push(octets.toString('hex'))
        if (answers.length === 32) resolve()
      })
    })
    const request = requestOctets()
    for (let i = 0; i < 32; i += 1) {
      socket.send(request, running.udp[0], '127.0.0.1')
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    await answered
    expect(new Set(answers).size).toBe(1)
    expect(authentication.logins.length).toBe(1)
    await new Promise<void>((resolve) => socket.close(() => resolve()))
  })

  it('is silent to strangers, and counts and shows them', async () => {
    const running = await start(new FakeAuthentication(), { client: { addresses: ['192.0.2.1'] } })
    const { value } = await radiusTestDialogue(impatient('udp', running.udp[0])).next()
    expect(value).toMatchObject({ kind: 'no-answer', cause: 'silence', attempts: 3 })
    expect(running.server.unknownClients()).toMatchObject([{ address: '127.0.0.1', packets: 3 }])
  })

  it('tells a wrong secret of the test client from silence when the server does not require Message-Authenticator', async () => {
    const stray = dgram.createSocket('udp4')
    await new Promise<void>((resolve) => stray.bind(0, '127.0.0.1', resolve))
    stray.on('message', (octets, source) => {
      octets[0] = RadiusCode.AccessAccept
      stray.send(octets, source.port, source.address)
    })
    const { value } = await radiusTestDialogue(impatient('udp', stray.address().port)).next()
    expect(value).toMatchObject({ kind: 'no-answer', cause: 'wrong-secret' })
    await new Promise<void>((resolve) => stray.close(() => resolve()))
  })

  it('stops quietly while a login is still being judged', async () => {
    const judged = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const authentication = new FakeAuthentication(async () => {
      asked.resolve()
      await judged.promise
      return accept
    })
    const running = await start(authentication)
    const step = radiusTestDialogue(impatient('udp', running.udp[0])).next()
    await asked.promise
    await running.server.close()
    judged.resolve()
    expect((await step).value).toMatchObject({ kind: 'no-answer' })
    expect(running.server.counters('vpn')?.accepts).toBe(1)
  })

  it('says what the network said when nobody listens', async () => {
    const running = await start(new FakeAuthentication())
    await running.server.close()
    const { value } = await radiusTestDialogue(options('udp', running.udp[0])).next()
    expect(value).toMatchObject({ kind: 'no-answer', cause: 'network', failure: 'ECONNREFUSED' })
  })
})

describe('TCP', () => {
  async function closedAfter(port: number | undefined, octets: Uint8Array): Promise<number> {
    const socket = net.connect({ host: '127.0.0.1', port: port ?? 0 })
    let received = 0
    socket.on('data', (chunk) => {
      received += chunk.length
    })
    socket.on('error', () => undefined)
    socket.write(octets)
    await new Promise((resolve) => socket.once('close', resolve))
    return received
  }

  it.each([
    ['a Length below 20', Uint8Array.of(1, 1, 0, 19)],
    ['a broken attribute', Uint8Array.of(1, 1, 0, 22, ...new Uint8Array(16), 1, 1)],
    ['an invalid Message-Authenticator', requestOctets({ secret: Buffer.from('other') })],
  ])('closes a connection after %s (RFC 6613 §2.6.4)', async (_, octets) => {
    const running = await start(new FakeAuthentication())
    expect(await closedAfter(running.tcp[0], octets)).toBe(0)
  })

  it('closes the connection of a stranger', async () => {
    const running = await start(new FakeAuthentication(), { client: { addresses: ['192.0.2.1'] } })
    expect(await closedAfter(running.tcp[0], requestOctets())).toBe(0)
    expect(running.server.unknownClients().length).toBe(1)
  })

  it('closes an idle connection', async () => {
    const running = await start(new FakeAuthentication(), { options: { tcp: { idleMs: 50 } } })
    expect(await closedAfter(running.tcp[0], Uint8Array.of(1))).toBe(0)
  })

  it('takes no more connections from one client than allowed', async () => {
    const running = await start(new FakeAuthentication(), { options: { tcp: { maxConnectionsPerClient: 1 } } })
    const first = net.connect({ host: '127.0.0.1', port: running.tcp[0] ?? 0 })
    first.write(requestOctets())
    await new Promise((resolve) => first.once('data', resolve))
    expect(await closedAfter(running.tcp[0], requestOctets())).toBe(0)
    first.destroy()
  })
})

it('gives all addresses back when one of them cannot be had', async () => {
  const running = await start(new FakeAuthentication())
  const server = new RadiusServer({ authentication: new FakeAuthentication(), isHealthy: () => true })
  const udp = [
    { address: '127.0.0.1', port: 0 },
    { address: '127.0.0.1', port: running.udp[0] ?? 0 },
  ]
  await expect(server.listen({ udp, tcp: [] })).rejects.toThrow('EADDRINUSE')
})

it('sends a client’s reply attributes with an accept', async () => {
  const line = parseRadiusAttribute('Fortinet-Group-Name="VPN users"')
  if (!('attribute' in line)) throw new Error(line.problem)
  const running = await start(new FakeAuthentication(), { client: { replyAttributes: [line.attribute] } })
  const { value } = await radiusTestDialogue(options('udp', running.udp[0])).next()
  expect(value && 'attributes' in value && value.attributes.slice(1)).toEqual([
    { name: 'Fortinet-Group-Name', text: 'VPN users' },
  ])
})
