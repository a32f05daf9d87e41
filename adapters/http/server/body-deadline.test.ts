import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { boundBodies } from './body-deadline.ts'

const USUAL_OCTETS = 1000
const TIMES = { bodyMs: 700, uploadSilenceMs: 700 }

let app: FastifyInstance
beforeAll(async () => {
  app = Fastify({ bodyLimit: USUAL_OCTETS })
  boundBodies(app, USUAL_OCTETS, TIMES)
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  const count = async (body: unknown): Promise<number> => {
    let octets = 0
    for await (const chunk of body as AsyncIterable<Buffer>) octets += chunk.length // the parser passes the stream on
    return octets
  }
  const handler = async ({ body }: FastifyRequest) => ({ octets: await count(body) })
  app.route({ method: 'POST', url: '/usual', handler })
  app.route({ method: 'POST', url: '/upload', bodyLimit: 10 * USUAL_OCTETS, handler })
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

interface Sending {
  readonly socket: Socket
  /** Everything the server answered; settles when the connection is over. */
  readonly answer: Promise<string>
}

/** Begins to send a body of ten octets. */
async function begin(path: string): Promise<Sending> {
  const address = app.server.address()
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  socket.on('error', () => undefined) // writing on after the cut may be answered with a reset
  const answer = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(text))
  })
  const head = [`POST ${path} HTTP/1.1`, 'host: x', 'content-type: application/octet-stream', 'content-length: 10']
  socket.write(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n`)
  return { socket, answer }
}

async function sendSlowly({ socket }: Sending, octets: number, everyMs: number): Promise<void> {
  for (let sent = 0; sent < octets && !socket.destroyed; sent += 1) {
    socket.write('1')
    await sleep(everyMs)
  }
}

it('cuts off a usual body that is not there in time, though something keeps coming', async () => {
  const sending = await begin('/usual')
  await sendSlowly(sending, 10, 100)
  expect(await sending.answer).toBe('')
})

it('takes a usual body that is there in time', async () => {
  const sending = await begin('/usual')
  await sendSlowly(sending, 10, 2)
  expect(await sending.answer).toContain('{"octets":10}')
})

it('lets an upload take longer than that as long as something comes', async () => {
  const sending = await begin('/upload')
  await sendSlowly(sending, 10, 100)
  expect(await sending.answer).toContain('{"octets":10}')
})

it('cuts off an upload that falls silent', async () => {
  const sending = await begin('/upload')
  await sendSlowly(sending, 5, 10)
  const from = performance.now()
  expect(await sending.answer).toBe('')
  expect(performance.now() - from).toBeGreaterThan(TIMES.uploadSilenceMs - 50)
})
