import { changeSetting, listSettings, type SettingView } from '@driftlock/application'
import type { Command } from 'commander'
import { CommandError } from '../terminal/command-error.ts'
import { doneView, listView, objectView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'

/** `driftlock settings`: namespaced keys, for all instances (GLOBAL) or for one. */
export function define(command: Command): void {
  const settings = withDataFolder(command)
  settings
    .command('list')
    .description('all settings with the values that hold')
    .argument('[prefix]', 'beginning of the key, such as self_service.')
    .action(administering(list))
  settings
    .command('show')
    .description('one setting: its value, what it does, what it may hold')
    .argument('<key>')
    .addHelpText('after', '\nExample:\n  $ driftlock settings show auth_manager.tokens.max_per_user')
    .action(administering(showSetting))
  settings
    .command('set')
    .description('change a setting')
    .argument('<key>')
    .argument('<value>')
    .argument('[scope]', 'GLOBAL, or the name of an instance', 'GLOBAL')
    .addHelpText('after', '\nExample:\n  $ driftlock settings set auth_manager.tokens.max_per_user 2')
    .action(administering(async (shell, given) => change(shell, given, argument(given, 1))))
  settings
    .command('reset')
    .description('put a setting back to its initial value')
    .argument('<key>')
    .argument('[scope]', 'GLOBAL, or the name of an instance', 'GLOBAL')
    .action(administering(async (shell, given) => reset(shell, given)))
}

async function list({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const [keyPrefix] = given.args
  const all = await listSettings(ports, context, keyPrefix === undefined ? {} : { keyPrefix })
  return listView({
    items: all,
    rows: all.map(({ key, value, isInitial, instances }) => ({
      key,
      value: String(value),
      set: isInitial ? '' : 'yes',
      instances: instances.map(({ scope, value: own }) => `${scope}=${own}`).join(', '),
    })),
    empty: 'No setting has a key that begins so.',
  })
}

async function showSetting({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const key = argument(given)
  const found = (await listSettings(ports, context, { keyPrefix: key })).find((one) => one.key === key)
  if (found === undefined)
    throw new CommandError(
      'not-found',
      'NOT_FOUND',
      `There is no setting ${key}. List them with: driftlock settings list`,
    )
  const { definition, value, isInitial, instances } = found
  return objectView(found, {
    Key: key,
    Value: String(value),
    Set: isInitial ? 'no, this is the initial value' : 'yes',
    Initial: String(definition.initial),
    'May hold': allowed(found),
    'Instances that differ': instances.map(({ scope, value: own }) => `${scope}=${own}`).join(', '),
    'Per instance': definition.perInstance,
    'Takes effect': definition.takesEffect === 'at-once' ? 'at once' : 'after a restart',
    Meaning: definition.text,
  })
}

function allowed({ definition }: SettingView): string {
  if (definition.type === 'boolean') return 'true or false'
  return definition.type === 'choice' ? definition.choices.join(', ') : `${definition.min} to ${definition.max}`
}

/** Also what `store update-config` does (seed 001). */
export async function change({ ports, context }: OpenShell, given: Given<object>, value: string): Promise<View> {
  const [key = '', , scope = 'GLOBAL'] = given.args
  await changeSetting(ports, context, { key, value, scope })
  return doneView({ key, value, scope }, `${key} is ${value} now (${scope}).`)
}

async function reset({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const [key = '', scope = 'GLOBAL'] = given.args
  await changeSetting(ports, context, { key, value: null, scope })
  return doneView({ key, value: null, scope }, `${key} has its initial value again (${scope}).`)
}
