import {
  createUser,
  deleteUser,
  findUser,
  setPassword,
  unlockUser,
  updateUser,
  userFilterNow,
  type UserSort,
} from '@driftlock/application'
import { type Command, Option } from 'commander'
import { askSecret, confirmed } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { parseInstant } from '../terminal/instants.ts'
import { doneView, listView, objectView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'
import { securityDomainNamed, subtreeOf } from './security-domains.ts'
import { tokenJson } from './token-views.ts'
import { seenNow, userFields, userJson, userRow } from './user-views.ts'

/** `driftlock user`: the people who log on. */
export function define(command: Command): void {
  const user = withDataFolder(command)
  defineCreate(user)
  defineReading(user)
  defineUpdate(user)
  defineStatus(user)
  defineAlias(user)
  definePassword(user)
  defineDelete(user)
}

interface DetailOptions {
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  readonly phone?: string
  readonly notes?: string
  readonly domain?: string
  readonly starts?: string
  readonly expires?: string
}

function withDetails(command: Command): Command {
  return command
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--email <address>')
    .option('--phone <number>')
    .option('--notes <text>')
    .option('--domain <name>', 'security domain: id, name or path')
    .option('--starts <time>', 'first instant of the account: 2026-12-31, a time from now such as 7d, or never')
    .option('--expires <time>', 'end of the account, written the same way')
}

function detailsOf(options: DetailOptions, now: number) {
  const { firstName, lastName, email, phone, notes, starts, expires } = options
  const instant = (text: string) => (text === 'never' ? null : parseInstant(text, now))
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(notes !== undefined && { notes }),
    ...(starts !== undefined && { startsAt: instant(starts) }),
    ...(expires !== undefined && { expiresAt: instant(expires) }),
  }
}

function defineCreate(user: Command): void {
  withDetails(user.command('create').description('create a user').argument('<user>', 'user ID'))
    .option('--alias <name...>', 'other names the user may log on with')
    .option('--disabled', 'create the account disabled')
    .addHelpText('after', '\nExample:\n  $ driftlock user create anna --first-name Anna --last-name Berg --alias aberg')
    .action(administering<DetailOptions & { alias?: string[]; disabled?: boolean }>(create))
}

async function create(
  { ports, context }: OpenShell,
  given: Given<DetailOptions & { alias?: string[]; disabled?: boolean }>,
): Promise<View> {
  const { options } = given
  const now = ports.clock.now()
  const { id: securityDomainId } = await securityDomainNamed(ports.administration.read, options.domain)
  const created = await createUser(ports, context, {
    username: argument(given),
    securityDomainId,
    aliases: options.alias ?? [],
    enabled: options.disabled !== true,
    ...detailsOf(options, now),
  })
  const { username } = created.user
  const next = `Give a token: driftlock token assign SERIAL ${username}`
  return doneView(userJson(created, await seenNow(ports)), `Created user ${username}.`, [next])
}

interface ListOptions {
  readonly domain?: string
  readonly locked?: boolean
  readonly disabled?: boolean
  readonly token?: boolean
  readonly sort: UserSort
  readonly limit: number
}

function defineReading(user: Command): void {
  user
    .command('list')
    .description('list users')
    .argument('[text]', 'beginning of the user ID, an alias, a name or the e-mail address')
    .option('--domain <name>', 'only of this security domain and those below it')
    .option('--locked', 'only those who are locked out')
    .option('--disabled', 'only disabled ones')
    .option('--no-token', 'only those without a token')
    .addOption(
      new Option('--sort <field>', 'order')
        .choices(['username', 'first-name', 'last-name', 'email', 'expiry'])
        .default('username'),
    )
    .option('--limit <count>', 'rows to show', wholeNumber(1, 1_000_000), 100)
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock user list an --sort last-name\n  $ driftlock user list --locked --json',
    )
    .action(administering<ListOptions>(list))
  user
    .command('show')
    .description('show a user and their tokens')
    .argument('<user>', 'user ID, alias or id')
    .addHelpText('after', '\nExample:\n  $ driftlock user show anna')
    .action(administering(showUser))
}

async function list({ ports }: OpenShell, given: Given<ListOptions>): Promise<View> {
  const { domain, locked, disabled, token, sort, limit } = given.options
  const { read } = ports.administration
  const text = given.args[0]
  const within =
    domain === undefined
      ? undefined
      : subtreeOf(await securityDomainNamed(read, domain), await read.securityDomains.all())
  const filter = {
    ...(text !== undefined && { text }),
    ...(within !== undefined && { securityDomainIds: within }),
    ...(locked === true && { locked }),
    ...(disabled === true && { enabled: false }),
    ...(token === false && { hasToken: false }),
  }
  const search = await userFilterNow(read, filter, ports.clock.now())
  const { items, more } = await firstRows((page) => read.users.search(search, { ...page, sort }), limit)
  const seen = await seenNow(ports)
  return listView({
    items: items.map((one) => userJson(one, seen)),
    rows: items.map((one) => userRow(one, seen)),
    empty: 'No user matches.',
    notes: cutNotes(more, limit),
  })
}

async function showUser({ ports }: OpenShell, given: Given<object>): Promise<View> {
  const { read } = ports.administration
  const user = await findUser(read, argument(given))
  const tokens = await read.tokens.ofUser(user.user.id)
  const seen = await seenNow(ports)
  const json = { ...userJson(user, seen), tokens: tokens.map((token) => tokenJson(token, seen.now)) }
  return objectView(json, userFields(user, tokens, seen))
}

