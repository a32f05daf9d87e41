// The properties of the core with seeds that nobody chose: `npm run proof -- properties [ROUNDS] [SEED]` runs the tests of
// core/ once a round, each time with another seed. Stops at the first round that fails and says its seed, for another try.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rounds = Number(process.argv[2] ?? 10)
const first = Number(process.argv[3] ?? randomInt(2 ** 31))
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'core', '--reporter=dot']

for (let round = 0; round < rounds; round++) {
  const seed = (first + round) % 2 ** 31
  const env = { ...process.env, PROPERTY_SEED: String(seed) }
  const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit', env })
  console.log(`round ${round + 1}, seed ${seed}: ${status === 0 ? 'passed' : 'failed'}`)
  if (status === 0) continue
  process.exitCode = 1
  break
}
