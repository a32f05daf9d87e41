import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { moduleRoots } from '../architecture/rings.ts'
import { missingReasons } from './missing-reasons.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = globSync(`{${moduleRoots.join(',')}}/**/*.{ts,tsx}`, {
  cwd: root,
  exclude: (path) => /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path),
})
const problems = files.toSorted().flatMap((path) => missingReasons(path, readFileSync(join(root, path), 'utf8')))

for (const problem of problems) console.error(problem)
console.log(`${files.length} files, ${problems.length} unexplained assertions and suppressions`)
process.exitCode = problems.length > 0 || files.length === 0 ? 1 : 0
