import type { AdministrationStore } from '../ports/administration-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { Random } from '../ports/random.ts'

/** What every act of administration needs of the world. */
export interface AdministrationPorts {
  readonly administration: AdministrationStore
  readonly keys: KeyRing
  readonly clock: Clock
  readonly random: Random
}
