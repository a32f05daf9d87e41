import { setFlagsFromString } from 'node:v8'

/** Its name, its value while the heap is bounded, and the value V8 begins with. V8 reads them whenever it would grow. */
const FLAGS = [
  // The young part would grow to some 60 MiB.
  ['--semi-space-growth-factor', 1, 2],
  // The old part would be left to grow to four times what is alive before it is swept.
  ['--heap-growing-percent', 30, 0],
] as const

/**
 * Work that reads a long file from one end to the other makes garbage and little else: the heap would grow with it for nothing.
 * @returns what was asked for, once the heap may grow again.
 */
export async function withBoundedHeap<T>(work: () => Promise<T>): Promise<T> {
  for (const [flag, bounded] of FLAGS) setFlagsFromString(`${flag}=${bounded}`)
  try {
    return await work()
  } finally {
    for (const [flag, , unbounded] of FLAGS) setFlagsFromString(`${flag}=${unbounded}`)
  }
}
