import { readFile } from 'node:fs/promises'
import { confirm, input, password } from '@inquirer/prompts'
import { CommandError, wrongUsage } from './command-error.ts'
import { isInteractive, type Terminal } from './terminal.ts'

/** Where a secret may come from besides a question. */
export interface SecretSource {
  /** What it is, as the question names it: "Password of the file". */
  readonly name: string
  /** The value of `--…-file`: a path, or `-` for the standard input. */
  readonly file?: string | undefined
  /** The option that names such a file, for the advice. */
  readonly fileOption: string
  /** Ask twice: it is being chosen. */
  readonly confirm?: boolean
}

const LARGEST_SECRET_FILE = 65_536

/** A secret: asked without echo, or the first line of a file or of the standard input. Never from the command line. */
export async function askSecret(terminal: Terminal, source: SecretSource): Promise<string> {
  if (source.file !== undefined) return firstLine(source.file, source.fileOption, terminal)
  requireTerminal(terminal, source)
  const context = { input: terminal.stdin, output: terminal.stderr }
  // Nobody behind the user's back gets to see it, by no key.
  const hidden = (message: string) => password({ message, mask: false, toggleMask: false }, context)
  const entered = await hidden(source.name)
  if (source.confirm !== true) return entered
  if ((await hidden(`${source.name} (again)`)) === entered) return entered
  throw new CommandError('refused', 'ENTRIES_DIFFER', 'The two entries differ. Nothing was changed; try again.')
}

/** An answer that need not be hidden; a line of the standard input where nobody can be asked. */
export async function askText(terminal: Terminal, message: string): Promise<string> {
  return input({ message }, { input: terminal.stdin, output: terminal.stderr })
}

/** Asks before something that cannot be undone; where nobody can be asked `--yes` must say it. */
export async function confirmed(terminal: Terminal, question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return
  if (!isInteractive(terminal)) throw wrongUsage(`${question} Nobody can be asked here: add --yes if you mean it.`)
  const context = { input: terminal.stdin, output: terminal.stderr }
  if (await confirm({ message: question, default: false }, context)) return
  throw new CommandError('interrupted', 'NOT_CONFIRMED', 'Not confirmed.')
}

async function firstLine(file: string, option: string, { stdin }: Terminal): Promise<string> {
  const text = file === '-' ? await wholeInput(stdin) : await wholeFile(file, option)
  const [line = ''] = text.split(/\r?\n/)
  if (line === '') throw new CommandError('bad-file', 'SECRET_EMPTY', `${file}: its first line is empty.`)
  return line
}

function wholeFile(file: string, option: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new CommandError('bad-file', 'FILE_UNREADABLE', `${option}: ${file} cannot be read (${cause}).`)
  })
}

/** Everything on the standard input, as text. */
async function wholeInput(stdin: NodeJS.ReadStream): Promise<string> {
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.length > LARGEST_SECRET_FILE) throw wrongUsage('The standard input is too long for a secret.')
  }
  return text
}

function requireTerminal(terminal: Terminal, { name, fileOption }: SecretSource): void {
  if (isInteractive(terminal)) return
  throw wrongUsage(
    `${name}: nobody can be asked here. Give it with ${fileOption} FILE, or ${fileOption} - and on the standard input.`,
  )
}
