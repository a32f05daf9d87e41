import { randomBytes } from 'node:crypto'
import type { Random } from '@driftlock/application'

/** The randomness of the operating system. */
export const systemRandom: Random = {
  // A copy of its own: small Buffers share a pool, where another view could read them.
  bytes: (count) => Uint8Array.from(randomBytes(count)),
}
