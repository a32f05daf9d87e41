import type { HttpModule } from '@driftlock/http'
import type { AdminApiOptions } from '../admin-api/admin-api.ts'
import type { Cloud } from '../instance/open-cloud.ts'

export function cloudConsole(_cloud: Cloud, _options: AdminApiOptions): HttpModule {
  return { name: 'cloud-console', register() {} }
}
