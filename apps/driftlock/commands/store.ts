import type { Command } from 'commander'
import { wrongUsage } from '../terminal/command-error.ts'
import { administering, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { change } from './settings.ts'

interface StoreOptions {
  readonly action?: string
  readonly administrator?: string
  readonly password?: string
}

/**
 * `driftlock store`: settings as the written procedures of the system described change them (seed 001):
 * `store -o ADMIN -p PASSWORD -a update_config KEY VALUE SCOPE`.
 */
export function define(command: Command): void {
  withDataFolder(command)
    .argument('<args...>', 'update-config KEY VALUE SCOPE')
    .usage('[options] update-config <key> <value> <scope>')
    .option('-a, --action <name>', 'the older spelling: -a update_config KEY VALUE SCOPE')
    .option('-o, --administrator <name>', 'accepted for older procedures; not needed: the shell of the server acts')
    .option(
      '-p, --password <password>',
      'accepted for older procedures; not needed, not looked at, and better left out',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock store update-config auth_manager.cas.authentication.ha.seed_sync.marker_time 0 GLOBAL\n  $ driftlock store -a update_config auth_manager.cas.authentication.ha.seed_sync.marker_time 0 GLOBAL',
    )
    .action(administering<StoreOptions>(updateConfig))
}

async function updateConfig(shell: OpenShell, given: Given<StoreOptions>) {
  const { action, password, administrator } = given.options
  const [verb, ...rest] = action === undefined ? given.args : [action, ...given.args]
  if (verb !== 'update-config' && verb !== 'update_config')
    throw wrongUsage(
      `"${verb ?? ''}": write update-config KEY VALUE SCOPE. (update_config is the only action of the older spelling.)`,
    )
  const [key, value, scope] = rest
  if (key === undefined || value === undefined || scope === undefined || rest.length > 3)
    throw wrongUsage(
      'Write three words after update-config: KEY VALUE SCOPE. The scope is GLOBAL or the name of an instance.',
    )
  const view = await change(shell, { ...given, args: [key, value, scope] }, value)
  const warnings = [
    ...(password === undefined
      ? []
      : [
          'Warning: -p puts a password on the command line, where other users of this machine see it. It is not needed here: change that password, and leave -p out.',
        ]),
    ...(administrator === undefined
      ? []
      : ['Note: -o is not needed; the audit log names the user of the operating system.']),
  ]
  return { ...view, notes: [...warnings, ...(view.notes ?? [])] }
}
