import { createAgent, deleteAgent, listAgents, updateAgent } from '@driftlock/application'
import { type Command, Option } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { fromNowText, isoText } from '../terminal/instants.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { domainNames, securityDomainNamed } from './security-domains.ts'

interface AgentOptions {
  readonly kind?: string
  readonly address?: readonly string[]
  readonly domain?: string
  readonly notes?: string
  readonly language?: 'en' | 'de' | 'as-asked'
}

/** `driftlock agent`: what asks over the agent API. */
export function define(command: Command): void {
  const agent = withDataFolder(command)
  agent
    .command('list')
    .description('authentication agents')
    .argument('[text]', 'beginning of the name')
    .action(administering(list))
  withDetails(
    agent
      .command('create')
      .description('create an agent; its client key is shown once')
      .argument('<name>', 'the clientId of the agent API'),
  )
    .addHelpText('after', '\nExample:\n  $ driftlock agent create vpn-portal --kind web --address 10.0.0.5')
    .action(administering<AgentOptions>(create))
  withDetails(agent.command('update').description('change an agent').argument('<name>')).action(
    administering<AgentOptions>(update),
  )
  agent
    .command('new-key')
    .description('give an agent a new client key; the old one ends at once')
    .argument('<name>')
    .option('-y, --yes', 'do not ask')
    .action(administering<{ yes?: true }>(newKey))
  for (const enabled of [true, false])
    agent
      .command(enabled ? 'enable' : 'disable')
      .description(enabled ? 'let an agent ask' : 'answer an agent no more')
      .argument('<name>')
      .action(
        administering(async ({ ports, context }, given) => {
          const { agent: changed } = await updateAgent(ports, context, { agent: argument(given), enabled })
          return doneView(changed, `Agent ${changed.name} is ${enabled ? 'enabled' : 'disabled'}.`)
        }),
      )
  defineDelete(agent)
}

function withDetails(command: Command): Command {
  return command
    .option('--kind <kind>', 'what it is: web, host, vpn …')
    .option('--address <address...>', 'where it asks from; absent = anywhere')
    .option('--domain <name>', 'security domain: id, name or path')
    .option('--notes <text>')
    .addOption(
      new Option('--language <code>', 'of the texts its users read (default: the one the agent asks for)').choices([
        'en',
        'de',
        'as-asked',
      ]),
    )
}

async function list({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const [text] = given.args
  const filter = text === undefined ? {} : { text }
  const { items } = await firstRows((page) => listAgents(ports, context, { ...filter, ...page }), 10_000)
  const now = ports.clock.now()
  const domainName = await domainNames(ports.administration.read)
  return listView({
    items: items.map((one) => ({ ...one, createdAt: isoText(one.createdAt), lastSeenAt: isoText(one.lastSeenAt) })),
    rows: items.map((one) => ({
      name: one.name,
      kind: one.kind,
      addresses: one.addresses.join(', ') || 'any',
      language: one.language ?? 'as asked',
      enabled: one.enabled,
      'last seen': fromNowText(one.lastSeenAt, now) || 'never',
      domain: domainName(one.securityDomainId),
    })),
    empty: 'There are no agents.',
  })
}

async function create({ ports, context }: OpenShell, given: Given<AgentOptions>): Promise<View> {
  const { kind = '', address = [], domain, notes = '', language } = given.options
  const { id: securityDomainId } = await securityDomainNamed(ports.administration.read, domain)
  const made = await createAgent(ports, context, {
    name: argument(given),
    kind,
    addresses: address,
    securityDomainId,
    notes,
    language: languageOf(language) ?? null,
  })
  return keyView(made.agent.name, made.clientKey)
}

function languageOf(chosen: AgentOptions['language']): 'en' | 'de' | undefined {
  return chosen === 'as-asked' ? undefined : chosen
}

function keyView(name: string, clientKey: string): View {
  const text = `Client ID:   ${name}\nClient key:  ${clientKey}`
  return {
    json: { clientId: name, clientKey },
    text: () => text,
    notes: ['The key is shown once. Write it into the configuration of the agent.'],
  }
}

async function update({ ports, context }: OpenShell, given: Given<AgentOptions>): Promise<View> {
  const { kind, address, domain, notes, language } = given.options
  const { agent } = await updateAgent(ports, context, {
    agent: argument(given),
    ...(kind !== undefined && { kind }),
    ...(address !== undefined && { addresses: address }),
    ...(domain !== undefined && {
      securityDomainId: (await securityDomainNamed(ports.administration.read, domain)).id,
    }),
    ...(notes !== undefined && { notes }),
    ...(language !== undefined && { language: languageOf(language) ?? null }),
  })
  return doneView(agent, `Changed agent ${agent.name}.`)
}

async function newKey({ ports, context }: OpenShell, given: Given<{ yes?: true }>): Promise<View> {
  const name = argument(given)
  await confirmed(given.terminal, `Make a new key for agent ${name}? The old one ends at once.`, given.options.yes)
  const { agent, clientKey } = await updateAgent(ports, context, { agent: name, newClientKey: true })
  return keyView(agent.name, clientKey ?? '')
}

function defineDelete(agent: Command): void {
  agent
    .command('delete')
    .description('delete an agent')
    .argument('<name>')
    .option('-y, --yes', 'do not ask')
    .action(
      administering<{ yes?: true }>(async ({ ports, context }, given) => {
        const name = argument(given)
        await confirmed(given.terminal, `Delete agent ${name}?`, given.options.yes)
        await deleteAgent(ports, context, { agent: name })
        return doneView({ name, deleted: true }, `Deleted agent ${name}.`)
      }),
    )
}
