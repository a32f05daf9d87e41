import type { KeyPurpose } from '@driftlock/application'
import type { PinKeys, UnixMs } from '@driftlock/domain'
import type { DataKey } from './data-key.ts'

/** Every unwrapped data key; immutable, replaced whole when the store has more. */
export class KeySet {
  readonly #byId: ReadonlyMap<string, DataKey>
  /** Newest generation first. */
  readonly #byPurpose: ReadonlyMap<KeyPurpose, readonly DataKey[]>
  readonly #peppers: ReadonlyMap<string, Uint8Array>

  constructor(keys: Iterable<DataKey>) {
    const newestFirst = [...keys].toSorted((a, b) => b.generation - a.generation)
    this.#byId = new Map(newestFirst.map((key) => [key.id, key]))
    this.#byPurpose = Map.groupBy(newestFirst, (key) => key.purpose)
    this.#peppers = new Map(newestFirst.flatMap((key) => (key.octets === null ? [] : [[key.id, key.octets]])))
  }

  get(id: string): DataKey | undefined {
    return this.#byId.get(id)
  }

  all(): readonly DataKey[] {
    return [...this.#byId.values()]
  }

  newest(purpose: KeyPurpose): DataKey | undefined {
    return this.#byPurpose.get(purpose)?.[0]
  }

  /** The newest key that is active; the oldest if the clock stands before all of them. */
  current(purpose: KeyPurpose, now: UnixMs): DataKey {
    const keys = this.#byPurpose.get(purpose)
    const key = keys?.find((candidate) => candidate.activeFrom <= now) ?? keys?.at(-1)
    if (key === undefined) throw new Error(`The key ring has no ${purpose} key: it was not opened by openKeyRing`)
    return key
  }

  pinKeys(now: UnixMs): PinKeys {
    const { id, octets } = this.current('pin-pepper', now)
    if (octets === null) throw new Error('A pepper key was unwrapped without its octets')
    return { current: { id, key: octets }, byId: this.#peppers }
  }
}
