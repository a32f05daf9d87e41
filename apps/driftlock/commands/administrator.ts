import {
  assignRole,
  findUser,
  listAdministrators,
  listRoles,
  makeAdministrator,
  permissionsOf,
  revokeRole,
} from '@driftlock/application'
import type { Command } from 'commander'
import { CommandError } from '../terminal/command-error.ts'
import { instantText, isoText } from '../terminal/instants.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { domainNames, securityDomainNamed } from './security-domains.ts'

/** `driftlock administrator`: users who administer, and where. */
export function define(command: Command): void {
  const administrator = withDataFolder(command)
  administrator.command('list').description('administrators with their roles and scopes').action(administering(list))
  administrator
    .command('create')
    .description('make a user an administrator; shows a one-time set-up code')
    .argument('<user>')
    .option('--role <role>', 'give this role at once: id or name')
    .option('--domain <name>', 'where the role holds: id, name or path; absent = everywhere')
    .addHelpText('after', '\nExample:\n  $ driftlock administrator create anna --role help-desk --domain Sales')
    .action(administering<{ role?: string; domain?: string }>(create))
  administrator
    .command('permissions')
    .description('what an administrator may do, and where')
    .argument('<user>')
    .action(administering(permissions))
  administrator
    .command('assign-role')
    .description('give a role; it holds in a security domain and everything below it')
    .argument('<user>')
    .argument('<role>', 'id or name')
    .option('--domain <name>', 'id, name or path; absent = everywhere')
    .action(
      administering<{ domain?: string }>(async (shell, given) =>
        give(shell, { user: argument(given), role: argument(given, 1), domain: given.options.domain }),
      ),
    )
  administrator
    .command('revoke-role')
    .description('take a role away')
    .argument('<user>')
    .argument('<role>', 'id or name')
    .option('--domain <name>', 'where it was given; absent = everywhere it was')
    .action(administering<{ domain?: string }>(revoke))
}

async function list({ ports, context }: OpenShell): Promise<View> {
  const all = await listAdministrators(ports, context)
  const roles = new Map((await listRoles(ports, context)).map(({ id, name }) => [id, name]))
  const domainName = await domainNames(ports.administration.read)
  const words = (assignments: (typeof all)[number]['assignments']) =>
    assignments
      .map(({ roleId, securityDomainId }) => `${roles.get(roleId) ?? roleId} in ${domainName(securityDomainId)}`)
      .join(', ')
  return listView({
    items: all.map(({ user, enabled, assignments }) => ({
      userId: user.user.id,
      username: user.user.username,
      enabled,
      roles: assignments.map(({ id, roleId, securityDomainId }) => ({
        id,
        roleId,
        role: roles.get(roleId),
        securityDomainId,
      })),
    })),
    rows: all.map(({ user, enabled, assignments }) => ({
      user: user.user.username,
      enabled,
      roles: words(assignments) || 'none',
    })),
    empty: 'There are no administrators.',
  })
}

async function create(shell: OpenShell, given: Given<{ role?: string; domain?: string }>): Promise<View> {
  const { ports, context } = shell
  const user = argument(given)
  const { setupCode, expiresAt } = await makeAdministrator(ports, context, { user })
  const { role, domain } = given.options
  if (role !== undefined) await give(shell, { user, role, domain })
  const notes = role === undefined ? [`No role yet: driftlock administrator assign-role ${user} ROLE`] : []
  const text = `Set-up code of ${user}: ${setupCode} (valid once, until ${instantText(expiresAt)})`
  return doneView({ username: user, setupCode, expiresAt: isoText(expiresAt) }, text, notes)
}

interface Gift {
  readonly user: string
  readonly role: string
  readonly domain: string | undefined
}

async function give({ ports, context }: OpenShell, { user, role, domain }: Gift): Promise<View> {
  const { id: roleId, name } = await roleNamed({ ports, context }, role)
  const scope = await securityDomainNamed(ports.administration.read, domain)
  const assignment = await assignRole(ports, context, { user, roleId, securityDomainId: scope.id })
  return doneView(assignment, `${user} is ${name} in ${scope.name} and everything below it.`)
}

async function revoke({ ports, context }: OpenShell, given: Given<{ domain?: string }>): Promise<View> {
  const { read } = ports.administration
  const { user } = await findUser(read, argument(given))
  const role = await roleNamed({ ports, context }, argument(given, 1))
  const scope = given.options.domain === undefined ? undefined : await securityDomainNamed(read, given.options.domain)
  const held = (await read.access.assignmentsOf(user.id)).filter(
    ({ roleId, securityDomainId }) => roleId === role.id && (scope === undefined || securityDomainId === scope.id),
  )
  if (held.length === 0)
    throw new CommandError('not-found', 'NOT_FOUND', `${user.username} does not have the role ${role.name} there.`)
  for (const { id } of held) await revokeRole(ports, context, { assignmentId: id })
  return doneView(
    { username: user.username, roleId: role.id, revoked: held.length },
    `${user.username} is ${role.name} no more.`,
  )
}

/** @throws CommandError with the names there are. */
export async function roleNamed({ ports, context }: Pick<OpenShell, 'ports' | 'context'>, name: string) {
  const roles = await listRoles(ports, context)
  const found =
    roles.find(({ id }) => id === name) ?? roles.find((role) => role.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  throw new CommandError(
    'not-found',
    'NOT_FOUND',
    `There is no role "${name}". The roles: ${roles.map(({ id }) => id).join(', ')}`,
  )
}

async function permissions({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const held = await permissionsOf(ports, context, { user: argument(given) })
  return listView({
    items: held,
    rows: held.map(({ permission, domainIds }) => ({ permission, domains: domainIds.join(', ') })),
    empty: 'No permissions.',
  })
}
