import { authenticateAndSettle, type LoginRequest, type LoginResult, type LoginOrigin } from '@driftlock/application'
import { type PinRequirements, type Question, REASONS } from '@driftlock/domain'
import type { Command } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { isInteractive, type Terminal } from '../terminal/terminal.ts'
import type { View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { linesOfInput } from './lines-of-input.ts'

interface LoginOptions {
  readonly verbose?: true
}

/** `driftlock login`: the whole dialogue of a log-on at the terminal, as a VPN user would go through it. */
export function define(command: Command): void {
  withDataFolder(command)
    .argument('<user>', 'user ID or alias')
    .option('-v, --verbose', 'also say what the help desk would read')
    .addHelpText(
      'after',
      '\nAsks for the passcode (PIN and tokencode, nothing between them), and for whatever the log-on needs then: the next\ntokencode, a new PIN. Where nobody can be asked, the answers are the lines of the standard input.\n\nExamples:\n  $ driftlock login anna\n  $ printf "1234$(driftlock tokencode anna.ctf)\\n" | driftlock login anna',
    )
    .action(administering<LoginOptions>(login))
}

/** Gives the answer to a question: by asking, or line by line from the standard input. */
type Answers = (question: string) => Promise<string>

async function login({ instance, ports, context }: OpenShell, given: Given<LoginOptions>): Promise<View> {
  const { terminal, options } = given
  const answers = answersFrom(terminal)
  const username = argument(given)
  const origin: LoginOrigin = { actor: context.actor }
  const ask = async (request: Omit<LoginRequest, 'username' | 'origin'>) =>
    // As every other way in: the first use of a replacement token ends the token that it replaces.
    authenticateAndSettle({ ...ports, ...instance.authentication }, { ...request, username, origin }, (error) =>
      terminal.stderr.write(`The token that was replaced is still there: ${String(error)}\n`),
    )
  const steps: LoginResult[] = [await ask({ entry: { type: 'passcode', passcode: await answers('Passcode') } })]
  for (let result = steps[0]; result?.outcome === 'challenge'; result = steps.at(-1)) {
    if (options.json !== true)
      for (const line of questionLines(result, options.verbose === true)) terminal.stderr.write(`${line}\n`)
    const { sealedChallenge } = result
    steps.push(
      await ask({ entry: { type: 'answer', sealedChallenge, answer: await answers(promptOf(result.question)) } }),
    )
  }
  return resultView(steps, options.verbose === true)
}

function resultView(steps: readonly LoginResult[], verbose: boolean): View {
  const last = steps.at(-1)
  const accepted = last?.outcome === 'accept'
  const reason = last?.reason ?? 'wrong-passcode'
  const words = REASONS[reason]
  return {
    json: {
      outcome: last?.outcome,
      reason,
      helpDesk: words.helpDesk,
      ...(accepted && { username: last.user.username, tokenSerial: last.tokenSerial }),
      steps: steps.map((step) => ({ outcome: step.outcome, reason: step.reason })),
    },
    text: () => (verbose ? `${words.user}\nHelp desk: ${words.helpDesk}` : words.user),
    exit: accepted ? 'ok' : 'refused',
  }
}

function answersFrom(terminal: Terminal): Answers {
  if (isInteractive(terminal)) return (name) => askSecret(terminal, { name, fileOption: '' })
  const lines = linesOfInput(terminal.stdin)
  return async (name) => {
    const { value } = await lines.next()
    if (value === undefined)
      throw wrongUsage(`${name}: the standard input has no further line, and nobody can be asked here.`)
    return value
  }
}

function questionLines(
  { reason, question }: Extract<LoginResult, { outcome: 'challenge' }>,
  verbose: boolean,
): readonly string[] {
  const words = REASONS[reason]
  return [
    words.user,
    ...(question.type === 'new-pin' ? [rulesText(question.rules), ...(question.faults ?? [])] : []),
    ...(question.type === 'accept-system-pin' ? [`Your new PIN: ${question.pin}`] : []),
    ...(verbose ? [`Help desk: ${words.helpDesk}`] : []),
  ]
}

function rulesText({ minLength, maxLength, characters, leadingZeroAllowed }: PinRequirements): string {
  const length = minLength === maxLength ? String(minLength) : `${minLength} to ${maxLength}`
  const what = characters === 'digits' ? 'digits' : 'letters and digits'
  return `It has ${length} ${what}${leadingZeroAllowed ? '' : ', and does not begin with 0'}.`
}

function promptOf(question: Question): string {
  switch (question.type) {
    case 'next-tokencode':
      return question.pinpad ? 'Next passcode' : 'Next tokencode (without PIN)'
    case 'new-pin':
      return 'New PIN (empty = cancel)'
    case 'confirm-pin':
      return 'New PIN again'
    case 'accept-system-pin':
      return 'Take this PIN? (y/n)'
    case 'passcode-after-new-pin':
      return 'New PIN and the next tokencode'
  }
}
