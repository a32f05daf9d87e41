import { fileURLToPath } from 'node:url'
import { type ApiServices, apiLogOnDoor, type HttpModule, logOnPages, pageSite } from '@driftlock/http'

/** What the build makes of a console; an instance whose consoles are not built serves the rest. */
const builtConsole = (folder: string) => fileURLToPath(new URL(`../../../ui/${folder}/dist/`, import.meta.url))

/** What a browser is shown of an instance: both consoles and their log-on pages. */
export function consolePages(services: ApiServices): readonly HttpModule[] {
  return [
    logOnPages(apiLogOnDoor(services)),
    pageSite({ prefix: '/self-service/', folder: builtConsole('self-service-console') }),
    pageSite({ prefix: '/console/', folder: builtConsole('security-console') }),
  ]
}
