import { encodeRadiusText, parseRadiusAttribute } from '@driftlock/formats'
import { type RadiusTestOptions, type RadiusTestStep, radiusTestDialogue, radiusTestStatus } from '@driftlock/radius'
import type { Command } from 'commander'
import { askSecret, askText } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { isInteractive, type Terminal } from '../terminal/terminal.ts'
import type { View } from '../terminal/view.ts'
import { answering, argument, type Given } from './command-shell.ts'
import { linesOfInput } from './lines-of-input.ts'
import { wholeNumber } from './number-options.ts'
import { requestText, stepText } from './radius-test-views.ts'

interface TestOptions {
  readonly secretFile: string
  readonly server: string
  readonly port: number
  readonly tcp?: true
  readonly status?: true
  readonly timeout: number
  readonly retries: number
  readonly attribute?: readonly string[]
}

/** `driftlock radius test`: the dialogue of a VPN by hand; State is carried from question to answer by itself. */
export function defineRadiusTest(command: Command): void {
  command
    .argument('[user]', 'user ID to log on with')
    .requiredOption('--secret-file <file>', 'shared secret of this machine as a client, from the first line of a file')
    .option('--server <host>', 'address or name of the server', '127.0.0.1')
    .option('--port <number>', 'its port', wholeNumber(1, 65_535), 1812)
    .option('--tcp', 'RADIUS over TCP')
    .option('--status', 'ask only whether it works (Status-Server)')
    .option('--timeout <seconds>', 'wait for an answer', wholeNumber(1, 60), 3)
    .option('--retries <count>', 'send the same packet again over UDP', wholeNumber(0, 10), 2)
    .option('--attribute <name=value...>', 'more attributes of the request, such as NAS-Identifier=vpn')
    .addHelpText(
      'after',
      '\nPasscode and answers are asked for; where nobody can be asked they are the lines of the standard input.\n\nExamples:\n  $ driftlock radius test anna --secret-file secret.txt\n  $ driftlock radius test --status --secret-file secret.txt --server radius.example',
    )
    .action(answering<TestOptions>(test))
}

async function test(given: Given<TestOptions>): Promise<View> {
  const { options, terminal } = given
  const secret = encodeRadiusText(
    await askSecret(terminal, { name: 'Shared secret', file: options.secretFile, fileOption: '--secret-file' }),
  )
  const { server: host, port, retries } = options
  const transport = options.tcp === true ? 'tcp' : 'udp'
  const target = { transport, host, port, retries, timeoutMs: options.timeout * 1000 } as const
  if (options.status === true) return statusView(await radiusTestStatus({ target, secret }), `${host}:${port}`)
  const username = argument(given)
  if (username === '') throw wrongUsage('Name the user to log on with, or ask for the server alone with --status.')
  const answers = answersFrom(terminal)
  const password = await answers('Passcode: ', false)
  const attributes = (options.attribute ?? []).map(readAttribute)
  return dialogue({ target, secret, username, password, attributes }, { answers, given })
}

/** Gives the answer to a question; `echo`: it may be seen. */
type Answers = (question: string, echo: boolean) => Promise<string>

interface Talk {
  readonly answers: Answers
  readonly given: Given<TestOptions>
}

async function dialogue(options: RadiusTestOptions, { answers, given }: Talk): Promise<View> {
  const say = (text: string) => {
    if (given.options.json !== true) given.terminal.stdout.write(`${text}\n`)
  }
  const steps: RadiusTestStep[] = []
  const talk = radiusTestDialogue(options)
  say(requestText(options.username, false))
  for (let next = await talk.next(); next.done !== true; ) {
    const step = next.value
    steps.push(step)
    say(stepText(step))
    const answer = step.kind === 'challenge' ? await answers(lastLine(step.message), step.echo) : undefined
    if (answer !== undefined) say(requestText(options.username, true))
    next = await talk.next(answer)
  }
  const accepted = steps.at(-1)?.kind === 'accept'
  return { json: { outcome: steps.at(-1)?.kind, steps }, text: () => '', exit: accepted ? 'ok' : 'refused' }
}

function answersFrom(terminal: Terminal): Answers {
  if (isInteractive(terminal)) {
    return (question, echo) =>
      echo ? askText(terminal, question) : askSecret(terminal, { name: question, fileOption: '--secret-file' })
  }
  const lines = linesOfInput(terminal.stdin)
  return async (question) => {
    const { value } = await lines.next()
    if (value === undefined) throw wrongUsage(`"${question}": the standard input has no further line.`)
    return value
  }
}

function lastLine(message: string): string {
  return message.trimEnd().split('\n').at(-1) ?? ''
}

function readAttribute(line: string) {
  const parsed = parseRadiusAttribute(line)
  if ('problem' in parsed) throw wrongUsage(`--attribute ${line}: write Name=value, such as NAS-Identifier=vpn.`)
  return parsed.attribute
}

function statusView(works: boolean, where: string): View {
  const silent = `${where} does not answer: it is down, it cannot reach its database, this machine is no client of it, or the secret is another one.`
  return { json: { works }, text: () => (works ? `${where} works.` : silent), exit: works ? 'ok' : 'refused' }
}
