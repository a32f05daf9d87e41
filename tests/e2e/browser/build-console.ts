import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Builds a console where it is not built yet. A child process: inside a test run Vite would build for development. */
export function buildConsole(folder: string): void {
  const args = ['tools/build-consoles/main.ts', '--if-missing', '--only', folder]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV'))
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${folder} was not built: ${stdout}${stderr}`)
}
