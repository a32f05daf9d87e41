import { addRadiusCounts, keptRadiusCounts, type RadiusCounts } from '@driftlock/application'
import { addMs, type UnixMs } from '@driftlock/domain'
import type { RadiusServer } from '@driftlock/radius'
import type { Instance } from '../instance/open-instance.ts'

/** What this instance's RADIUS edge counted: in earlier runs, as it noted it, and in this one. */
export class RadiusTally {
  readonly #instance: Instance
  readonly #server: RadiusServer
  readonly #startedAt: UnixMs
  #earlier: RadiusCounts | undefined
  #noted = ''

  constructor(instance: Instance, server: RadiusServer) {
    this.#instance = instance
    this.#server = server
    this.#startedAt = instance.clock.now()
  }

  /** Takes up what an earlier run of the instance noted. */
  async takeUp(): Promise<void> {
    const { store, name } = this.#instance
    this.#earlier = (await store.operations.radiusCounts.all()).get(name)
  }

  /** Without sources that have been made clients meanwhile. */
  all(): RadiusCounts {
    const now = this.#instance.clock.now()
    const live = this.#live(now)
    const counts = addRadiusCounts(this.#earlier === undefined ? [live] : [this.#earlier, live]) ?? live
    const unknown = counts.unknown.filter(({ address }) => !this.#server.knows(address))
    return keptRadiusCounts({ ...counts, unknown }, now)
  }

  /** Notes the counts in the store, where they changed: then they outlive this process, and others see them. */
  async note(): Promise<void> {
    const { store, name, clock } = this.#instance
    const counts = this.all()
    const text = JSON.stringify([counts.clients, counts.unknown.map(({ address, packets }) => [address, packets])])
    if (text === this.#noted) return
    await store.operations.radiusCounts.note(name, counts, clock.now())
    this.#noted = text
  }

  #live(now: UnixMs): RadiusCounts {
    const monotonicMs = this.#instance.clock.monotonicMs()
    const heard = this.#server.clientCounters().filter(([, { requests, dropped, statusAnswers }]) => {
      return requests > 0 || statusAnswers > 0 || Object.keys(dropped).length > 0
    })
    return {
      since: this.#startedAt,
      clients: Object.fromEntries(
        heard.map(([id, counters]) => [id, { ...counters, dropped: { ...counters.dropped } }]),
      ),
      unknown: this.#server.unknownClients().map(({ address, packets, lastSeenMs }) => ({
        address,
        packets,
        lastSeenAt: addMs(now, Math.round(lastSeenMs - monotonicMs)),
      })),
    }
  }
}
