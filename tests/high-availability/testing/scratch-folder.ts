import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In memory where the system has such a place: processes are killed here, but no power is cut. */
export function scratchFolder(): string {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  return mkdtempSync(join(parent, 'driftlock-ha-'))
}
