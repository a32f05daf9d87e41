// Mutated real packets against the codec and the request handler: `npm run proof -- radius-fuzz 10000000 [seed]`.
// Prints the rate as it goes; exits 1 at the first packet that is not encoded back exactly or is answered without a
// valid Message-Authenticator. A crash or hang shows itself.
import { mutations } from '../../core/formats/radius/testing/mutate.ts'
import { fuzzRadius } from './fuzz-radius.ts'

const rounds = Number(process.argv[2] ?? 10_000_000)
const seed = Number(process.argv[3] ?? 1)
const started = performance.now()
const result = fuzzRadius(
  (originals) => mutations(originals, { rounds, seed }),
  (done) => {
    const perSecond = Math.round((done / (performance.now() - started)) * 1000)
    process.stdout.write(`${done} packets, ${perSecond}/s\n`)
  },
)
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exitCode = result.failures.length === 0 ? 0 : 1
