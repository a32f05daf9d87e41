import { setFlagsFromString } from 'node:v8'

const FACTOR = '--semi-space-growth-factor'

/**
 * Work that reads a long file from one end to the other makes garbage and little else. The young part of the heap would grow
 * with it to some 60 MiB for nothing; V8 reads this flag whenever it would grow.
 * @returns what was asked for, once the heap may grow again.
 */
export async function withBoundedYoungHeap<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString(`${FACTOR}=1`)
  try {
    return await work()
  } finally {
    setFlagsFromString(`${FACTOR}=2`)
  }
}
