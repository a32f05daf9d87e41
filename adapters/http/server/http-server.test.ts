import { connect } from 'node:net'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { type HttpServer, startHttpServer } from './http-server.ts'
import type { HttpModule } from './http-module.ts'
import { serverLogger } from './logger.ts'
import type { RequestLimits } from './request-budget.ts'

const testModule: HttpModule = {
  name: 'test',
  register(app) {
    app.all('/here', async () => ({ ok: true }))
    app.post('/log-on', { config: { isLogOn: true } }, async () => ({ ok: true }))
    app.get('/for-all-users', { config: { rateLimit: false } }, async () => ({ ok: true }))
  },
}

async function serving(
  limits: number | RequestLimits,
  work: (server: HttpServer) => Promise<void>,
  logger = serverLogger({ level: 'silent' }),
): Promise<void> {
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    trustedProxies: ['127.0.0.1'],
    ...(typeof limits === 'number' ? { requestsPerMinute: limits } : limits),
    logger,
    modules: [testModule],
  })
  try {
    await work(server)
  } finally {
    await server.stop(100)
  }
}

const ask = (server: HttpServer, path: string, address: string) =>
  fetch(`${server.url}${path}`, { headers: { 'x-forwarded-for': address } })

it('refuses an address that asks too often and nobody else', async () => {
  await serving(3, async (server) => {
    const statuses: number[] = []
    for (let i = 0; i < 5; i += 1) statuses.push((await ask(server, '/here', '192.0.2.1')).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    const refused = await ask(server, '/here', '192.0.2.1')
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 })
    expect(refused.headers.get('retry-after')).not.toBeNull()
    expect((await ask(server, '/here', '192.0.2.2')).status).toBe(200)
  })
})

it('counts questions for what is not there, and the addresses of one IPv6 network together', async () => {
  await serving(2, async (server) => {
    expect((await ask(server, '/nothing', '2001:db8:0:1::1')).status).toBe(404)
    expect((await ask(server, '/nothing', '2001:db8:0:1::2')).status).toBe(404)
    expect((await ask(server, '/nothing', '2001:db8:0:1::3')).status).toBe(429)
  })
})

const logOn = (server: HttpServer, username: string, address: string) =>
  fetch(`${server.url}/log-on`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ username }),
  })

it('lets an address log on less often than it may ask, and nobody else is held up', async () => {
  await serving({ requestsPerMinute: 100, logOnsPerMinute: 2 }, async (server) => {
    const statuses: number[] = []
    for (const name of ['a', 'b', 'c']) statuses.push((await logOn(server, name, '192.0.2.1')).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await ask(server, '/here', '192.0.2.1')).status).toBe(200)
    expect((await logOn(server, 'c', '192.0.2.2')).status).toBe(200)
  })
})

it('lets one name be tried so often from all addresses together, however it is written', async () => {
  await serving({ requestsPerMinute: 100, logOnsPerUserAndMinute: 2 }, async (server) => {
    const tries = [
      ['anna', '192.0.2.1'],
      ['ANNA ', '192.0.2.2'],
      ['anna', '192.0.2.3'],
    ] as const
    const statuses: number[] = []
    for (const [name, address] of tries) statuses.push((await logOn(server, name, address)).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await logOn(server, 'bela', '192.0.2.3')).status).toBe(200)
  })
})

it('writes one line for an address that is put off, however often it asks on', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
  const asking = async (server: HttpServer) => {
    for (let i = 0; i < 5; i += 1) await ask(server, '/here', '192.0.2.1')
  }
  await serving(2, asking, logger)
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { address: '192.0.2.1', limit: 'http.requestsPerMinute', route: '/here' },
  ])
})

it('does not count those who speak for all their users', async () => {
  await serving(1, async (server) => {
    for (let i = 0; i < 3; i += 1) expect((await ask(server, '/for-all-users', '192.0.2.1')).status).toBe(200)
  })
})

it('cuts off a body that does not come', async () => {
  await serving(10, async (server) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      const closed = new Promise((resolve) => socket.once('close', resolve))
      const arrived = new Promise((resolve) => server.app.server.once('request', resolve))
      socket.write('POST /here HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n1')
      socket.on('error', () => undefined).resume()
      await arrived
      await vi.advanceTimersByTimeAsync(31_000)
      await closed
      expect(socket.destroyed).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
})
