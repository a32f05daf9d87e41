import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const BUILDER = fileURLToPath(new URL('../../../tools/build-consoles/main.ts', import.meta.url))

/**
 * Builds the consoles that were never built or whose sources have changed since, in a process of its own; the demo runs
 * without them where that fails.
 */
export async function buildStalePages(): Promise<void> {
  if (!existsSync(BUILDER)) return
  await new Promise<void>((resolve) => {
    // Standard output belongs to the demo's own report.
    const child = spawn(process.execPath, [BUILDER, '--if-stale'], { stdio: ['ignore', 2, 2] })
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}
