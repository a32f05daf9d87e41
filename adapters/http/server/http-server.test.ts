import { connect } from 'node:net'
import { expect, it, vi } from 'vitest'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { serverLogger } from './logger.ts'

async function serving(requestsPerMinute: number, work: (server: HttpServer) => Promise<void>): Promise<void> {
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    trustedProxies: ['127.0.0.1'],
    requestsPerMinute,
    logger: serverLogger({ level: 'silent' }),
    modules: [{ name: 'test', register: (app) => void app.all('/here', async () => ({ ok: true })) }],
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
