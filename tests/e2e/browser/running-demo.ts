import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DemoReport } from './demo-report.ts'

export interface RunningDemo {
  readonly report: DemoReport
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** `driftlock demo` as a process of its own, on free ports. */
export async function startDemoProcess(): Promise<RunningDemo> {
  const args = ['apps/driftlock/main.ts', 'demo', '--port', '0', '--radius-port', '0', '--json']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => undefined)])
  if (first === undefined) throw new Error(`The demo did not start: ${said}`)
  // The command prints its report as one line of JSON.
  const report = JSON.parse(String(first[0])) as DemoReport
  return {
    report,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
