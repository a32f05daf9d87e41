import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { detectImportFormat, type FormatToken, IMPORT_READERS } from '@driftlock/application'
import { addMs, unixMs } from '@driftlock/domain'
import { readStokenrc } from '@driftlock/formats'
import type { Command } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { CommandError, wrongUsage } from '../terminal/command-error.ts'
import { parseDuration, parseInstant } from '../terminal/instants.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { listView, type View } from '../terminal/view.ts'
import { answering, argument, type Given, withJson } from './command-shell.ts'
import { display, type VirtualToken, virtualToken } from './virtual-token.ts'

interface TokencodeOptions {
  readonly time?: string
  readonly offset: string
  readonly serial?: string
  readonly pin?: string | true
  readonly pinFile?: string
  readonly passwordFile?: string
  readonly deviceId?: string
  readonly counter?: string
  readonly next?: true
  readonly watch?: true
}

/** `driftlock tokencode`: a virtual token. */
export function define(command: Command): void {
  withJson(command)
    .argument(
      '<source>',
      'a file (sdtid, CTF, PSKC, CSV, otpauth, .stokenrc), a CTF string, an otpauth link, or - for the standard input',
    )
    .option('--serial <serial>', 'which token of a file with several')
    .option('--time <time>', 'what it would show then: 2026-12-31T17:00Z, @1767200000, or a time from now such as -11h')
    .option('--offset <time>', 'how far its clock is off, such as 90s or -11h', '0s')
    .option('--counter <number>', 'HOTP: presses so far, instead of what the source says')
    .option('--next', 'the code after the one showing, too')
    .option('--pin [pin]', 'show passcodes: asked for; a PIN written here is seen by other users of this machine')
    .option('--pin-file <file>', 'read the PIN from the first line of a file')
    .option('--password-file <file>', 'password of the source; asked for when it is needed')
    .option('--device-id <id>', 'CTF: the device it is bound to')
    .option('--watch', 'go on showing codes until Ctrl-C')
    .addHelpText(
      'after',
      '\nA link or CTF string holds the seed, and a command line is seen by other users of this machine: prefer a file or -.\n\nExamples:\n  $ driftlock tokencode anna.sdtid\n  $ driftlock tokencode ~/.stokenrc --pin --offset -11h\n  $ pass show anna-otpauth | driftlock tokencode - --next',
    )
    .action(answering<TokencodeOptions>(tokencode))
}

async function tokencode(given: Given<TokencodeOptions>): Promise<View> {
  const { options, terminal } = given
  const notes: string[] = []
  const tokens = (await tokensOf(given, notes)).filter(
    ({ serial }) => options.serial === undefined || serial === options.serial,
  )
  if (tokens.length === 0)
    throw new CommandError('not-found', 'NOT_FOUND', `There is no token ${options.serial ?? ''} in it.`)
  const pin = await pinOf(given, notes)
  if (options.watch === true) await watch(tokens, { given, pin })
  const at = addMs(
    options.time === undefined ? unixMs(Date.now()) : parseInstant(options.time, Date.now()),
    parseDuration(options.offset),
  )
  const rows = tokens.flatMap((token) =>
    (options.next === true ? [0, 1] : [0]).map((ahead) => ({
      serial: token.serial,
      ...display(token, at, { pin, ahead }),
    })),
  )
  const view = listView({
    items: rows,
    rows: rows.map(({ serial, code, secondsLeft }) => ({
      serial,
      code,
      'valid for': secondsLeft === undefined ? '' : `${secondsLeft} s`,
    })),
    empty: '',
    notes,
  })
  // One code stands alone, so that a shell can put it where a passcode is needed.
  const isAlone = rows.length === 1 && !terminal.stdout.isTTY
  return isAlone ? { ...view, text: () => rows[0]?.code ?? '' } : view
}

