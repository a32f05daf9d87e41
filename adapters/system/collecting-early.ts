import { setFlagsFromString } from 'node:v8'

/** Its name, its value while work is done, and the one V8 begins with. V8 reads them as it allocates and as it would grow. */
const FLAGS = [
  // Percent of the way to V8's own limit (0 = there). Earlier than this costs time and saves little.
  ['--incremental-marking-hard-trigger', 15, 0],
  // The old part would be left to grow to four times what is alive; with each collection the young part may shrink.
  ['--heap-growing-percent', 30, 0],
  // The young part of the heap would grow to some 60 MiB.
  ['--semi-space-growth-factor', 1, 2],
] as const

let working = 0

/**
 * Work that goes through a great many things once leaves garbage that V8 does not look for before the heap has 100 MiB, and
 * then some more. Until the work is done it looks for it sooner, and the young part of the heap does not grow.
 */
export async function collectingEarly<T>(work: () => Promise<T>): Promise<T> {
  working += 1
  for (const [flag, early] of FLAGS) setFlagsFromString(`${flag}=${early}`)
  try {
    return await work()
  } finally {
    working -= 1
    if (working === 0) for (const [flag, , usual] of FLAGS) setFlagsFromString(`${flag}=${usual}`)
  }
}
