import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEASURED_MS = 700

/** @returns durable overwrites of 4 KiB a second: what no store with one sync a login can exceed. */
export function diskRate(): number {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-floor-'))
  const file = openSync(join(folder, 'block'), 'w')
  const block = new Uint8Array(4096)
  let writes = 0
  const start = performance.now()
  while (performance.now() - start < MEASURED_MS) {
    writeSync(file, block, 0, block.length, 0)
    fdatasyncSync(file)
    writes++
  }
  const elapsedMs = performance.now() - start
  closeSync(file)
  rmSync(folder, { recursive: true })
  return (writes * 1000) / elapsedMs
}
