import { stripVTControlCharacters } from 'node:util'

/** The streams of a command, so that tests can give their own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** Narrower than this nothing is laid out. */
const NARROWEST = 40
/** Where output goes to a file or a pipe, lines are not broken. */
const PIPE_WIDTH = 1000

export function widthOf({ stdout }: Terminal): number {
  return stdout.isTTY ? Math.max(NARROWEST, stdout.columns ?? 80) : PIPE_WIDTH
}

/** Whether somebody sits there who can be asked. */
export function isInteractive({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY && stderr.isTTY
}

/** Text from a store or a file on its way to a terminal: it must not move the cursor or fake another line. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{C}/gu, '?')
}
