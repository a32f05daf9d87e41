import { activityEndpoints } from './activity/activity.ts'
import { chartEndpoints } from './activity/charts.ts'
import { administratorEndpoints } from './administrators/administrator.ts'
import { agentEndpoints } from './agents/agent.ts'
import { auditEndpoints } from './audit/audit.ts'
import { distributionEndpoints } from './distribution/distribution.ts'
import { emergencyAccessEndpoints } from './emergency-access/emergency-access.ts'
import { highAvailabilityEndpoints } from './high-availability/high-availability.ts'
import { instanceEndpoints } from './instances/instance.ts'
import { jobEndpoints } from './jobs/job.ts'
import { policyEndpoints } from './policies/policy.ts'
import { radiusClientEndpoints } from './radius-clients/radius-client.ts'
import { reportEndpoints } from './reports/report.ts'
import { securityDomainEndpoints } from './security-domains/security-domain.ts'
import { sessionEndpoints } from './session/session.ts'
import { selfServiceSettingsEndpoints } from './settings/self-service-settings.ts'
import { settingEndpoints } from './settings/setting.ts'
import { tokenEndpoints } from './tokens/token-endpoints.ts'
import { importEndpoints } from './tokens/token-import.ts'
import { userEndpoints } from './users/user-endpoints.ts'

/** Every endpoint of the administration API, by name. */
export const administrationEndpoints = {
  ...sessionEndpoints,
  ...userEndpoints,
  ...tokenEndpoints,
  ...importEndpoints,
  ...emergencyAccessEndpoints,
  ...distributionEndpoints,
  ...securityDomainEndpoints,
  ...policyEndpoints,
  ...settingEndpoints,
  ...selfServiceSettingsEndpoints,
  ...administratorEndpoints,
  ...agentEndpoints,
  ...radiusClientEndpoints,
  ...auditEndpoints,
  ...activityEndpoints,
  ...chartEndpoints,
  ...reportEndpoints,
  ...jobEndpoints,
  ...instanceEndpoints,
  ...highAvailabilityEndpoints,
} as const

export type AdministrationEndpoints = typeof administrationEndpoints
