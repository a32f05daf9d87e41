import { createApiKey, listApiKeys, revokeApiKey } from '@driftlock/application'
import type { Command } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { fromNowText, instantText, isoText, parseInstant } from '../terminal/instants.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { permissionsIn } from './role.ts'

interface CreateOptions {
  readonly user: string
  readonly permission?: readonly string[]
  readonly expires: string
}

/** `driftlock api-key`: for programs that administer in the name of an administrator. */
export function define(command: Command): void {
  const key = withDataFolder(command)
  key.command('list').description('API keys, without their secrets').action(administering(list))
  key
    .command('create')
    .description('make an API key; it is shown once')
    .argument('<name>', 'what it is for')
    .requiredOption('--user <user>', 'the administrator it acts for')
    .option('--permission <name...>', 'narrow it to these; absent = everything that administrator may do')
    .option('--expires <time>', '2026-12-31, a time from now such as 90d, or never', '365d')
    .addHelpText(
      'after',
      '\nExample:\n  $ driftlock api-key create provisioning --user anna --permission create-user assign-token --expires 90d',
    )
    .action(administering<CreateOptions>(create))
  key
    .command('revoke')
    .description('end an API key at once')
    .argument('<id>')
    .option('-y, --yes', 'do not ask')
    .action(
      administering<{ yes?: true }>(async ({ ports, context }, given) => {
        const id = argument(given)
        await confirmed(given.terminal, `Revoke API key ${id}?`, given.options.yes)
        await revokeApiKey(ports, context, { id })
        return doneView({ id, revoked: true }, `Revoked API key ${id}.`)
      }),
    )
}

async function list({ ports, context }: OpenShell): Promise<View> {
  const all = await listApiKeys(ports, context)
  const owners = await ports.administration.read.users.findMany(all.map(({ userId }) => userId))
  const names = new Map(owners.map(({ user }) => [user.id, user.username]))
  const now = ports.clock.now()
  return listView({
    items: all.map((one) => ({
      ...one,
      createdAt: isoText(one.createdAt),
      expiresAt: isoText(one.expiresAt),
      lastUsedAt: isoText(one.lastUsedAt),
      revokedAt: isoText(one.revokedAt),
    })),
    rows: all.map((one) => ({
      id: one.id,
      name: one.name,
      for: names.get(one.userId),
      permissions: one.permissions.join(', ') || 'all of theirs',
      'last used': fromNowText(one.lastUsedAt, now) || 'never',
      expires: one.revokedAt === null ? instantText(one.expiresAt) || 'never' : 'revoked',
    })),
    empty: 'There are no API keys.',
  })
}

async function create({ ports, context }: OpenShell, given: Given<CreateOptions>): Promise<View> {
  const { user, permission = [], expires } = given.options
  const expiresAt = expires === 'never' ? null : parseInstant(expires, ports.clock.now())
  const name = argument(given)
  const made = await createApiKey(ports, context, { name, user, permissions: permissionsIn(permission), expiresAt })
  return {
    json: { name, ...made, expiresAt: isoText(expiresAt) },
    text: () => made.apiKey,
    notes: ['This key is shown once. Keep it where only its program can read it.'],
  }
}
