import {
  COMMAND_CONTEXT,
  createFirstCloudAdministrator,
  initialiseCloud,
  loadCloudConfiguration,
  startCloud,
} from '@driftlock/cloud'
import { rotateCloudKey } from '@driftlock/application'
import { MS_PER_DAY } from '@driftlock/domain'
import { serverLogger } from '@driftlock/http'
import { runEvery, serviceManager } from '@driftlock/system'
import type { Command } from 'commander'
import { PROGRAM_VERSION } from '../program-version.ts'
import { untilStopped } from '../serve/until-stopped.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { instantText, isoText } from '../terminal/instants.ts'
import { doneView, type View } from '../terminal/view.ts'
import { defineCloudApp } from './cloud-app.ts'
import { closing, cloudOpeningOf, type ConfigOption, onCloud } from './cloud-shell.ts'
import { defineCloudUpkeep } from './cloud-upkeep.ts'
import { answering, type Given, withJson } from './command-shell.ts'

const TLS_LOOK_MS = 60_000

/** `driftlock cloud`: the cloud access service, and a virtual authenticator app to try it with. */
export function define(command: Command): void {
  withJson(command)
  command
    .command('serve', { isDefault: true })
    .description('run the service until SIGTERM or SIGINT (what `driftlock cloud` does by itself)')
    .requiredOption('--config <file>', 'configuration file of the service')
    .action(async ({ config }: ConfigOption) => runCloud(config))
  command
    .command('init')
    .description('make the data folder with its master key, the database and the first service administrator')
    .requiredOption('--config <file>', 'configuration file of the service')
    .option('--administrator <name>', 'name of the first service administrator', 'admin')
    .addHelpText('after', '\nExample:\n  $ driftlock cloud init --config cloud.yaml')
    .action(answering<ConfigOption & { readonly administrator: string }>(initialise))
  command
    .command('rotate-key')
    .description('make the next key that answers to managers are signed with')
    .requiredOption('--config <file>', 'configuration file of the service')
    .option('--after <days>', 'sign with it after so many days; until then it is only published', '7')
    .addHelpText(
      'after',
      '\nManagers that ask in between follow by themselves. One that was away longer must be connected again.',
    )
    .action(answering<ConfigOption & { readonly after: string }>(rotateKey))
  defineCloudUpkeep(command)
  defineCloudApp(command)
}

async function runCloud(file: string): Promise<void> {
  const configuration = await loadCloudConfiguration(file)
  const logger = serverLogger({ level: configuration.log })
  const manager = serviceManager({ environment: process.env, processId: process.pid })
  const running = await startCloud({ configuration, environment: process.env, logger })
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed')
  const tasks = [runEvery({ intervalMs: TLS_LOOK_MS, run: async () => void (await running.reloadTls()), onError })]
  if (manager.watchdogMs !== undefined) {
    tasks.push(runEvery({ intervalMs: manager.watchdogMs / 3, run: () => manager.alive(), onError }))
  }
  logger.info({ version: PROGRAM_VERSION, url: running.url }, 'cloud access service serving')
  await manager.ready()
  await untilStopped(
    {
      async stop(withinMs) {
        await manager.stopping()
        await Promise.all(tasks.map((task) => task.stop()))
        await running.stop(withinMs)
      },
    },
    logger,
  )
}

async function initialise({ options }: Given<ConfigOption & { readonly administrator: string }>): Promise<View> {
  const opening = await cloudOpeningOf(options)
  return closing(await initialiseCloud(opening), async (cloud) => {
    const setUpCode = await createFirstCloudAdministrator(cloud, options.administrator)
    const made = { dataFolder: opening.dataFolder, administrator: options.administrator, setUpCode }
    const lines = [
      `Data folder:   ${made.dataFolder} (back up its master key apart from the database)`,
      `Administrator: ${made.administrator}`,
      `Set-up code:   ${setUpCode} (valid once, for 24 hours; enter it at /set-up of the service)`,
      `Start it with: driftlock cloud --config ${options.config}`,
    ]
    return doneView(made, lines.join('\n'))
  })
}

async function rotateKey({ options }: Given<ConfigOption & { readonly after: string }>): Promise<View> {
  const days = Number(options.after)
  if (!(days >= 0 && days <= 365)) throw wrongUsage('--after: write a number of days from 0 to 365.')
  return onCloud(options, async (cloud) => {
    const { key, activeFrom } = await rotateCloudKey(cloud, COMMAND_CONTEXT, { afterMs: days * MS_PER_DAY })
    const made = { keyId: key.id, signsFrom: isoText(activeFrom) }
    return doneView(made, `Key ${key.id} is published from now on and signs from ${instantText(activeFrom)}.`)
  })
}
