import { createHmac } from 'node:crypto'
import dgram from 'node:dgram'
import { accessRequest, answers } from './access-request.ts'

/** Who logs on: PIN and TOTP (SHA-1, six digits, 30 s), once each. */
export interface LoadUser {
  readonly username: string
  readonly pin: string
  readonly seed: Uint8Array
}

export interface LoadOptions {
  readonly port: number
  readonly secret: Uint8Array
  readonly users: readonly LoadUser[]
  /** Requests under way at once. */
  readonly concurrency: number
  /** The octets of an answer are the request itself (a bare echo). */
  readonly isEcho?: boolean
}

export interface LoadResult {
  readonly perSecond: number
  readonly accepts: number
  /** Requests without an answer within three seconds; nothing is sent twice. */
  readonly lost: number
  /** Answers that are not to the request, or not an accept. */
  readonly wrong: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const PATIENCE_MS = 3000
const IDENTIFIERS = 256

/** RFC 6238 for the present moment. */
export function totp(seed: Uint8Array, nowMs = Date.now()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Logs every user in once, so many at a time, and checks every answer. One socket per 128 requests under way. */
export async function radiusLoad(options: LoadOptions): Promise<LoadResult> {
  const lanes = Math.ceil(options.concurrency / 128)
  const queue = options.users.values()
  const tally: Tally = { latencies: [], accepts: 0, lost: 0, wrong: 0 }
  const start = performance.now()
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) => {
      const share = Math.floor((options.concurrency + lane) / lanes)
      return runSocket({ ...options, concurrency: share }, queue, tally)
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const sorted = tally.latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  const { accepts, lost, wrong } = tally
  return { perSecond: sorted.length / seconds, accepts, lost, wrong, p50Ms: at(0.5), p99Ms: at(0.99) }
}

interface Tally {
  readonly latencies: number[]
  accepts: number
  lost: number
  wrong: number
}

async function runSocket(options: LoadOptions, queue: Iterator<LoadUser>, tally: Tally): Promise<void> {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 })
  const waiting = new Map<number, (answer: Buffer) => void>()
  socket.on('message', (octets) => waiting.get(octets[1] ?? 0)?.(octets))
  await new Promise<void>((resolve) => socket.connect(options.port, '127.0.0.1', resolve))
  let identifier = 0
  const ask = (request: Uint8Array, at: number): Promise<Buffer | undefined> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
      waiting.set(at, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
      socket.send(request)
    })
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      identifier = (identifier + 1) % IDENTIFIERS
      while (waiting.has(identifier)) identifier = (identifier + 1) % IDENTIFIERS
      const at = identifier
      const { username, pin, seed } = next.value
      const request = accessRequest({ secret: options.secret, identifier: at, username, password: pin + totp(seed) })
      const sentMs = performance.now()
      const answer = await ask(request, at)
      waiting.delete(at)
      if (answer === undefined) tally.lost += 1
      else {
        tally.latencies.push(performance.now() - sentMs)
        const isGood = options.isEcho === true || (answer[0] === 2 && answers(answer, request, options.secret))
        if (isGood) tally.accepts += 1
        else tally.wrong += 1
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
  socket.close()
}
