import {
  createRadiusClient,
  deleteRadiusClient,
  listRadiusClients,
  readRadiusProfile,
  type ShownRadiusClient,
  updateRadiusClient,
} from '@driftlock/application'
import type { Command } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { CommandError } from '../terminal/command-error.ts'
import { doneView, listView, objectView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'
import {
  chosenSecret,
  networkOf,
  profileWith,
  type RadiusClientOptions,
  withRadiusClientOptions,
} from './radius-client-options.ts'
import { radiusClientFields, radiusClientJson, radiusClientRow } from './radius-client-views.ts'
import { securityDomainNamed } from './security-domains.ts'

/** `driftlock radius client`: a change holds in every running instance within a second. */
export function defineRadiusClient(client: Command): void {
  withRadiusClientOptions(client.command('add').description('let a client ask'))
    .argument('<name>')
    .argument('<network>', 'its address, or a network such as 192.0.2.0/24')
    .addHelpText(
      'after',
      '\nThe secret is asked for, read from a file, or made here and shown once.\n\nExamples:\n  $ driftlock radius client add vpn 192.0.2.10 --generate-secret\n  $ driftlock radius client add proxy 2001:db8::/64 --secret-file secret.txt --proxy',
    )
    .action(administering<RadiusClientOptions>(add))
  client
    .command('list')
    .description('list clients')
    .argument('[text]', 'beginning of the name')
    .option('--limit <count>', 'rows to show', wholeNumber(1, 1_000_000), 100)
    .action(administering<{ readonly limit: number }>(list))
  client.command('show').description('show a client').argument('<name>').action(administering(showClient))
  withRadiusClientOptions(client.command('set').description('change a client; what is not named stays'))
    .argument('<name>')
    .option('--name <name>', 'a new name')
    .option('--network <network>', 'another address or network')
    .option('--new-secret', 'ask for another secret')
    .option('--enable', 'answer it again')
    .option('--disable', 'do not answer it')
    .option('--forget-message-authenticator', 'begin anew to learn whether it sends Message-Authenticator')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock radius client set vpn --no-challenge --reject-detail advice\n  $ driftlock radius client set vpn --attribute Filter-Id=staff --prompt "passcode=Code: "',
    )
    .action(administering<SetOptions>(set))
  client
    .command('remove')
    .description('stop answering a client and delete it')
    .argument('<name>')
    .option('--yes', 'do not ask')
    .action(administering<{ readonly yes?: true }>(remove))
}

interface SetOptions extends RadiusClientOptions {
  readonly name?: string
  readonly network?: string
  readonly newSecret?: true
  readonly enable?: true
  readonly disable?: true
  readonly forgetMessageAuthenticator?: true
}

async function add({ ports, context }: OpenShell, given: Given<RadiusClientOptions>): Promise<View> {
  const { options, terminal } = given
  const { id: securityDomainId } = await securityDomainNamed(ports.administration.read, options.domain)
  const profile = profileWith(readRadiusProfile({}), options)
  const network = networkOf(argument(given, 1))
  const { secret, notes, shown } = await chosenSecret(terminal, options, ports.random)
  const created = await createRadiusClient(ports, context, {
    name: argument(given),
    network,
    secret,
    securityDomainId,
    requireMessageAuthenticator: options.messageAuthenticator === 'yes',
    profile,
    notes: options.notes ?? '',
  })
  const json = { ...radiusClientJson(created), ...(shown && { secret }) }
  const sentence = `Client ${created.name} at ${created.network} is answered from now on.`
  return doneView(json, shown ? `${sentence}\nShared secret, shown this once: ${secret}` : sentence, notes)
}

async function list({ ports, context }: OpenShell, given: Given<{ readonly limit: number }>): Promise<View> {
  const [text] = given.args
  const { limit } = given.options
  const filter = text === undefined ? {} : { text }
  const { items, more } = await firstRows((page) => listRadiusClients(ports, context, { ...filter, ...page }), limit)
  return listView({
    items: items.map(radiusClientJson),
    rows: items.map(radiusClientRow),
    empty: 'There are no RADIUS clients. Add one with: driftlock radius client add NAME NETWORK',
    notes: cutNotes(more, limit),
  })
}

async function showClient(shell: OpenShell, given: Given<object>): Promise<View> {
  const client = await clientNamed(shell, argument(given))
  return objectView(radiusClientJson(client), radiusClientFields(client))
}

async function set(shell: OpenShell, given: Given<SetOptions>): Promise<View> {
  const { ports, context } = shell
  const { options, terminal } = given
  const before = await clientNamed(shell, argument(given))
  const wantsSecret = options.newSecret ?? options.generateSecret ?? options.secretFile !== undefined
  const chosen = wantsSecret ? await chosenSecret(terminal, options, ports.random) : undefined
  const { domain } = options
  const changed = await updateRadiusClient(ports, context, {
    id: before.id,
    version: before.version,
    ...changesOf(before, options),
    ...(domain !== undefined && {
      securityDomainId: (await securityDomainNamed(ports.administration.read, domain)).id,
    }),
    ...(chosen !== undefined && { secret: chosen.secret }),
  })
  const json = { ...radiusClientJson(changed), ...(chosen?.shown === true && { secret: chosen.secret }) }
  const sentence = `Client ${changed.name} was changed.`
  const text = chosen?.shown === true ? `${sentence}\nShared secret, shown this once: ${chosen.secret}` : sentence
  return doneView(json, text, chosen?.notes ?? [])
}

function changesOf(before: ShownRadiusClient, options: SetOptions) {
  const { messageAuthenticator, forgetMessageAuthenticator, name, network, notes, enable, disable } = options
  const profile = profileWith(readRadiusProfile(before.profile), options)
  return {
    profile: forgetMessageAuthenticator === true ? { ...profile, hasSentMessageAuthenticator: false } : profile,
    ...(messageAuthenticator !== undefined && { requireMessageAuthenticator: messageAuthenticator === 'yes' }),
    ...(name !== undefined && { name }),
    ...(network !== undefined && { network: networkOf(network) }),
    ...(notes !== undefined && { notes }),
    ...(enable === true && { enabled: true }),
    ...(disable === true && { enabled: false }),
  }
}

async function remove(shell: OpenShell, given: Given<{ readonly yes?: true }>): Promise<View> {
  const { ports, context } = shell
  const { id, name } = await clientNamed(shell, argument(given))
  await confirmed(given.terminal, `Delete RADIUS client ${name}?`, given.options.yes)
  await deleteRadiusClient(ports, context, { id })
  return doneView({ id, name }, `Client ${name} was deleted.`)
}

/** A client by its name or id. @throws CommandError. */
async function clientNamed({ ports, context }: OpenShell, wanted: string): Promise<ShownRadiusClient> {
  const byName = await listRadiusClients(ports, context, { text: wanted, limit: 1000 })
  const found = byName.items.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return found
  const byId = await ports.administration.read.clients.radiusClient(wanted)
  if (byId === undefined) {
    const advice = 'List them with: driftlock radius client list'
    throw new CommandError('not-found', 'NOT_FOUND', `There is no RADIUS client "${wanted}". ${advice}`)
  }
  const { secret: _kept, ...shown } = byId
  return shown
}
