import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Mutation testing of the domain: `npm run proof -- mutation [--own] [FOLDER …]`, such as `mutation lockout resync`; without
 * folders all that stryker.config.mjs names; `keyed-hash.ts` means that one file of the domain's root. With `--own` only the
 * tests in these folders, or beside these files, are run for each mutant: quicker, and no higher than what all tests reach.
 * Prints the score of each folder; the whole report is in reports/mutation.json.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const given = process.argv.slice(2)
const folders = given.filter((argument) => argument !== '--own')
const ownTests = given.includes('--own') ? { DOMAIN_TEST_FOLDERS: folders.join(',') } : {}
const mutate = folders.map((folder) => `core/domain/${folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`}`)
const only = [...mutate, '!**/*.test.ts', '!**/testing/**', '!core/domain/authentication/reasons.ts']
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/@stryker-mutator/core/bin/stryker.js',
    'run',
    ...(folders.length > 0 ? ['--mutate', only.join(',')] : []),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...ownTests } },
)
process.exitCode = status ?? 1
if (status === 0) console.table(scores())

/** The parts of a mutation-testing report (its JSON schema 2) that are looked at. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>
}

/** Killed and timed out against all that ran, by folder and in all. */
function scores(): Record<string, { mutants: number; caught: number; score: string }> {
  const { files } = JSON.parse(readFileSync(`${root}reports/mutation.json`, 'utf8')) as Report // Stryker's own file
  const counted = new Map<string, { mutants: number; caught: number }>()
  for (const [path, { mutants }] of Object.entries(files)) {
    for (const name of [path.split('/').slice(0, 3).join('/'), 'all']) {
      const sum = counted.get(name) ?? { mutants: 0, caught: 0 }
      for (const mutant of mutants) {
        if (!['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(mutant.status)) continue
        sum.mutants += 1
        if (mutant.status === 'Killed' || mutant.status === 'Timeout') sum.caught += 1
      }
      counted.set(name, sum)
    }
  }
  return Object.fromEntries(
    [...counted].map(([name, sum]) => [name, { ...sum, score: `${((100 * sum.caught) / sum.mutants).toFixed(1)} %` }]),
  )
}
