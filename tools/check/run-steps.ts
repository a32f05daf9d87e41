import { spawn } from 'node:child_process'
import type { Step } from './steps.ts'

export interface StepResult {
  readonly name: string
  readonly passed: boolean
  readonly seconds: number
  /** What the step printed, both streams in order of arrival. */
  readonly output: string
}

/** Runs steps side by side, at most `width` at a time; `onEnd` hears of each as it ends. */
export async function runSteps(
  steps: readonly Step[],
  { width, cwd, onEnd }: { width: number; cwd: string; onEnd: (result: StepResult) => void },
): Promise<readonly StepResult[]> {
  const waiting = steps.values()
  const results: StepResult[] = []
  const lane = async (): Promise<void> => {
    for (const step of waiting) {
      const result = await runStep(step, cwd)
      results.push(result)
      onEnd(result)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}

async function runStep({ name, commands }: Step, cwd: string): Promise<StepResult> {
  const start = performance.now()
  let output = ''
  let passed = true
  for (const command of commands) {
    const ran = await run(command, cwd)
    output += ran.output
    passed = passed && ran.passed
  }
  return { name, passed, seconds: (performance.now() - start) / 1000, output }
}

function run([program = '', ...args]: readonly string[], cwd: string): Promise<{ passed: boolean; output: string }> {
  const path = `${cwd}/node_modules/.bin:${process.env['PATH'] ?? ''}`
  const child = spawn(program, args, { cwd, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ passed: false, output: `cannot start ${program}: ${error.message}; run "npm ci" first\n` })
    })
    child.on('close', (code) => {
      resolve({ passed: code === 0, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}
