import type { AuditRecord, AdministrationReader, Clock } from '@driftlock/application'
import { addMs } from '@driftlock/domain'

export type Listener = (record: AuditRecord) => void

export interface FeedPorts {
  readonly read: AdministrationReader
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

const LOOK_EVERY_MS = 1000
/** Records of other instances may be committed a little after their time. */
const OVERLAP_MS = 10_000
const MOST_AT_A_TIME = 500
const REMEMBERED = 5000

/**
 * What happens on any instance, a second later: the audit log is looked at while somebody listens, once for all listeners.
 * In a flood the newest five hundred of a second are shown; the log has them all.
 */
export class ActivityFeed {
  readonly #ports: FeedPorts
  readonly #listeners = new Set<Listener>()
  #seen = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #since = 0

  constructor(ports: FeedPorts) {
    this.#ports = ports
  }

  /** @returns how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#timer === undefined) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.stop()
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #start(): void {
    this.#since = this.#ports.clock.now()
    let looking = false
    this.#timer = setInterval(() => {
      if (looking) return
      looking = true
      this.#look()
        .catch(this.#ports.onError)
        .finally(() => {
          looking = false
        })
    }, LOOK_EVERY_MS)
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    const { read, clock } = this.#ports
    const from = addMs(clock.now(), -OVERLAP_MS)
    const { items } = await read.auditLog.search({ from }, { limit: MOST_AT_A_TIME })
    for (const record of items.toReversed()) {
      const { id, at } = record.entry
      if (this.#seen.has(id) || at < this.#since) continue
      this.#seen.add(id)
      for (const listener of this.#listeners) listener(record)
    }
    if (this.#seen.size > REMEMBERED) this.#seen = new Set([...this.#seen].slice(-REMEMBERED / 2))
  }
}
