import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What every console is made of beside its own folder. */
const shared = ['ui/kit', 'core/contracts', 'core/domain', 'tools/build-consoles', 'package-lock.json']

/** Whether a console (`ui/NAME`) was never built below `root`, or something that it is made of is newer than its build. */
export function isStale(root: string, folder: string): boolean {
  const built = join(root, folder, 'dist', 'index.html')
  if (!existsSync(built)) return true
  const builtAtMs = statSync(built).mtimeMs
  return sourcesOf(root, folder).some((path) => statSync(path).mtimeMs > builtAtMs)
}

/** Files and folders: a folder's own time changes when something is taken out of it. */
function sourcesOf(root: string, folder: string): readonly string[] {
  const patterns = [folder, ...shared].flatMap((path) => [path, `${path}/**/*`])
  const exclude = ['**/dist', '**/node_modules', '**/*.test.*']
  return globSync(patterns, { cwd: root, exclude }).map((path) => join(root, path))
}
