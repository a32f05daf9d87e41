import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'

/** One line of a dialogue at a terminal: wait until it shows `text`, then type `answer` and Return. */
export interface ExpectedQuestion {
  readonly text: string
  readonly answer: string
}

export interface Dialogue {
  /** All that the terminal showed. */
  readonly screen: string
  /** Exit status of the program; 124 when a question did not come. */
  readonly status: number | null
}

/** Runs a program at a terminal of its own and answers its questions in order (Debian package expect). */
export async function expectDialogue(
  command: readonly string[],
  questions: readonly ExpectedQuestion[],
): Promise<Dialogue> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-expect-'))
  const script = join(folder, 'dialogue.exp')
  const steps = questions.map(
    ({ text, answer }) =>
      `expect -ex ${word(text)} {} timeout { exit 124 } eof { exit 124 }\nsend -- ${word(`${answer}\r`)}`,
  )
  const lines = [
    'set timeout 15',
    // So wide that the terminal breaks no line.
    'set stty_init "columns 1000"',
    `spawn -noecho ${command.map(word).join(' ')}`,
    ...steps,
    'expect eof {} timeout { exit 124 }',
    'exit [lindex [wait] 3]',
  ]
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o600 })
  try {
    const { output, status } = await runProgram('expect', ['-f', script])
    return { screen: output, status }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A Tcl word that stands for exactly these characters. */
function word(text: string): string {
  const escaped = text.replace(
    /[^\w ./:=@,-]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${escaped}"`
}
