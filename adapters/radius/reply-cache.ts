/** One request being worked on or answered. */
export interface CachedRequest {
  readonly key: string
  /** The packet as received, to compare a second one with octet by octet. */
  readonly octets: Uint8Array
  reply: Uint8Array | undefined
  /** When the packet came; once answered, when the answer was sent. */
  sinceMs: number
}

export type CacheLookup =
  | { readonly kind: 'new'; readonly request: CachedRequest }
  | { readonly kind: 'resend'; readonly reply: Uint8Array }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'overloaded' }

export interface ReplyCacheLimits {
  /** How long an answer is kept, 5000..30000 (RFC 5080 §2.2.2). */
  readonly lifetimeMs: number
  /** Answers kept at most; the oldest goes first. */
  readonly maxReplies: number
  /** Requests worked on at once at most; more are not begun. */
  readonly maxInFlight: number
}

/** How long work may take before a duplicate begins it anew. */
const inFlightLifetimeMs = 30_000

/**
 * Duplicate detection of RFC 5080 §2.2.2 for one socket (UDP) or one connection (TCP, RFC 6613 §2.6.1). A duplicate has the
 * same source address, source port and identifier, and is the same packet octet for octet; anything else under the
 * same key is a new request and purges the old one. Give it only packets whose Message-Authenticator is not invalid.
 */
export class ReplyCache {
  readonly #limits: ReplyCacheLimits
  readonly #inFlight = new Map<string, CachedRequest>()
  readonly #answered = new Map<string, CachedRequest>()

  constructor(limits: ReplyCacheLimits) {
    const lifetimeMs = Math.min(30_000, Math.max(5_000, limits.lifetimeMs))
    this.#limits = { ...limits, lifetimeMs }
  }

  /** Looks a request up and, when it is new, begins it. `key` is source address, port and identifier. */
  begin(key: string, octets: Uint8Array, nowMs: number): CacheLookup {
    this.#expire(nowMs)
    const answered = this.#answered.get(key)
    if (answered?.reply !== undefined) {
      if (sameOctets(answered.octets, octets)) return { kind: 'resend', reply: answered.reply }
      this.#answered.delete(key)
    }
    const running = this.#inFlight.get(key)
    if (running !== undefined && sameOctets(running.octets, octets)) return { kind: 'in-flight' }
    if (running === undefined && this.#inFlight.size >= this.#limits.maxInFlight) return { kind: 'overloaded' }
    this.#inFlight.delete(key)
    const request: CachedRequest = { key, octets, reply: undefined, sinceMs: nowMs }
    this.#inFlight.set(key, request)
    return { kind: 'new', request }
  }

  /**
   * Ends a request with its answer; without one (silence) it is forgotten, so that a retry is evaluated.
   * False when another packet has taken its key meanwhile: then its answer must not be sent.
   */
  finish(request: CachedRequest, reply: Uint8Array | undefined, nowMs: number): boolean {
    if (this.#inFlight.get(request.key) !== request) return false
    this.#inFlight.delete(request.key)
    if (reply === undefined) return true
    request.reply = reply
    request.sinceMs = nowMs
    this.#answered.set(request.key, request)
    if (this.#answered.size > this.#limits.maxReplies) this.#dropOldest()
    return true
  }

  get size(): number {
    return this.#inFlight.size + this.#answered.size
  }

  // Both maps are in order of `sinceMs`, so the old ones are in front and each is looked at once.
  #expire(nowMs: number): void {
    for (const [key, { sinceMs }] of this.#answered) {
      if (nowMs - sinceMs < this.#limits.lifetimeMs) break
      this.#answered.delete(key)
    }
    for (const [key, { sinceMs }] of this.#inFlight) {
      if (nowMs - sinceMs < inFlightLifetimeMs) break
      this.#inFlight.delete(key)
    }
  }

  #dropOldest(): void {
    for (const key of this.#answered.keys()) {
      this.#answered.delete(key)
      return
    }
  }
}

function sameOctets(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}
