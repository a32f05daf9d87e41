import type { Clock } from '@driftlock/application'

export interface AddressBudgetOptions {
  readonly perMinute: number
  readonly clock: Pick<Clock, 'monotonicMs'>
}

const ONE_MINUTE_MS = 60_000
/** Addresses remembered; when there are more, the oldest are forgotten. */
const MOST_ADDRESSES = 50_000

/** How often an address (or a name) did something in the last minute or so. IPv6 addresses count by their /64. */
export class AddressBudget {
  readonly #options: AddressBudgetOptions
  readonly #spent = new Map<string, { count: number; told: boolean; readonly untilMs: number }>()

  constructor(options: AddressBudgetOptions) {
    this.#options = options
  }

  isSpent(address: string): boolean {
    const entry = this.#current(networkOf(address))
    return entry !== undefined && entry.count >= this.#options.perMinute
  }

  /** Spends one where something is left. @returns whether there was. */
  trySpend(address: string): boolean {
    if (this.isSpent(address)) return false
    this.spend(address)
    return true
  }

  spend(address: string): void {
    const network = networkOf(address)
    const entry = this.#current(network)
    if (entry !== undefined) {
      entry.count += 1
      return
    }
    if (this.#spent.size >= MOST_ADDRESSES) this.#spent.delete(this.#spent.keys().next().value ?? '')
    this.#spent.delete(network)
    this.#spent.set(network, { count: 1, told: false, untilMs: this.#options.clock.monotonicMs() + ONE_MINUTE_MS })
  }

  /** For the log: whether this is the first refusal of the address in its minute; asking makes it told. */
  isNews(address: string): boolean {
    const entry = this.#current(networkOf(address))
    if (entry === undefined || entry.told) return false
    entry.told = true
    return true
  }

  #current(network: string) {
    const entry = this.#spent.get(network)
    return entry !== undefined && entry.untilMs > this.#options.clock.monotonicMs() ? entry : undefined
  }
}

/** What counts as one address: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address
}
