import { serverLogger } from '@driftlock/http'
import { runEvery, serviceManager } from '@driftlock/system'
import type { Command } from 'commander'
import { addConfigurationFlags, type ConfigurationFlags, sourcesOf } from '../configuration/configuration-flags.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { unknownVariables } from '../configuration/unknown-variables.ts'
import { dataFolderAt, requireDataFolder } from '../instance/data-folder.ts'
import { PROGRAM_VERSION } from '../program-version.ts'
import { reload } from '../serve/reload.ts'
import { startInstance } from '../serve/start-instance.ts'
import { untilStopped } from '../serve/until-stopped.ts'

/** How often renewed TLS files are looked for; SIGHUP does it at once. */
const TLS_LOOK_MS = 60_000

/** `driftlock serve`: an instance until SIGTERM or SIGINT. */
export function define(command: Command): void {
  addConfigurationFlags(command).action(serve)
}

async function serve(flags: ConfigurationFlags): Promise<void> {
  const load = () => loadConfiguration(sourcesOf(flags, process.env))
  const configuration = await load()
  requireDataFolder(dataFolderAt(flags.data), configuration.database)
  const logger = serverLogger({ level: configuration.log.level })
  for (const { text, advice } of unknownVariables(process.env)) logger.warn(`${text} ${advice}`)
  const manager = serviceManager({ environment: process.env, processId: process.pid })
  const running = await startInstance({ configuration, dataFolder: flags.data, environment: process.env, logger })
  const { http, radius } = running
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed')
  process.on('SIGHUP', () => void reload({ load, started: configuration, http, logger }))
  const tasks = [runEvery({ intervalMs: TLS_LOOK_MS, run: async () => void (await http.reloadTls()), onError })]
  if (manager.watchdogMs !== undefined) {
    tasks.push(runEvery({ intervalMs: manager.watchdogMs / 3, run: () => manager.alive(), onError }))
  }
  logger.info({ version: PROGRAM_VERSION, url: http.url, radius: radius?.bound }, 'serving')
  await manager.ready()
  await manager.status(`Serving at ${http.url}`)
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
