import { readFile } from 'node:fs/promises'
import {
  clearPolicy,
  effectivePolicyOf,
  type EffectivePolicyView,
  type SecurityDomain,
  setPolicy,
  type SetPolicyRequest,
} from '@driftlock/application'
import { INITIAL_POLICIES, type PolicyKind } from '@driftlock/domain'
import { Argument, type Command } from 'commander'
import { CommandError, wrongUsage } from '../terminal/command-error.ts'
import { doneView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { flatFields, mergeFields } from './policy-fields.ts'
import { securityDomainNamed } from './security-domains.ts'

const KINDS: readonly PolicyKind[] = ['token', 'lockout', 'offline']

/** `driftlock policy`: token, lockout and offline policies, inherited down the tree of security domains. */
export function define(command: Command): void {
  const policy = withDataFolder(command)
  policy
    .command('show')
    .description('the policies that hold in a security domain, and where each comes from')
    .addArgument(new Argument('[kind]', 'absent = all').choices(KINDS))
    .option('--domain <name>', 'id, name or path; absent = the root')
    .addHelpText('after', '\nExample:\n  $ driftlock policy show lockout --domain Sales')
    .action(administering<DomainOption>(showPolicies))
  policy
    .command('set')
    .description('set fields of a policy in a security domain; other fields stay as they are')
    .addArgument(new Argument('<kind>').choices(KINDS))
    .argument('[field=value...]', 'as "policy show" names them; values are JSON, or plain text')
    .option('--domain <name>', 'id, name or path; absent = the root')
    .option('--file <file>', 'take the fields from a JSON file')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock policy set lockout maxFailures=3 unlockAfterSeconds=900\n  $ driftlock policy set token pin.minLength=6 pin.maxAgeSeconds=null --domain Sales',
    )
    .action(administering<DomainOption & { file?: string }>(set))
  policy
    .command('clear')
    .description('take back what a security domain sets: it inherits again')
    .addArgument(new Argument('<kind>').choices(KINDS))
    .option('--domain <name>', 'id, name or path; absent = the root')
    .action(administering<DomainOption>(clear))
}

interface DomainOption {
  readonly domain?: string
}

async function showPolicies({ ports, context }: OpenShell, given: Given<DomainOption>): Promise<View> {
  const { read } = ports.administration
  const domain = await securityDomainNamed(read, given.options.domain)
  const all = await read.securityDomains.all()
  const kinds = given.args[0] === undefined ? KINDS : KINDS.filter((kind) => kind === given.args[0])
  const views: Record<string, EffectivePolicyView<PolicyKind>> = {}
  for (const kind of kinds) views[kind] = await effectivePolicyOf(ports, context, { securityDomainId: domain.id, kind })
  return {
    json: { domain: domain.id, policies: views },
    text: () =>
      Object.entries(views)
        .map(([kind, view]) => policyText(kind, view, all))
        .join('\n\n'),
  }
}

function policyText(
  kind: string,
  { policy, from, own }: EffectivePolicyView<PolicyKind>,
  all: readonly SecurityDomain[],
): string {
  const source =
    from.type === 'default'
      ? 'initial values'
      : `set in ${all.find(({ id }) => id === from.domainId)?.name ?? from.domainId}`
  const ownFields = new Set(own === null ? [] : flatFields(own.value).map(([name]) => name))
  const fields = flatFields(policy)
  const longest = Math.max(...fields.map(([name]) => name.length))
  const lines = fields.map(
    ([name, value]) => `  ${name.padEnd(longest)}  ${JSON.stringify(value)}${ownFields.has(name) ? '  *' : ''}`,
  )
  const legend = ownFields.size > 0 ? ['  * set in this security domain itself'] : []
  return [`${kind} policy (${source})`, ...lines, ...legend].join('\n')
}

async function set({ ports, context }: OpenShell, given: Given<DomainOption & { file?: string }>): Promise<View> {
  const kind = argument(given) as PolicyKind // commander allows only the kinds
  const domain = await securityDomainNamed(ports.administration.read, given.options.domain)
  const { own, policy } = await effectivePolicyOf(ports, context, { securityDomainId: domain.id, kind })
  const changes =
    given.options.file === undefined ? assignmentsIn(given.args.slice(1)) : flatFields(await jsonIn(given.options.file))
  if (changes.length === 0)
    throw wrongUsage('Write what to set, such as maxFailures=3. The names: driftlock policy show')
  const value = mergeFields(own?.value ?? {}, changes, { known: INITIAL_POLICIES[kind], held: policy })
  // Names and types were held against the initial policy of this very kind.
  const request = { securityDomainId: domain.id, kind, value, version: own?.version ?? 0 } as SetPolicyRequest
  await setPolicy(ports, context, request)
  const names = changes.map(([name]) => name).join(', ')
  return doneView(
    { domain: domain.id, kind, value },
    `Set ${names} in the ${kind} policy of ${domain.name}. It holds at the next log-on.`,
  )
}

function assignmentsIn(args: readonly string[]): readonly (readonly [string, unknown])[] {
  return args.map((text) => {
    const [, name, typed] = /^([\w.]+)=(.*)$/s.exec(text) ?? []
    if (name === undefined || typed === undefined)
      throw wrongUsage(`"${text}": write FIELD=VALUE, such as maxFailures=3.`)
    return [name, valueOf(typed)] as const
  })
}

function valueOf(typed: string): unknown {
  try {
    return JSON.parse(typed)
  } catch {
    return typed
  }
}

async function jsonIn(file: string): Promise<object> {
  const value = valueOf(await readFile(file, 'utf8'))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new CommandError('bad-file', 'NOT_JSON', `${file} holds no JSON object.`)
}

async function clear({ ports, context }: OpenShell, given: Given<DomainOption>): Promise<View> {
  const kind = argument(given) as PolicyKind // commander allows only the kinds
  const domain = await securityDomainNamed(ports.administration.read, given.options.domain)
  await clearPolicy(ports, context, { securityDomainId: domain.id, kind })
  return doneView({ domain: domain.id, kind, cleared: true }, `${domain.name} inherits its ${kind} policy again.`)
}
