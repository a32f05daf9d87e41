import { randomFillSync } from 'node:crypto'
import type { Random } from '@driftlock/application'

/** Octets fetched at once: a call into the system costs the same for 16 octets as for some thousand. */
const POOL_OCTETS = 8192
/** More than this is fetched by itself. */
const LARGEST_FROM_POOL = 512

const pool = new Uint8Array(POOL_OCTETS)
let used = POOL_OCTETS

/** The randomness of the operating system. What is handed out is a copy of its own, and wiped from the pool. */
export const systemRandom: Random = {
  bytes(count) {
    if (count > LARGEST_FROM_POOL) return randomFillSync(new Uint8Array(count))
    if (used + count > POOL_OCTETS) {
      randomFillSync(pool)
      used = 0
    }
    const octets = pool.slice(used, used + count)
    pool.fill(0, used, used + count)
    used += count
    return octets
  },
}
