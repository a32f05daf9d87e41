import { setFlagsFromString } from 'node:v8'

const TRIGGER = '--incremental-marking-hard-trigger'

/** Percent of the way to V8's own limit. Earlier than this costs time and saves little. */
const EARLY = 15

let working = 0

/**
 * Work that goes through a great many things once leaves garbage that V8 does not look for before the heap has 100 MiB, and
 * then some more. Until the work is done it looks for it sooner; it reads this flag (0 = its own limit) as it allocates.
 */
export async function collectingEarly<T>(work: () => Promise<T>): Promise<T> {
  working += 1
  setFlagsFromString(`${TRIGGER}=${EARLY}`)
  try {
    return await work()
  } finally {
    working -= 1
    if (working === 0) setFlagsFromString(`${TRIGGER}=0`)
  }
}
