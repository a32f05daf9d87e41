import type { ExitCode } from './exit-code.ts'

/** Why a command could not go on, in words for the person at the terminal: what is wrong, and what to do. */
export class CommandError extends Error {
  readonly exit: ExitCode
  /** For programs that read `--json`. */
  readonly code: string

  constructor(exit: ExitCode, code: string, message: string) {
    super(message)
    this.name = 'CommandError'
    this.exit = exit
    this.code = code
  }
}

/** A value on the command line that cannot be meant. */
export function wrongUsage(message: string): CommandError {
  return new CommandError('usage', 'USAGE', message)
}
