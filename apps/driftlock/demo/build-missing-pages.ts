import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../../', import.meta.url)
const SITES = ['virtual-tokens', 'security-console', 'self-service-console'] as const
const BUILDER = fileURLToPath(new URL('tools/build-consoles/main.ts', ROOT))

/** Builds the pages that were never built, in a process of its own; the demo runs without them where that fails. */
export async function buildMissingPages(): Promise<void> {
  const missing = SITES.filter((site) => isThere(`ui/${site}/index.html`) && !isThere(`ui/${site}/dist/index.html`))
  if (missing.length === 0 || !existsSync(BUILDER)) return
  await new Promise<void>((resolve) => {
    // Standard output belongs to the demo's own report.
    const child = spawn(process.execPath, [BUILDER, '--if-missing'], { stdio: ['ignore', 2, 2] })
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}

function isThere(path: string): boolean {
  return existsSync(fileURLToPath(new URL(path, ROOT)))
}
