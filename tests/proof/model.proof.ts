import { compareWithModel } from '../../core/domain/testing/compare-with-model.ts'

/** The long form of decide.model.test.ts: `npm run proof -- model [HISTORIES] [SEED]`; a failure prints the smallest history. */
const [histories = '20000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2)
const started = performance.now()
const { steps, answers } = compareWithModel({ numRuns: Number(histories), seed: Number(seed) })
const seconds = (performance.now() - started) / 1000

console.log(
  `${histories} histories (seed ${seed}), ${steps} decisions, all as the model has them, in ${seconds.toFixed(0)} s`,
)
console.table(Object.fromEntries([...answers].toSorted(([, one], [, other]) => other - one)))
