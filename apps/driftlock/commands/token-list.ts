import { findToken, findUser, type TokenFilter } from '@driftlock/application'
import { type Command, Option } from 'commander'
import { parseInstant } from '../terminal/instants.ts'
import { listView, objectView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'
import { domainNames, securityDomainNamed, subtreeOf } from './security-domains.ts'
import { tokenFields, tokenJson, tokenRow } from './token-views.ts'

interface ListOptions {
  readonly user?: string
  readonly domain?: string
  readonly assigned?: true
  readonly unassigned?: true
  readonly disabled?: true
  readonly lost?: true
  readonly emergency?: true
  readonly newPin?: true
  readonly pending?: true
  readonly kind?: 'securid' | 'totp' | 'hotp'
  readonly expiresBefore?: string
  readonly unusedSince?: string
  readonly leavesWindowBefore?: string
  readonly sort: 'serial' | 'expiry' | 'last-used' | 'leaves-window' | 'owner'
  readonly limit: number
}

export function defineTokenList(token: Command): void {
  token
    .command('list')
    .description('list tokens')
    .argument('[text]', 'beginning of the serial, the nickname or the owner’s user ID')
    .option('--user <user>', 'only tokens of this user')
    .option('--domain <name>', 'only of this security domain and those below it')
    .option('--assigned', 'only assigned ones')
    .option('--unassigned', 'only those that are free')
    .option('--disabled', 'only disabled ones')
    .option('--lost', 'only those reported lost')
    .option('--emergency', 'only those with emergency access')
    .option('--new-pin', 'only those in new PIN mode')
    .option('--pending', 'only those whose redistribution was not used yet')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['securid', 'totp', 'hotp']))
    .option('--expires-before <time>', 'a date, or a time from now such as 30d')
    .option('--unused-since <time>', 'never used, or last used before this time, such as -90d')
    .option('--leaves-window-before <time>', 'whose clock is forecast to drift out of its windows by then')
    .addOption(
      new Option('--sort <field>', 'order')
        .choices(['serial', 'expiry', 'last-used', 'leaves-window', 'owner'])
        .default('serial'),
    )
    .option('--limit <count>', 'rows to show', wholeNumber(1, 1_000_000), 100)
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token list --unassigned\n  $ driftlock token list --expires-before 30d --sort expiry',
    )
    .action(administering<ListOptions>(list))
  token
    .command('show')
    .description('everything that is known of a token, but its secrets')
    .argument('<serial>')
    .addHelpText('after', '\nExample:\n  $ driftlock token show 000312345678')
    .action(administering(showToken))
}

async function list({ ports }: OpenShell, given: Given<ListOptions>): Promise<View> {
  const { sort, limit } = given.options
  const { read } = ports.administration
  const now = ports.clock.now()
  const filter = await filterOf(read, given, now)
  const { items, more } = await firstRows((page) => read.tokens.search(filter, { ...page, sort }), limit)
  return listView({
    items: items.map((one) => tokenJson(one, now)),
    rows: items.map((one) => tokenRow(one, now)),
    empty: 'No token matches.',
    notes: cutNotes(more, limit),
  })
}

type Reader = OpenShell['ports']['administration']['read']

async function filterOf(read: Reader, { args, options }: Given<ListOptions>, now: number): Promise<TokenFilter> {
  const { user, domain, expiresBefore, unusedSince, leavesWindowBefore, kind } = options
  const [text] = args
  return {
    ...(text !== undefined && { text }),
    ...(user !== undefined && { userId: (await findUser(read, user)).user.id }),
    ...(domain !== undefined && {
      securityDomainIds: subtreeOf(await securityDomainNamed(read, domain), await read.securityDomains.all()),
    }),
    ...(options.assigned && { assigned: true }),
    ...(options.unassigned && { assigned: false }),
    ...(options.disabled && { enabled: false }),
    ...(options.lost && { lost: true }),
    ...(options.emergency && { hasEmergencyAccess: true }),
    ...(options.newPin && { newPinRequired: true }),
    ...(options.pending && { hasPendingSeed: true }),
    ...(kind !== undefined && { kind }),
    ...(expiresBefore !== undefined && { expiresBefore: parseInstant(expiresBefore, now) }),
    ...(unusedSince !== undefined && { unusedSince: parseInstant(unusedSince, now) }),
    ...(leavesWindowBefore !== undefined && { leavesWindowBefore: parseInstant(leavesWindowBefore, now) }),
  }
}

async function showToken({ ports }: OpenShell, given: Given<object>): Promise<View> {
  const token = await findToken(ports.administration.read, argument(given))
  const now = ports.clock.now()
  const domainName = await domainNames(ports.administration.read)
  return objectView(tokenJson(token, now), tokenFields(token, now, domainName(token.securityDomainId)))
}