async function watch(
  tokens: readonly VirtualToken[],
  { given, pin }: { given: Given<TokencodeOptions>; pin: string },
): Promise<never> {
  const { stdout } = given.terminal
  const offMs = parseDuration(given.options.offset)
  for (let shown = ''; ; await pause(250)) {
    const now = addMs(unixMs(Date.now()), offMs)
    const lines = tokens.map((token) => {
      const { code, secondsLeft } = display(token, now, { pin })
      return stdout.isTTY
        ? `${token.serial}  ${code}  ${String(secondsLeft ?? '').padStart(3)} s`
        : `${token.serial} ${code}`
    })
    const text = lines.join('\n')
    if (text === shown) continue
    stdout.write(stdout.isTTY && shown !== '' ? `\u001b[${lines.length}A\u001b[J${text}\n` : `${text}\n`)
    shown = text
  }
}

async function pinOf({ options, terminal }: Given<TokencodeOptions>, notes: string[]): Promise<string> {
  const { pin, pinFile } = options
  if (pin === undefined && pinFile === undefined) return ''
  if (typeof pin !== 'string') return askSecret(terminal, { name: 'PIN', file: pinFile, fileOption: '--pin-file' })
  notes.push(
    'Warning: a PIN on the command line is seen by other users of this machine; leave it out to be asked, or use --pin-file.',
  )
  return pin
}

async function tokensOf(given: Given<TokencodeOptions>, notes: string[]): Promise<readonly VirtualToken[]> {
  const content = await contentOf(argument(given), given.terminal, notes)
  const password = given.options.passwordFile === undefined ? undefined : await passwordOf(given)
  try {
    return await read(content, given, password)
  } catch (error) {
    const isAsked = error instanceof Error && 'code' in error && error.code === 'password-required'
    if (!isAsked || password !== undefined) throw error
    return read(content, given, await passwordOf(given))
  }
}

function passwordOf({ options, terminal }: Given<TokencodeOptions>): Promise<string> {
  return askSecret(terminal, {
    name: 'Password of the token',
    file: options.passwordFile,
    fileOption: '--password-file',
  })
}

async function contentOf(source: string, { stdin }: Terminal, notes: string[]): Promise<Uint8Array> {
  if (source === '-') return Buffer.concat(await Array.fromAsync(stdin, (chunk) => Buffer.from(chunk)))
  if (existsSync(source)) return readFile(source)
  const isText = /^[a-z]+:|^[0-9\s-]{70,}$|^[AB][A-Za-z0-9+/]{80,}/i.test(source)
  if (!isText)
    throw new CommandError(
      'bad-file',
      'NO_SUCH_FILE',
      `${source}: there is no such file, and it is no CTF string or otpauth link.`,
    )
  notes.push(
    'Warning: a seed on the command line is seen by other users of this machine; use a file or - for the standard input.',
  )
  return Buffer.from(source)
}

async function read(
  content: Uint8Array,
  { options }: Given<TokencodeOptions>,
  password: string | undefined,
): Promise<readonly VirtualToken[]> {
  const { deviceId, counter } = options
  const tokens: VirtualToken[] = []
  for await (const token of readTokens(content, { password, deviceId })) {
    const made = virtualToken(token)
    if (counter !== undefined && !/^\d{1,19}$/.test(counter)) throw wrongUsage('--counter: write a whole number.')
    tokens.push(counter === undefined ? made : { ...made, counter: BigInt(counter) })
  }
  return tokens
}

interface Opening {
  readonly password: string | undefined
  readonly deviceId: string | undefined
}

async function* readTokens(content: Uint8Array, opening: Opening): AsyncGenerator<FormatToken> {
  const text = Buffer.from(content).toString('utf8')
  if (/^\s*(#.*\n\s*)*version 1\b/.test(text)) {
    yield { from: 'ctf', token: readStokenrc(text, opening).token }
    return
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield content
  }
  for await (const item of IMPORT_READERS[detectImportFormat(content)](chunks(), opening)) {
    if (!item.ok) throw item.error
    yield item.token
  }
}
