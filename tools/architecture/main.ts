import { fileURLToPath } from 'node:url'
import { analyseArchitecture } from './analyse.ts'
import { coreGlobalProblems } from './core-globals.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const report = await analyseArchitecture(root)
const core = coreGlobalProblems(root)
const problems = [...report.problems, ...core.problems]

for (const problem of problems) console.error(problem)
console.log(
  `${String(report.seen)} modules, ${String(report.manifests)} manifests, ` +
    `${String(core.files)} core files, ${String(problems.length)} problems`,
)
process.exitCode = problems.length > 0 ? 1 : 0
