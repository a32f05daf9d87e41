import { authenticate, seedContext } from '@driftlock/application'
import { addMs, codeSource, newPinState, stepAt, unixMs } from '@driftlock/domain'
import type { Instance } from '../../../apps/driftlock/instance/open-instance.ts'
import { nameOf } from './grown-store.ts'
import { seedOf, serialOf } from './timed-import.ts'

const PIN = '2468'
const INTERVAL_MS = 30_000
const CALLERS = 16
const CLOCK = { kind: 'totp', algorithm: 'sha1', digits: 6, intervalSeconds: 30, t0Seconds: 0 } as const

/** Gives so many users, spread evenly over the store, a PIN. @returns their numbers. */
export async function preparedHolders(
  instance: Instance,
  userCount: number,
  wanted: number,
): Promise<readonly number[]> {
  const { store, keys, clock } = instance
  const apart = Math.max(1, Math.floor(userCount / wanted))
  const numbers: number[] = []
  // The last user is disabled.
  for (let number = 1; number < userCount - 1 && numbers.length < wanted; number += apart) {
    if (number % 10 !== 0) numbers.push(number) // the others are free or of another kind
  }
  const serials = new Set(numbers.map(serialOf))
  for (let from = 0; from < numbers.length; from += 500) {
    await store.administration.transaction(async (tx) => {
      for (const number of numbers.slice(from, from + 500)) {
        const token = await tx.tokens.findBySerial(serialOf(number))
        if (token === undefined || !serials.has(token.record.serial)) throw new Error('Every token was imported.')
        const own = {
          previous: null,
          tokenId: token.record.id,
          keys: keys.pinKeys(),
          now: clock.now(),
          historyCount: 0,
        }
        const pin = newPinState(PIN, own)
        const { id: tokenId } = token.record
        const seed = keys.seal('seed', seedContext(tokenId), seedOf(number))
        const change = { tokenId, version: token.state.version, state: { ...token.state, pin } }
        await tx.tokens.update({ ...change, seeds: { type: 'reseal', seeds: { seed, voidedSeeds: [] } } })
      }
    })
  }
  return numbers
}

export interface LoginCost {
  readonly rate: number
  readonly p99Ms: number
  /** Processor time of this process for one log-on. */
  readonly cpuMicros: number
}

/** Log-ons of the holders in turn; when all had theirs, the clock goes on to the next code. */
export class Logins {
  readonly #instance: Instance
  readonly #holders: readonly number[]
  readonly #begun = unixMs(Date.now())
  #taken = 0
  #enteringMs = 0

  constructor(instance: Instance, holders: readonly number[]) {
    this.#instance = instance
    this.#holders = holders
  }

  async forSeconds(seconds: number): Promise<LoginCost> {
    this.#enteringMs = 0
    const cpu = process.cpuUsage()
    const start = performance.now()
    const until = start + seconds * 1000
    const latencies = (await Promise.all(Array.from({ length: CALLERS }, () => this.#caller(until)))).flat()
    const used = process.cpuUsage(cpu)
    const sorted = latencies.toSorted((a, b) => a - b)
    return {
      rate: (latencies.length * 1000) / (performance.now() - start),
      p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      cpuMicros: (used.user + used.system - this.#enteringMs * 1000) / latencies.length,
    }
  }

  #now() {
    return addMs(this.#begun, Math.floor(this.#taken / this.#holders.length) * INTERVAL_MS)
  }

  async #caller(until: number): Promise<readonly number[]> {
    const { authentication, clock } = this.#instance
    const ports = { ...authentication, clock: { ...clock, now: () => this.#now() } }
    const origin = { actor: { type: 'agent', id: 'bench', name: 'bench' } } as const
    const latencies: number[] = []
    while (performance.now() < until) {
      const number = this.#holders[this.#taken++ % this.#holders.length] ?? 1
      const entering = performance.now()
      const code = codeSource({ ...CLOCK, serial: serialOf(number) }, seedOf(number)).code(stepAt(CLOCK, this.#now()))
      const start = performance.now()
      this.#enteringMs += start - entering
      const request = { username: nameOf(number), entry: { type: 'passcode', passcode: PIN + code }, origin } as const
      const { outcome, reason } = await authenticate(ports, request)
      if (outcome !== 'accept') throw new Error(`${nameOf(number)} was to get in, but: ${reason}`)
      latencies.push(performance.now() - start)
    }
    return latencies
  }
}
