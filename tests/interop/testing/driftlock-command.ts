import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = new URL('../../../apps/driftlock/main.ts', import.meta.url).pathname

/** What a command left behind. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  /** What it reads from its standard input. */
  readonly input?: string
  readonly environment?: NodeJS.ProcessEnv
}

/** Runs a program to its end. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = '', environment = process.env } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
    // A program that does not read its input may be gone before it is written.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** A scratch data folder and the command on it, as a person at the shell has them. */
export interface Shell {
  readonly folder: string
  /** A path inside a scratch folder beside the data folder. */
  scratch(name: string): string
  /** @param more variables beside those of this process. */
  driftlock(args: readonly string[], input?: string, more?: NodeJS.ProcessEnv): Promise<Ran>
  /** With `--json`; throws unless it ended with 0. @returns one object a line. */
  json(args: readonly string[], input?: string): Promise<readonly Record<string, unknown>[]>
  /** Everything every command wrote so far. */
  readonly written: readonly string[]
  remove(): Promise<void>
}

export async function scratchShell(): Promise<Shell> {
  const root = await mkdtemp(join(tmpdir(), 'driftlock-shell-'))
  const folder = join(root, 'data')
  const written: string[] = []
  const environment = { ...process.env, DRIFTLOCK_DATA: folder, HOME: root, XDG_DATA_HOME: root }
  const driftlock = async (args: readonly string[], input = '', more: NodeJS.ProcessEnv = {}) => {
    const ran = await run(process.execPath, [MAIN, ...args], { input, environment: { ...environment, ...more } })
    written.push(ran.stdout, ran.stderr)
    return ran
  }
  const shell: Shell = {
    folder,
    scratch: (name) => join(root, name),
    driftlock,
    async json(args, input) {
      const { code, stdout, stderr } = await driftlock([...args, '--json'], input)
      if (code !== 0) throw new Error(`driftlock ${args.join(' ')} ended with ${code}: ${stderr}`)
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    },
    written,
    remove: () => rm(root, { recursive: true, force: true }),
  }
  return shell
}
