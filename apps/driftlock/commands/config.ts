import type { Command } from 'commander'
import { stringify } from 'yaml'
import { addConfigurationFlags, type ConfigurationFlags, sourcesOf } from '../configuration/configuration-flags.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { shownConfiguration } from '../configuration/shown-configuration.ts'
import { unknownVariables } from '../configuration/unknown-variables.ts'

/** `driftlock config print`: the effective configuration, without secrets. */
export function define(command: Command): void {
  addConfigurationFlags(command.command('print').description('show the configuration that would hold, without secrets'))
    .option('--json', 'one JSON object on one line')
    .action(async (flags: ConfigurationFlags & { readonly json?: true }) => {
      const shown = shownConfiguration(await loadConfiguration(sourcesOf(flags, process.env)))
      for (const { text, advice } of unknownVariables(process.env)) process.stderr.write(`${text} ${advice}\n`)
      process.stdout.write(flags.json ? `${JSON.stringify(shown)}\n` : stringify(shown))
    })
}
