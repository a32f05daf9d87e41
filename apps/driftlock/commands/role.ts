import { listRoles, saveRole } from '@driftlock/application'
import { PERMISSIONS, type Permission } from '@driftlock/domain'
import type { Command } from 'commander'
import { wrongUsage } from '../terminal/command-error.ts'
import { doneView, listView, objectView } from '../terminal/view.ts'
import { roleNamed } from './administrator.ts'
import { administering, argument, withDataFolder } from './command-shell.ts'

/** `driftlock role`: named sets of permissions. */
export function define(command: Command): void {
  const role = withDataFolder(command)
  defineReading(role)
  role
    .command('create')
    .description('make a role of your own')
    .argument('<name>')
    .argument('<permission...>', 'as "role permissions" lists them')
    .addHelpText('after', '\nExample:\n  $ driftlock role create "Unlock desk" view-users unlock-user')
    .action(
      administering(async ({ ports, context }, given) => {
        const made = await saveRole(ports, context, {
          name: argument(given),
          permissions: permissionsIn(given.args.slice(1)),
        })
        return doneView(made, `Created role ${made.name} (${made.id}).`)
      }),
    )
  role
    .command('update')
    .description('give a role of your own other permissions')
    .argument('<role>', 'id or name')
    .argument('<permission...>')
    .option('--name <name>', 'another name')
    .action(
      administering<{ name?: string }>(async ({ ports, context }, given) => {
        const { id, name } = await roleNamed({ ports, context }, argument(given))
        const changed = await saveRole(ports, context, {
          roleId: id,
          name: given.options.name ?? name,
          permissions: permissionsIn(given.args.slice(1)),
        })
        return doneView(changed, `Changed role ${changed.name}.`)
      }),
    )
}

function defineReading(role: Command): void {
  role
    .command('list')
    .description('all roles')
    .action(
      administering(async ({ ports, context }) => {
        const all = await listRoles(ports, context)
        const rows = all.map(({ id, name, predefined, permissions }) => ({
          id,
          name,
          predefined,
          permissions: permissions.length,
        }))
        return listView({ items: all, rows, empty: 'There are no roles.' })
      }),
    )
  role
    .command('show')
    .description('what a role allows')
    .argument('<role>', 'id or name')
    .action(
      administering(async ({ ports, context }, given) => {
        const found = await roleNamed({ ports, context }, argument(given))
        const { id, name, predefined, permissions } = found
        return objectView(found, { Id: id, Name: name, Predefined: predefined, Permissions: permissions.join(', ') })
      }),
    )
  role
    .command('permissions')
    .description('every permission there is')
    .action(
      administering(async () => {
        const rows = Object.entries(PERMISSIONS).map(([permission, text]) => ({ permission, text }))
        return listView({ items: rows, rows, empty: '' })
      }),
    )
}

/** @throws CommandError for a name that is no permission. */
export function permissionsIn(names: readonly string[]): readonly Permission[] {
  return names.map((name) => {
    if (Object.hasOwn(PERMISSIONS, name)) return name as Permission // checked on this line
    throw wrongUsage(`There is no permission "${name}". List them with: driftlock role permissions`)
  })
}
