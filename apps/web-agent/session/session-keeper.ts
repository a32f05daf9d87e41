import { z } from 'zod'
import type { Visitor } from '../access/rules.ts'
import type { Seal } from '../sealing/seal.ts'
import type { LogOffList } from './log-off-list.ts'

export interface SessionLimits {
  /** Without a request for so long, the session is over. */
  readonly idleMs: number
  /** However busy, a session ends after this. */
  readonly absoluteMs: number
  /** Whether a session holds for the network address it began at (IPv6: its /64) and no other. */
  readonly bindAddress: boolean
}

/** Where a session is used: the host is sealed into it, so that what one site sees is of no use at another. */
export interface Client {
  readonly host: string
  readonly address: string
}

export interface Session extends Visitor {
  /** When it was last sealed anew; milliseconds since the epoch. */
  readonly seenAt: number
}

/** Short, because the browser carries it: name, groups, logged on at, seen at, address. */
const sessionSchema = z.tuple([z.string(), z.array(z.string()), z.number(), z.number(), z.string()])

type SealedSession = z.infer<typeof sessionSchema>

const MOST_OPENED = 10_000

/** A cookie is written again at most this often. */
const RENEW_MS = 60_000

/** Reads and writes sessions, which are sealed cookies and nothing else. */
export class SessionKeeper {
  readonly #seal: Seal
  readonly #limits: SessionLimits
  readonly #logOffs: LogOffList
  /** What cookies held, so that one that comes with every request of a page is not unsealed every time. */
  readonly #opened = new Map<string, SealedSession>()

  constructor(seal: Seal, limits: SessionLimits, logOffs: LogOffList) {
    this.#seal = seal
    this.#limits = limits
    this.#logOffs = logOffs
  }

  /** @returns the sealed session of someone who has just logged on. */
  begin(visitor: Visitor, client: Client): string {
    return this.#write({ ...visitor, seenAt: visitor.loggedOnAt }, client)
  }

  /** @returns the session of a cookie, if it still holds here and now. */
  read(cookie: string | undefined, client: Client, nowMs: number): Session | undefined {
    if (cookie === undefined) return undefined
    const opened = this.#open(cookie, client.host)
    if (opened === undefined) return undefined
    const [username, groups, loggedOnAt, seenAt, address] = opened
    const { idleMs, absoluteMs, bindAddress } = this.#limits
    if (nowMs - seenAt > idleMs || nowMs - loggedOnAt > absoluteMs) return undefined
    if (bindAddress && address !== networkOf(client.address)) return undefined
    if (this.#logOffs.holds(username, loggedOnAt)) return undefined
    return { username, groups, loggedOnAt, seenAt }
  }

  /** @returns the cookie to send, or `undefined` while the one there is fresh enough. */
  renew(session: Session, client: Client, nowMs: number): string | undefined {
    const isDue = nowMs - session.seenAt >= Math.min(RENEW_MS, this.#limits.idleMs / 10)
    return isDue ? this.#write({ ...session, seenAt: nowMs }, client) : undefined
  }

  #open(cookie: string, host: string): SealedSession | undefined {
    const place = `${host}\n${cookie}`
    const known = this.#opened.get(place)
    if (known !== undefined) return known
    const read = sessionSchema.safeParse(this.#seal.open('session', host, cookie))
    if (!read.success) return undefined
    if (this.#opened.size >= MOST_OPENED) this.#opened.clear()
    this.#opened.set(place, read.data)
    return read.data
  }

  #write({ username, groups, loggedOnAt, seenAt }: Session, { host, address }: Client): string {
    const bound = this.#limits.bindAddress ? networkOf(address) : ''
    return this.#seal.seal('session', host, [username, groups, loggedOnAt, seenAt, bound])
  }
}

/** An IPv6 host changes the lower half of its address as it likes. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...middle, ...right].slice(0, 4).join(':')
}
