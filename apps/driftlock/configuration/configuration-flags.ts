import type { Command } from 'commander'
import { dataFolderAt, defaultDataFolder } from '../instance/data-folder.ts'
import type { ConfigurationSources } from './load-configuration.ts'

/** The flags that every command with a configuration has. */
export interface ConfigurationFlags {
  readonly data: string
  readonly config?: string
  readonly database?: string
  readonly host?: string
  readonly port?: string
  readonly radiusPort?: string
  readonly logLevel?: string
  readonly set?: readonly string[]
}

export function addConfigurationFlags(command: Command): Command {
  return command
    .option('--data <folder>', 'data folder', defaultDataFolder(process.env))
    .option('--config <file>', 'configuration file (default: driftlock.yaml in the data folder)')
    .option('--database <address>', 'postgres:// address or SQLite file')
    .option('--host <address>', 'address to listen at')
    .option('--port <number>', 'port to listen at; 0 = any free one')
    .option('--radius-port <number>', 'RADIUS port; 0 = any free one')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent')
    .option('--set <name=value...>', 'any other setting, such as http.requestsPerMinute=600')
}

/** @throws RangeError for a `--set` without a name. */
export function sourcesOf(flags: ConfigurationFlags, environment: NodeJS.ProcessEnv): ConfigurationSources {
  const others = (flags.set ?? []).map((text) => {
    const mark = text.indexOf('=')
    if (mark < 1) throw new RangeError(`--set ${text}: write it as name=value`)
    return [text.slice(0, mark), text.slice(mark + 1)] as const
  })
  return {
    environment,
    ...(flags.config === undefined
      ? { defaultFile: dataFolderAt(flags.data).configurationFile }
      : { file: flags.config }),
    flags: {
      ...Object.fromEntries(others),
      ...(flags.database !== undefined && { database: flags.database }),
      ...(flags.host !== undefined && { 'http.host': flags.host }),
      ...(flags.port !== undefined && { 'http.port': flags.port }),
      ...(flags.radiusPort !== undefined && { 'radius.port': flags.radiusPort }),
      ...(flags.logLevel !== undefined && { 'log.level': flags.logLevel }),
    },
  }
}
