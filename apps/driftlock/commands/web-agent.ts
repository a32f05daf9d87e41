import { serverLogger } from '@driftlock/http'
import { runEvery, serviceManager } from '@driftlock/system'
import { loadWebAgentConfiguration, startWebAgent } from '@driftlock/web-agent'
import type { Command } from 'commander'
import { PROGRAM_VERSION } from '../program-version.ts'
import { untilStopped } from '../serve/until-stopped.ts'

const TLS_LOOK_MS = 60_000

/** `driftlock web-agent`: log-on pages and sub-requests in front of web sites, until SIGTERM or SIGINT. */
export function define(command: Command): void {
  command.requiredOption('--config <file>', 'configuration file of the web agent').action(runWebAgent)
}

async function runWebAgent({ config }: { readonly config: string }): Promise<void> {
  const configuration = await loadWebAgentConfiguration(config)
  const logger = serverLogger({ level: configuration.log })
  const manager = serviceManager({ environment: process.env, processId: process.pid })
  const agent = await startWebAgent(configuration, logger)
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed')
  const tasks = [runEvery({ intervalMs: TLS_LOOK_MS, run: async () => void (await agent.reloadTls()), onError })]
  if (manager.watchdogMs !== undefined) {
    tasks.push(runEvery({ intervalMs: manager.watchdogMs / 3, run: () => manager.alive(), onError }))
  }
  logger.info({ version: PROGRAM_VERSION, url: agent.url }, 'web agent serving')
  await manager.ready()
  await untilStopped(
    {
      async stop(withinMs) {
        await manager.stopping()
        await Promise.all(tasks.map((task) => task.stop()))
        await agent.stop(withinMs)
      },
    },
    logger,
  )
}
