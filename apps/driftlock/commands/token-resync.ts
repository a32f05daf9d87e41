import { resynchroniseToken } from '@driftlock/application'
import { clockWords, REASONS } from '@driftlock/domain'
import type { Command } from 'commander'
import { askText } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { isInteractive } from '../terminal/terminal.ts'
import type { View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'

export function defineTokenResync(token: Command): void {
  token
    .command('resync')
    .description('measure how far the clock of a token is off, by two successive tokencodes (up to 12 h either way)')
    .argument('<serial>')
    .argument('[first]', 'the tokencode showing now, without PIN; asked for when absent')
    .argument('[second]', 'the tokencode after it')
    .option('--set-back', 'the clock of the device was set back: take codes older than the last used one')
    .addHelpText('after', '\nExample:\n  $ driftlock token resync 000312345678 14870316 90221754')
    .action(administering<{ setBack?: true }>(resync))
}

async function resync({ ports, context }: OpenShell, given: Given<{ setBack?: true }>): Promise<View> {
  const serial = argument(given)
  const [, givenFirst, givenSecond] = given.args
  const first = await code(given, givenFirst, 'Tokencode showing now (without PIN)')
  const second = await code(given, givenSecond, 'Wait until it changes; the new tokencode')
  const { setBack = false } = given.options
  const { outcome, reason, clockOffMs } = await resynchroniseToken(ports, context, {
    token: serial,
    first,
    second,
    setBack,
  })
  const found = clockOffMs === undefined ? '' : ` Its clock is ${clockWords(clockOffMs)}.`
  return {
    json: { serial, outcome, reason, ...(clockOffMs !== undefined && { clockOffMs: Math.round(clockOffMs) }) },
    text: () => `${REASONS[reason].helpDesk}${found}`,
    exit: outcome === 'resynchronised' ? 'ok' : 'refused',
  }
}

async function code(given: Given<object>, typed: string | undefined, question: string): Promise<string> {
  if (typed !== undefined) return typed
  if (!isInteractive(given.terminal))
    throw wrongUsage('Write both tokencodes after the serial; nobody can be asked here.')
  return askText(given.terminal, question)
}
