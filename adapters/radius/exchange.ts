import dgram from 'node:dgram'
import net from 'node:net'
import { TcpFraming } from './tcp-framing.ts'

export interface ExchangeTarget {
  readonly transport: 'udp' | 'tcp'
  /** Address or name; a name is resolved by the platform. */
  readonly host: string
  readonly port: number
  /** How long one copy of the request waits for its answer. */
  readonly timeoutMs: number
  /** How often the identical octets are sent again over UDP; TCP does not retransmit (RFC 6613 §2.6.1). */
  readonly retries: number
}

export interface Exchanged {
  readonly answer: Uint8Array | undefined
  /** Copies of the request that were sent. */
  readonly attempts: number
  /** From the last copy sent to the answer. */
  readonly roundTripMs: number
  /** Packets that came and were refused by `isAnswer`. */
  readonly refused: number
  /** What the network said, such as `ECONNREFUSED`; absent when nothing went wrong there. */
  readonly failure?: string
}

interface Channel {
  send(octets: Uint8Array): void
  close(): void
}

interface ChannelHandlers {
  readonly onPacket: (octets: Uint8Array) => void
  readonly onFailure: (error: Error) => void
}

/** Sends one request and waits for the packet that `isAnswer` accepts, sending the same octets again as configured. */
export async function exchange(
  request: Uint8Array,
  target: ExchangeTarget,
  isAnswer: (octets: Uint8Array) => boolean,
): Promise<Exchanged> {
  const seen: { refused: number; failure?: string } = { refused: 0 }
  let settle: (answer: Uint8Array | undefined) => void = () => undefined
  const channel = await openChannel(target, {
    onPacket: (octets) => {
      if (isAnswer(octets)) settle(octets)
      else seen.refused += 1
    },
    onFailure: (error) => {
      seen.failure = failureText(error)
      settle(undefined)
    },
  })
  const attemptsAllowed = target.transport === 'udp' ? 1 + target.retries : 1
  let attempts = 0
  let answer: Uint8Array | undefined
  let sentMs = performance.now()
  while (answer === undefined && seen.failure === undefined && attempts < attemptsAllowed) {
    attempts += 1
    sentMs = performance.now()
    const waiting = new Promise<Uint8Array | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), target.timeoutMs)
      settle = (octets) => {
        clearTimeout(timer)
        resolve(octets)
      }
    })
    channel.send(request)
    answer = await waiting
  }
  channel.close()
  return { answer, attempts, roundTripMs: performance.now() - sentMs, ...seen }
}

function openChannel(target: ExchangeTarget, handlers: ChannelHandlers): Promise<Channel> {
  return target.transport === 'udp' ? openUdpChannel(target, handlers) : openTcpChannel(target, handlers)
}

async function openUdpChannel(target: ExchangeTarget, handlers: ChannelHandlers): Promise<Channel> {
  const socket = dgram.createSocket({ type: target.host.includes(':') ? 'udp6' : 'udp4' })
  socket.on('message', handlers.onPacket)
  socket.on('error', handlers.onFailure)
  // A connected socket hears only this server, and hears that its port is closed.
  await new Promise<void>((resolve) => {
    socket.once('error', () => resolve())
    socket.connect(target.port, target.host, resolve)
  })
  const send = (octets: Uint8Array): void => {
    try {
      socket.send(octets)
    } catch (error) {
      handlers.onFailure(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return { send, close: () => socket.close() }
}

async function openTcpChannel(target: ExchangeTarget, handlers: ChannelHandlers): Promise<Channel> {
  const socket = net.connect({ host: target.host, port: target.port, noDelay: true, timeout: target.timeoutMs })
  const framing = new TcpFraming()
  socket.on('data', (chunk) => {
    const octets = typeof chunk === 'string' ? Buffer.from(chunk) : chunk // never a string without setEncoding
    for (const packet of framing.push(octets) ?? []) handlers.onPacket(packet)
  })
  socket.on('error', handlers.onFailure)
  socket.on('close', () => handlers.onFailure(new Error('connection closed by the server')))
  await new Promise<void>((resolve) => {
    for (const event of ['connect', 'error', 'timeout'] as const) socket.once(event, () => resolve())
  })
  return { send: (octets) => socket.write(octets), close: () => socket.destroy() }
}

function failureText(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
