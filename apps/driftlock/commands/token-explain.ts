import { explainAttempt, explainPasscodeFor, ownerOf, findToken } from '@driftlock/application'
import { REASONS } from '@driftlock/domain'
import type { Command } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { instantText, isoText } from '../terminal/instants.ts'
import type { View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'

interface ExplainOptions {
  readonly passcodeFile?: string
  readonly last?: true
}

export function defineTokenExplain(token: Command): void {
  token
    .command('explain')
    .description('why a passcode fails, or failed: how far off the clock is, which rule, what to do. Changes nothing')
    .argument('<serial or user>')
    .option('--last', 'the last attempt on record, instead of a passcode')
    .option('--passcode-file <file>', 'read the passcode from the first line of a file; - = standard input')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token explain anna\n  $ driftlock token explain 000312345678 --last',
    )
    .action(administering<ExplainOptions>(explain))
}

async function explain(shell: OpenShell, given: Given<ExplainOptions>): Promise<View> {
  const username = await usernameOf(shell, argument(given))
  if (given.options.last === true) return explainLast(shell, username)
  const { ports, context } = shell
  const source = { name: `Passcode of ${username}`, file: given.options.passcodeFile, fileOption: '--passcode-file' }
  const passcode = await askSecret(given.terminal, source)
  const { sentences, findings } = await explainPasscodeFor(ports, context, { user: username, passcode })
  return { json: { username, sentences, findings }, text: () => sentences.join('\n') }
}

/** Somebody at the help desk has the serial in hand, or the name. */
async function usernameOf({ ports }: OpenShell, name: string): Promise<string> {
  const { read } = ports.administration
  const token = await read.tokens.findBySerial(name)
  if (token === undefined) return name
  const owner = await ownerOf(read, await findToken(read, name))
  if (owner === undefined) throw wrongUsage(`Token ${name} is assigned to nobody: there is no log-on to explain.`)
  return owner.user.username
}

async function explainLast({ ports, context }: OpenShell, username: string): Promise<View> {
  const { read } = ports.administration
  const user = await read.users.findByLoginName(username.toLowerCase())
  const filter = { actions: ['authenticate'] as const, ...(user !== undefined && { userId: user.user.id }) }
  const { items } = await read.auditLog.search(filter, { limit: 1 })
  const [record] = items
  if (record === undefined || user === undefined) throw wrongUsage(`${username} has not tried to log on yet.`)
  const { sentences } = await explainAttempt(ports, context, { recordId: record.entry.id })
  const { at, outcome, reason } = record.entry
  const known = Object.hasOwn(REASONS, reason)
  const words = known ? REASONS[reason as keyof typeof REASONS].helpDesk : reason // asked just before
  const shown = sentences.length === 0 ? [words] : sentences
  return {
    json: { username, recordId: record.entry.id, at: isoText(at), outcome, reason, sentences: shown },
    text: () => `${instantText(at)}: ${outcome}\n${shown.join('\n')}`,
  }
}
