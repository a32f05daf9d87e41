import { userInfo } from 'node:os'
import type { AdministrationContext, AdministrationPorts, ClockGuard } from '@driftlock/application'
import type { Command, Help, Option } from 'commander'
import type { Configuration } from '../configuration/configuration.ts'
import { sourcesOf } from '../configuration/configuration-flags.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { dataFolderAt, defaultDataFolder, requireDataFolder } from '../instance/data-folder.ts'
import { type Instance, openInstance } from '../instance/open-instance.ts'
import { EXIT_CODES } from '../terminal/exit-code.ts'
import { reportFailure } from '../terminal/report-failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { show, type View } from '../terminal/view.ts'

/** Options that every command of the administration takes. */
export interface SharedOptions {
  readonly data: string
  readonly config?: string
  readonly database?: string
  readonly masterKeyFile?: string
  readonly json?: true
}

/** A data folder opened by the shell, beside whatever instance runs on it. */
export interface OpenShell {
  readonly instance: Instance
  readonly ports: AdministrationPorts & { readonly clockGuard: ClockGuard }
  /** Who acts: the shell, under the name of the operating system's user. */
  readonly context: AdministrationContext
}

/** What was typed after the command's name. */
export interface Given<O> {
  readonly args: readonly string[]
  readonly options: O & SharedOptions
  readonly terminal: Terminal
}

/** Adds the option for programs; for commands that need no data folder. Options of a group may stand after its commands. */
export function withJson(command: Command): Command {
  return command
    .enablePositionalOptions(false)
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: groupOptions })
    .option('--json', 'for programs: one JSON object on a line each')
}

/** What a command of a group takes from its group; what the program itself takes (its version) is not worth a line. */
function groupOptions(this: Help, command: Command): Option[] {
  const { parent } = command
  return parent === null || parent.parent === null
    ? []
    : [...parent.options.filter(({ hidden }) => !hidden), ...groupOptions.call(this, parent)]
}

/** Adds the options that say which data folder is meant; on a group they hold for all its commands. */
export function withDataFolder(command: Command): Command {
  return withJson(command)
    .option('--data <folder>', 'data folder', defaultDataFolder(process.env))
    .option('--config <file>', 'configuration file (default: driftlock.yaml in the data folder)')
    .option('--database <address>', 'postgres:// address or SQLite file instead of the data folder’s own')
    .option('--master-key-file <file>', 'master key instead of the data folder’s own')
}

type Action = (...given: unknown[]) => Promise<void>

/** An action that needs no data folder: shows its view, or why it failed, and sets the exit code. */
export function answering<O extends object>(work: (given: Given<O>) => Promise<View>): Action {
  return async (...all) => {
    const command = all.at(-1) as Command // commander hands itself over as the last argument of an action
    const options = command.optsWithGlobals<O & SharedOptions>()
    const terminal: Terminal = process
    const json = options.json === true
    try {
      const view = await work({ args: command.args, options, terminal })
      show(view, terminal, json)
      process.exitCode = EXIT_CODES[view.exit ?? 'ok'].number
    } catch (error) {
      process.exitCode = reportFailure(error, terminal, json)
    }
  }
}

/** An action on an open data folder, which is closed before the command ends, whatever happened. */
export function administering<O extends object>(work: (shell: OpenShell, given: Given<O>) => Promise<View>): Action {
  return answering<O>(async (given) => {
    const instance = await openForShell(given.options)
    try {
      for (const warning of instance.store.warnings) given.terminal.stderr.write(`Warning: ${warning}\n`)
      return await work(shellOn(instance), given)
    } finally {
      await instance.close()
    }
  })
}

/** The configuration that holds for a command on these options. */
export function configurationForShell({ data, config, database }: SharedOptions): Promise<Configuration> {
  const flags = { data, ...(config !== undefined && { config }), ...(database !== undefined && { database }) }
  return loadConfiguration(sourcesOf(flags, process.env))
}

/** Opens what the options name. A command makes no data folder: that is for `init`. @throws NoDataFolderError. */
export async function openForShell(options: SharedOptions): Promise<Instance> {
  const { data } = options
  const configuration = await configurationForShell(options)
  const masterKeyFile = options.masterKeyFile ?? configuration.masterKeyFile
  requireDataFolder(dataFolderAt(data), configuration.database)
  return openInstance({
    dataFolder: data,
    environment: process.env,
    name: 'command',
    allowUnsafeDatabase: configuration.allowUnsafeDatabase,
    ignoreTimeService: configuration.clock.ignoreTimeService,
    ...(configuration.database !== undefined && { database: configuration.database }),
    ...(masterKeyFile !== undefined && { masterKeyFile }),
  })
}

export function shellOn(instance: Instance): OpenShell {
  const { uid, username } = userInfo()
  return {
    instance,
    ports: { ...instance.administration, clockGuard: instance.clockGuard },
    context: { authority: { type: 'command' }, actor: { type: 'command', id: String(uid), name: username } },
  }
}

/** A positional argument that commander made sure of. */
export function argument({ args }: Pick<Given<object>, 'args'>, at = 0): string {
  return args[at] ?? ''
}
