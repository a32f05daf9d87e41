import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const MAIN = new URL('../../apps/driftlock/main.ts', import.meta.url).pathname

interface Bound {
  readonly address: string
  readonly port: number
}

/** `driftlock serve` in a process of its own. */
export interface ServingProcess {
  readonly radius: { readonly udp: readonly Bound[]; readonly tcp: readonly Bound[] }
  stop(): Promise<void>
}

/** Starts an instance over a data folder, HTTP on a free port; `settings` as `--set` takes them. */
export async function startServing(dataFolder: string, settings: readonly string[]): Promise<ServingProcess> {
  const args = ['serve', '--data', dataFolder, '--port', '0', '--set', 'clock.ignoreTimeService=true', ...settings]
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  return { radius: await bound(child), stop: () => stop(child) }
}

/** What the first line of the log with a place in it says; the log goes to one of the two streams. */
async function bound(child: ChildProcess): Promise<ServingProcess['radius']> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        if (!line.startsWith('{')) return
        const { radius } = JSON.parse(line) as { radius?: ServingProcess['radius'] } // a line of the log
        if (radius !== undefined) resolve(radius)
      })
    }
    child.once('exit', (code) => reject(new Error(`driftlock serve ended with ${code}:\n${said.join('\n')}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
