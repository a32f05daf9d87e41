import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** An answer of the cloud on its way. */
export interface Passing {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What happens to an answer: it is sent as it comes back, sent in part, or not at all. */
export type Fault = (answer: Passing, target: string, response: ServerResponse) => Passing | 'broken' | Promise<Passing>

/** The network between manager and cloud: a proxy that can be cut, slowed and made to lie. */
export interface LineToCloud {
  readonly url: string
  /** Every connection ends, and none is taken. */
  cut(): void
  mend(): void
  /** For the answers that follow; undefined = as the cloud gave them. */
  fault(fault: Fault | undefined): void
  /** Each answer is kept back so long. */
  delay(milliseconds: number): void
  /** Paths asked for since the beginning, with their query. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

export async function lineTo(cloudUrl: string): Promise<LineToCloud> {
  const asked: string[] = []
  let isCut = false
  let delayMs = 0
  let fault: Fault | undefined
  const server = createServer((incoming, response) => void pass(incoming, response).catch(() => response.destroy()))
  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/'
    asked.push(target)
    if (isCut) return void incoming.socket.destroy()
    const answer = await forward(new URL(target, cloudUrl), incoming)
    await sleep(delayMs)
    if (isCut) return void incoming.socket.destroy()
    const passing = fault === undefined ? answer : await fault(answer, target, response)
    if (passing === 'broken') return
    response.writeHead(passing.status, { ...passing.headers, 'content-length': passing.body.length })
    response.end(passing.body)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    cut() {
      isCut = true
      server.closeAllConnections()
    },
    mend: () => void (isCut = false),
    fault: (next) => void (fault = next),
    delay: (milliseconds) => void (delayMs = milliseconds),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const BETWEEN_HOPS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

async function forward(url: URL, incoming: IncomingMessage): Promise<Passing> {
  const { method, headers } = incoming
  const outgoing = request(url, { method, headers: { ...headers, host: url.host }, agent: false })
  incoming.pipe(outgoing)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage] // the arguments of the event
  const body = Buffer.concat(await answer.toArray())
  const kept = Object.entries(answer.headers).filter(([name]) => !BETWEEN_HOPS.has(name))
  return { status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body }
}

/** Only answers to the feed are touched; the others pass. */
export function onFeed(fault: Fault): Fault {
  return (answer, target, response) => (target.includes('/feed') ? fault(answer, target, response) : answer)
}
