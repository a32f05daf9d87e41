import type { FastifyReply } from 'fastify'

export interface ServerEvent {
  readonly event: string
  readonly id?: string
  readonly data: unknown
}

export interface EventStream {
  send(event: ServerEvent): void
  /** Ends the stream; the browser connects again unless it is told not to. */
  end(): void
  readonly closed: Promise<void>
}

const HEARTBEAT_MS = 15_000
/** A reader that lets this much pile up is cut off: it connects again and catches up. */
const LONGEST_BACKLOG_BYTES = 1_048_576

/** Takes over a reply as server-sent events (HTML Living Standard §9.2). Comments every 15 s keep proxies from closing it. */
export function eventStream(reply: FastifyReply, isStillAllowed: () => Promise<boolean>): EventStream {
  reply.hijack()
  const { raw } = reply
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined))
  raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.write(': connected\n\n')
  const heartbeat = setInterval(() => {
    raw.write(': still here\n\n')
    isStillAllowed().then(
      (allowed) => !allowed && raw.end('event: ended\ndata: {"reason":"session"}\n\n'),
      () => raw.end(),
    )
  }, HEARTBEAT_MS)
  const closed = new Promise<void>((resolve) => {
    raw.once('close', () => {
      clearInterval(heartbeat)
      resolve()
    })
  })
  return {
    closed,
    send({ event, id, data }) {
      if (raw.writableLength > LONGEST_BACKLOG_BYTES) raw.destroy()
      else raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    end: () => raw.end(),
  }
}
