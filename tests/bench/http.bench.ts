import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startScratchPostgresql } from '@driftlock/sql/testing'
import autocannon from 'autocannon'
import type { BenchServer } from './http/bench-server.ts'

const SERVER = fileURLToPath(new URL('http/bench-server.ts', import.meta.url))
const PIN = '4837'
const CONNECTIONS = [1, 16, 64] as const
const SECONDS = Number(process.argv[2] ?? 5)

interface Figure {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly wrong: number
}

/** A server in a process of its own, as it runs in earnest; the load comes from this one. */
async function withServer<T>(mode: string, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [SERVER, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string] // one line of text
    return await work(JSON.parse(line) as BenchServer) // written by bench-server.ts
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

function hotp(key: Buffer, counter: number): string {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac('sha1', key).update(moving).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1e6).padStart(6, '0')
}

/** Messages of one-step log-ons, each with a fresh code; the holders take turns. */
function loginMessages({ clientId, holders }: BenchServer): () => string {
  const tokens = holders.map(({ username, seedHex }) => ({ username, key: Buffer.from(seedHex, 'hex'), counter: 0 }))
  let turn = 0
  return () => {
    const token = tokens[turn++ % tokens.length] as (typeof tokens)[number] // the remainder is a place of theirs
    const value = `${PIN}${hotp(token.key, token.counter++)}`
    return JSON.stringify({
      authnAttemptTimeout: 180,
      clientId,
      subjectName: token.username,
      lang: 'en_US',
      subjectCredentials: [{ methodId: 'SECURID', collectedInputs: [{ name: 'SECURID', value, dataType: 'STRING' }] }],
      context: { authnAttemptId: '', messageId: randomUUID(), inResponseTo: '' },
    })
  }
}

interface Load {
  readonly connections: number
  readonly seconds: number
  readonly body: () => string
}

async function load(server: BenchServer, { connections, seconds, body }: Load): Promise<Figure> {
  let wrong = 0
  const { requests, latency } = await autocannon({
    url: server.url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/mfa/v1_1/authn/initialize',
        headers: { 'content-type': 'application/json', 'client-key': server.clientKey },
        setupRequest: (request) => ({ ...request, body: body() }),
        onResponse: (status, answer) => {
          if (status !== 200 || answer.includes('"attemptResponseCode":"FAIL"')) wrong += 1
        },
      },
    ],
  })
  return { perSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99, wrong }
}

async function measure(mode: string): Promise<readonly Figure[]> {
  return withServer(mode, async (server) => {
    const body = loginMessages(server)
    await load(server, { connections: 16, seconds: 2, body })
    const figures: Figure[] = []
    for (const connections of CONNECTIONS) figures.push(await load(server, { connections, seconds: SECONDS, body }))
    return figures
  })
}

/** From the start of the process to its first accepted log-on, the instance being made and filled before. */
async function startToFirstLogin(): Promise<number> {
  const { firstLoginMs } = await import('./http/first-login.ts')
  return firstLoginMs()
}

const echo = await measure('echo')
const postgresql = await startScratchPostgresql()
try {
  const rows = [
    ['SQLite', await measure('sqlite')],
    ['PostgreSQL', await measure(await postgresql.createDatabase())],
  ] as const
  console.log('server        c   requests/s   p50 ms   p99 ms   × bare Fastify   refused')
  const print = (name: string, figures: readonly Figure[]): void =>
    figures.forEach(({ perSecond, p50Ms, p99Ms, wrong }, place) => {
      const ratio = perSecond / (echo[place]?.perSecond ?? Number.NaN)
      const cells = [perSecond.toFixed(0).padStart(10), String(p50Ms).padStart(6), String(p99Ms).padStart(6)]
      const connections = String(CONNECTIONS[place]).padStart(2)
      console.log(
        `${name.padEnd(12)} ${connections} ${cells.join('   ')}   ${ratio.toFixed(2).padStart(14)}   ${wrong}`,
      )
    })
  print('bare Fastify', echo)
  for (const [name, figures] of rows) print(name, figures)
  console.log('aim at c=64: ≥ 0.22 × bare Fastify; at c=16: p99 ≤ 15 ms')
  console.log(`start to first log-on: ${(await startToFirstLogin()).toFixed(0)} ms (aim ≤ 2000)`)
} finally {
  await postgresql.stop()
}
