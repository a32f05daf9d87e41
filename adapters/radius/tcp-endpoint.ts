import net from 'node:net'
import { TcpFraming } from './tcp-framing.ts'
import type { Endpoint } from './udp-endpoint.ts'

export interface TcpListen {
  readonly address: string
  readonly port: number
  /** Lets other processes listen on the same port, the kernel sharing connections out among them. */
  readonly isShared?: boolean
}

/** Limits of RFC 6613 §2.6.7. */
export interface TcpLimits {
  readonly maxConnections: number
  readonly maxConnectionsPerClient: number
  /** A connection without traffic this long is closed. */
  readonly idleMs: number
  /** A connection this old is closed; clients open another. */
  readonly lifetimeMs: number
}

/** What a connection does with its packets; `false` closes it. */
export interface TcpSession {
  readonly clientId: string
  packet(octets: Uint8Array): boolean
}

/** Called for each connection; `undefined` refuses it (RFC 6613 §2.6.4: unknown client). */
export type TcpAccept = (
  source: { readonly address: string; readonly port: number },
  reply: (octets: Uint8Array) => void,
) => TcpSession | undefined

export interface TcpHandlers {
  readonly accept: TcpAccept
  readonly onError: (error: unknown) => void
}

/** Answers a slow reader may leave unread before the connection is given up. */
const maxUnsentOctets = 1024 * 1024

/** Listens for RADIUS over TCP (RFC 6613); rejects when the address is taken or not local. */
export async function openTcpEndpoint(listen: TcpListen, limits: TcpLimits, handlers: TcpHandlers): Promise<Endpoint> {
  const sockets = new Set<net.Socket>()
  const perClient = new Map<string, number>()
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serveConnection(socket, { limits, accept: handlers.accept, perClient })
  })
  server.maxConnections = limits.maxConnections
  const { address, isShared = false } = listen
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port: listen.port, ipv6Only: address.includes(':'), reusePort: isShared }, () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : listen.port)
    })
  })
  server.on('error', handlers.onError)
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { address, port, close }
}

interface ConnectionRules {
  readonly limits: TcpLimits
  readonly accept: TcpAccept
  readonly perClient: Map<string, number>
}

function serveConnection(socket: net.Socket, { limits, accept, perClient }: ConnectionRules): void {
  // A reset by the other side ends this connection and nothing else.
  socket.on('error', () => socket.destroy())
  const source = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
  const session = accept(source, (octets) => {
    if (socket.writable) socket.write(octets)
    if (socket.writableLength > maxUnsentOctets) socket.destroy()
  })
  const open = session === undefined ? 0 : (perClient.get(session.clientId) ?? 0)
  if (session === undefined || open >= limits.maxConnectionsPerClient) {
    socket.destroy()
    return
  }
  perClient.set(session.clientId, open + 1)
  const lifetime = setTimeout(() => socket.destroy(), limits.lifetimeMs)
  socket.setTimeout(limits.idleMs, () => socket.destroy())
  socket.once('close', () => {
    clearTimeout(lifetime)
    const left = (perClient.get(session.clientId) ?? 1) - 1
    if (left > 0) perClient.set(session.clientId, left)
    else perClient.delete(session.clientId)
  })
  const framing = new TcpFraming()
  socket.on('data', (chunk) => {
    const octets = typeof chunk === 'string' ? Buffer.from(chunk) : chunk // never a string without setEncoding
    const packets = framing.push(octets)
    if (packets === undefined || !packets.every((packet) => session.packet(packet))) socket.destroy()
  })
}
