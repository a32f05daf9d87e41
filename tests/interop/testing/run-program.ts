import { spawn } from 'node:child_process'

/** What a program wrote to both outputs, and how it ended. */
export interface ProgramRun {
  readonly output: string
  readonly status: number | null
}

/** Runs a program to its end with `input` on its standard input. */
export function runProgram(program: string, args: readonly string[], input = ''): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk)
      })
    }
    child.on('error', (cause) => reject(new Error(`Cannot run ${program}; install its Debian package.`, { cause })))
    child.on('close', (status) => resolve({ output, status }))
    child.stdin.on('error', () => undefined) // it ended without reading
    child.stdin.end(input)
  })
}
