import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Before the first browser test: builds the consoles that are not as their sources are now. In a child process: inside a
 * test run Vite would build for development.
 */
export function setup(): void {
  const args = ['tools/build-consoles/main.ts', '--if-stale']
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV'))
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env })
  if (status !== 0) throw new Error(`The consoles were not built: ${stdout}${stderr}`)
}
