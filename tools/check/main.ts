import { fileURLToPath } from 'node:url'
import { runSteps, type StepResult } from './run-steps.ts'
import { chosenSteps, type Step } from './steps.ts'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

process.exitCode = await check(process.argv.slice(2))

async function check(args: readonly string[]): Promise<number> {
  let steps: readonly Step[]
  try {
    steps = chosenSteps(args)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    console.error(error.message)
    return 2
  }
  const results = await runSteps(steps, { width: 2, cwd: root, onEnd: report })
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
  console.log(failed.length === 0 ? 'check: all good' : `check: failed in ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

function report({ name, passed, seconds, output }: StepResult): void {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(13)} ${seconds.toFixed(1).padStart(5)} s`)
  if (!passed) console.log(output.trimEnd().replaceAll(/^/gm, '    '))
}
