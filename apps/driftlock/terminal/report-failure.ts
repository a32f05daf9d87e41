import { ApplicationError, StoreError } from '@driftlock/application'
import { EXIT_CODES, exitCodeOf } from './exit-code.ts'
import { harmless, type Terminal } from './terminal.ts'
import { systemFault } from './system-fault.ts'
import { jsonText } from './view.ts'

/**
 * Says on the error stream why a command failed, in words or as one JSON object, and gives the number to exit with. A fault
 * of the program itself shows where it happened when DRIFTLOCK_DEBUG is set.
 */
export function reportFailure(error: unknown, { stderr }: Terminal, json: boolean): number {
  const exit = exitCodeOf(error)
  const { number } = EXIT_CODES[exit]
  const message = exit === 'interrupted' ? 'Stopped. Nothing further was done.' : messageOf(error, exit === 'internal')
  if (json) {
    const facts =
      error instanceof ApplicationError || error instanceof StoreError
        ? { facts: (error as ApplicationError | StoreError).facts } // both kinds carry facts, and it is one of them
        : {}
    stderr.write(`${jsonText({ error: { code: codeOf(error), message, ...facts } })}\n`)
  } else {
    stderr.write(`driftlock: ${message}\n`)
  }
  if (exit === 'internal' && process.env['DRIFTLOCK_DEBUG'] !== undefined && error instanceof Error)
    stderr.write(`${error.stack ?? ''}\n`)
  return number
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL'
}

function messageOf(error: unknown, isInternal: boolean): string {
  const text = systemFault(error) ?? (error instanceof Error ? error.message : String(error))
  const shown = text.split('\n').map(harmless).join('\n')
  if (!isInternal) return shown
  return `this should not have happened: ${shown}\nRun it again with DRIFTLOCK_DEBUG=1 and report what it prints.`
}
