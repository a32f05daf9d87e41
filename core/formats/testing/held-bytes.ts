import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void // what the flag brings
setFlagsFromString('--no-expose-gc')

/** Bytes of the heap that are still held: what is left after everything unreachable was collected. */
export function heldBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