function defineUpdate(user: Command): void {
  withDetails(user.command('update').description('change what is known of a user').argument('<user>'))
    .option('--user-id <name>', 'a new user ID')
    .addHelpText('after', '\nExample:\n  $ driftlock user update anna --email anna@example.org --expires 2027-06-30')
    .action(
      administering<DetailOptions & { userId?: string }>(async ({ ports, context }, given) => {
        const { userId, domain } = given.options
        const now = ports.clock.now()
        const changed = await updateUser(ports, context, {
          user: argument(given),
          ...detailsOf(given.options, now),
          ...(userId !== undefined && { username: userId }),
          ...(domain !== undefined && {
            securityDomainId: (await securityDomainNamed(ports.administration.read, domain)).id,
          }),
        })
        return doneView(userJson(changed, await seenNow(ports)), `Changed user ${changed.user.username}.`)
      }),
    )
}

function defineStatus(user: Command): void {
  for (const enabled of [true, false]) {
    const verb = enabled ? 'enable' : 'disable'
    user
      .command(verb)
      .description(enabled ? 'let a user log on' : 'stop a user from logging on; tokens stay assigned')
      .argument('<user>')
      .action(
        administering(async ({ ports, context }, given) => {
          const changed = await updateUser(ports, context, { user: argument(given), enabled })
          return doneView(userJson(changed, await seenNow(ports)), `User ${changed.user.username} is ${verb}d.`)
        }),
      )
  }
  user
    .command('unlock')
    .description('end the lock or pause of a user after failed log-ons')
    .argument('<user>')
    .action(
      administering(async ({ ports, context }, given) => {
        const changed = await unlockUser(ports, context, { user: argument(given) })
        return doneView(userJson(changed, await seenNow(ports)), `User ${changed.user.username} is unlocked.`)
      }),
    )
}

function defineAlias(user: Command): void {
  const change = (verb: 'add' | 'remove') =>
    administering(async ({ ports, context }, given) => {
      const { aliases } = await findUser(ports.administration.read, argument(given))
      const names = new Set(given.args.slice(1).map((name) => name.toLowerCase()))
      if (verb === 'remove' && !aliases.some((alias) => names.has(alias.toLowerCase())))
        throw wrongUsage(`User ${argument(given)} has no such alias. Theirs: ${aliases.join(', ') || 'none'}.`)
      const kept = aliases.filter((alias) => !names.has(alias.toLowerCase()))
      const next = verb === 'add' ? [...kept, ...given.args.slice(1)] : kept
      const changed = await updateUser(ports, context, { user: argument(given), aliases: next })
      const sentence = `Aliases of ${changed.user.username}: ${changed.aliases.join(', ') || 'none'}.`
      return doneView(userJson(changed, await seenNow(ports)), sentence)
    })
  const alias = user.command('alias').description('other names a user may log on with')
  const both = (verb: 'add' | 'remove', text: string) =>
    alias.command(verb).description(text).argument('<user>').argument('<name...>').action(change(verb))
  both('add', 'add names').addHelpText('after', '\nExample:\n  $ driftlock user alias add anna aberg anna.berg')
  both('remove', 'take names away')
}

interface PasswordOptions {
  readonly passwordFile?: string
  readonly remove?: boolean
  readonly keep?: boolean
}

function definePassword(user: Command): void {
  user
    .command('password')
    .description('set the password of a user for the consoles; asked for, or read from a file')
    .argument('<user>')
    .option('--password-file <file>', 'read it from the first line of a file; - = standard input')
    .option('--keep', 'the user need not choose another one at the next log-on')
    .option('--remove', 'no password any more')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock user password anna\n  $ pass show anna | driftlock user password anna --password-file -',
    )
    .action(administering<PasswordOptions>(password))
}

function defineDelete(user: Command): void {
  user
    .command('delete')
    .description('delete a user; their tokens become unassigned, or go too')
    .argument('<user>')
    .option('--with-tokens', 'delete the tokens, too')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ driftlock user delete anna')
    .action(administering<{ withTokens?: boolean; yes?: boolean }>(remove))
}

async function password({ ports, context }: OpenShell, given: Given<PasswordOptions>): Promise<View> {
  const { passwordFile, remove: removed, keep } = given.options
  const { user } = await findUser(ports.administration.read, argument(given))
  const source = {
    name: `Password of ${user.username}`,
    file: passwordFile,
    fileOption: '--password-file',
    confirm: true,
  }
  const entered = removed === true ? null : await askSecret(given.terminal, source)
  const { argon2Hasher } = await import('@driftlock/http')
  await setPassword({ ...ports, passwords: argon2Hasher() }, context, {
    user: user.id,
    password: entered,
    mustChange: keep !== true && entered !== null,
  })
  const sentence =
    removed === true ? `User ${user.username} has no password any more.` : `The password of ${user.username} is set.`
  return doneView({ username: user.username, password: removed === true ? 'removed' : 'set' }, sentence)
}

async function remove(
  { ports, context }: OpenShell,
  given: Given<{ withTokens?: boolean; yes?: boolean }>,
): Promise<View> {
  const { withTokens, yes } = given.options
  const { user } = await findUser(ports.administration.read, argument(given))
  const tokens = withTokens === true ? 'delete' : 'unassign'
  await confirmed(given.terminal, `Delete user ${user.username} and ${tokens} their tokens?`, yes)
  const { serials } = await deleteUser(ports, context, { user: user.id, tokens })
  const fate =
    serials.length === 0 ? '' : ` Tokens ${tokens === 'delete' ? 'deleted' : 'unassigned'}: ${serials.join(', ')}.`
  return doneView({ username: user.username, tokens, serials }, `Deleted user ${user.username}.${fate}`)
}
