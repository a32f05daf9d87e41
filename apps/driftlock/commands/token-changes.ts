import {
  assignToken,
  deleteToken,
  disableToken,
  enableToken,
  findToken,
  type ManagedToken,
  markTokenLost,
  replaceToken,
  unassignToken,
  updateToken,
} from '@driftlock/application'
import type { PasscodeStyle } from '@driftlock/domain'
import { type Command, Option } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { parseInstant } from '../terminal/instants.ts'
import { doneView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { securityDomainNamed } from './security-domains.ts'
import { tokenJson } from './token-views.ts'

/** Assignment, status, replacement, details and deletion of tokens. */
export function defineTokenChanges(token: Command): void {
  defineAssignment(token)
  defineStatus(token)
  defineReplace(token)
  defineUpdate(token)
  defineDelete(token)
}

function changedView(
  { ports }: OpenShell,
  token: ManagedToken,
  [sentence, ...notes]: readonly [string, ...string[]],
): View {
  return doneView(tokenJson(token, ports.clock.now()), sentence, notes)
}

function defineAssignment(token: Command): void {
  token
    .command('assign')
    .description('give a token to a user')
    .argument('<serial>')
    .argument('<user>', 'user ID or alias')
    .option('--disabled', 'assign it disabled: it is on its way by post')
    .addHelpText('after', '\nExample:\n  $ driftlock token assign 000312345678 anna')
    .action(administering<{ disabled?: true }>(assign))
  token
    .command('unassign')
    .description('take a token from its user; its PIN and emergency codes are void')
    .argument('<serial>')
    .action(
      administering(async (shell, given) => {
        const changed = await unassignToken(shell.ports, shell.context, { token: argument(given) })
        return changedView(shell, changed, [`Token ${changed.record.serial} is assigned to nobody now.`])
      }),
    )
}

async function assign(shell: OpenShell, given: Given<{ disabled?: true }>): Promise<View> {
  const user = argument(given, 1)
  const changed = await assignToken(shell.ports, shell.context, {
    token: argument(given),
    user,
    ...(given.options.disabled === true && { enabled: false }),
  })
  const { record, state } = changed
  const pinless = record.passcodeStyle === 'tokencode-only' || state.pin !== null
  const notes = [
    ...(record.enabled
      ? []
      : [`It is disabled. Enable it when it has arrived: driftlock token enable ${record.serial}`]),
    ...(pinless ? [] : ['It has no PIN yet: the user sets one at the first log-on, with the tokencode alone.']),
  ]
  return changedView(shell, changed, [`Token ${record.serial} is assigned to ${user}.`, ...notes])
}

interface StatusVerb {
  readonly name: string
  readonly description: string
  readonly act: (shell: OpenShell, serial: string) => Promise<ManagedToken>
  /** What the token is then. */
  readonly word: string
}

const STATUS_VERBS: readonly StatusVerb[] = [
  {
    name: 'enable',
    description: 'let a token log on',
    act: ({ ports, context }, token) => enableToken(ports, context, { token }),
    word: 'enabled',
  },
  {
    name: 'disable',
    description: 'stop a token and its emergency codes; it stays assigned',
    act: ({ ports, context }, token) => disableToken(ports, context, { token }),
    word: 'disabled',
  },
  {
    name: 'lost',
    description: 'report a token lost: its codes are denied, its emergency codes are not',
    act: ({ ports, context }, token) => markTokenLost(ports, context, { token, lost: true }),
    word: 'reported lost; its codes are denied',
  },
  {
    name: 'found',
    description: 'report a lost token found',
    act: ({ ports, context }, token) => markTokenLost(ports, context, { token, lost: false }),
    word: 'no longer reported lost',
  },
]

function defineStatus(token: Command): void {
  for (const { name, description, act, word } of STATUS_VERBS)
    token
      .command(name)
      .description(description)
      .argument('<serial>')
      .action(
        administering(async (shell, given) => {
          const changed = await act(shell, argument(given))
          return changedView(shell, changed, [`Token ${changed.record.serial} is ${word}.`])
        }),
      )
}

function defineReplace(token: Command): void {
  token
    .command('replace')
    .description('give the user another token; the old one works until the new one is used')
    .argument('<serial>')
    .argument('[new serial]', 'absent = the next free one of the same kind in the same security domain')
    .addHelpText('after', '\nExample:\n  $ driftlock token replace 000312345678')
    .action(
      administering(async (shell, given) => {
        const replacement = given.args[1]
        const done = await replaceToken(shell.ports, shell.context, {
          token: argument(given),
          ...(replacement !== undefined && { replacement }),
        })
        const now = shell.ports.clock.now()
        const sentence = `Token ${done.replacement.record.serial} takes the place of ${done.replaced.record.serial} at its first use. Until then both work.`
        return doneView(
          { replaced: tokenJson(done.replaced, now), replacement: tokenJson(done.replacement, now) },
          sentence,
        )
      }),
    )
}

interface UpdateOptions {
  readonly nickname?: string
  readonly notes?: string
  readonly domain?: string
  readonly windows?: string
  readonly pinStyle?: PasscodeStyle
  readonly expires?: string
}

function defineUpdate(token: Command): void {
  token
    .command('update')
    .description('change nickname, notes, security domain, windows, PIN style or expiry')
    .argument('<serial>')
    .option('--nickname <text>')
    .option('--notes <text>')
    .option('--domain <name>', 'security domain: id, name or path')
    .option('--windows <small/medium/large>', 'seconds either way; HOTP: codes ahead; such as 60/120/4200')
    .addOption(
      new Option('--pin-style <style>', 'another one clears the PIN').choices(['fob', 'pinpad', 'tokencode-only']),
    )
    .option('--expires <time>', '2028-12-31, a time from now such as 365d, or never')
    .addHelpText(
      'after',
      '\nExample:\n  $ driftlock token update 000312345678 --nickname "Anna, travel" --windows 60/120/4200',
    )
    .action(administering<UpdateOptions>(update))
}

async function update(shell: OpenShell, given: Given<UpdateOptions>): Promise<View> {
  const { nickname, notes, domain, windows, pinStyle, expires } = given.options
  const { ports, context } = shell
  const changed = await updateToken(ports, context, {
    token: argument(given),
    ...(nickname !== undefined && { nickname }),
    ...(notes !== undefined && { notes }),
    ...(domain !== undefined && {
      securityDomainId: (await securityDomainNamed(ports.administration.read, domain)).id,
    }),
    ...(windows !== undefined && { windows: parseWindows(windows) }),
    ...(pinStyle !== undefined && { passcodeStyle: pinStyle }),
    ...(expires !== undefined && { expiresAt: expires === 'never' ? null : parseInstant(expires, ports.clock.now()) }),
  })
  return changedView(shell, changed, [`Changed token ${changed.record.serial}.`])
}

function parseWindows(text: string) {
  const [, small, medium, large] = /^(\d{1,6})\/(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  if (small === undefined) throw wrongUsage('--windows: write three whole numbers such as 60/120/4200.')
  return { small: Number(small), medium: Number(medium), large: Number(large) }
}

function defineDelete(token: Command): void {
  token
    .command('delete')
    .description('delete a token with its seed; it can only come back by another import')
    .argument('<serial>')
    .option('-y, --yes', 'do not ask')
    .action(
      administering<{ yes?: true }>(async ({ ports, context }, given) => {
        const { record, username } = await findToken(ports.administration.read, argument(given))
        const owner = username === null ? '' : `, which ${username} logs on with`
        await confirmed(given.terminal, `Delete token ${record.serial}${owner}?`, given.options.yes)
        await deleteToken(ports, context, { token: record.id })
        return doneView({ serial: record.serial, deleted: true }, `Deleted token ${record.serial}.`)
      }),
    )
}
