import { fileURLToPath } from 'node:url'
import {
  administrationApi,
  type ApiServices,
  apiLogOnDoor,
  argon2Hasher,
  type HttpModule,
  logOnPages,
  pageSite,
  selfServiceApi,
} from '@driftlock/http'
import { ringAuditProof } from '@driftlock/keys'
import type { Instance } from '../instance/open-instance.ts'
import { PROGRAM_VERSION } from '../program-version.ts'

/** What the build makes of a console; an instance whose consoles are not built serves the rest. */
const builtConsole = (folder: string) => fileURLToPath(new URL(`../../../ui/${folder}/dist/`, import.meta.url))

/** The browser's side of an instance: both consoles, their log-on pages and their APIs. */
export function consoleModules(instance: Instance): readonly HttpModule[] {
  const services = apiServices(instance)
  return [
    administrationApi(services),
    selfServiceApi(services),
    logOnPages(apiLogOnDoor(services)),
    pageSite({ prefix: '/self-service/', folder: builtConsole('self-service-console') }),
    pageSite({ prefix: '/console/', folder: builtConsole('security-console') }),
  ]
}

function apiServices({ administration, authentication, store, clockGuard, keys, name }: Instance): ApiServices {
  return {
    ...administration,
    authentication,
    operations: store.operations,
    clockGuard,
    passwords: argon2Hasher(),
    auditProof: ringAuditProof(keys),
    instance: { name, version: PROGRAM_VERSION },
  }
}
