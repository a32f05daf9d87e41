import { isDeepStrictEqual } from 'node:util'
import type { HttpServer } from '@driftlock/http'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration/configuration.ts'
import { SETTING_PLACES } from '../configuration/setting-sources.ts'

export interface ReloadParts {
  readonly load: () => Promise<Configuration>
  readonly started: Configuration
  readonly http: HttpServer
  readonly logger: Logger
}

/**
 * SIGHUP: takes up what can change while log-ons go on (log level, renewed TLS files) and names the settings that need a
 * start. A configuration that cannot be used changes nothing.
 */
export async function reload({ load, started, http, logger }: ReloadParts): Promise<void> {
  try {
    const found = await load()
    const renewed = await http.reloadTls()
    Object.assign(logger, { level: found.log.level })
    const waiting = changedSettings(started, found)
    logger.info({ tlsFilesRenewed: renewed, logLevel: found.log.level }, 'configuration read again')
    if (waiting.length > 0)
      logger.warn({ settings: waiting }, 'these settings changed and take effect at the next start')
  } catch (error) {
    logger.error({ err: error }, 'the configuration was not taken up; what held before still holds')
  }
}

function changedSettings(started: Configuration, found: Configuration): string[] {
  return SETTING_PLACES.map(({ path }) => path)
    .filter((path) => path[0] !== 'log' && !isDeepStrictEqual(valueAt(started, path), valueAt(found, path)))
    .map((path) => path.join('.'))
}

function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce((part, name) => new Map(Object.entries(part ?? {})).get(name), tree)
}
