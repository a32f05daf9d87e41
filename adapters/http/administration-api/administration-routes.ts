import type { AdministrationEndpoints } from '@driftlock/contracts'
import type { RoutesOf } from '../api/route.ts'
import { activityRoutes, chartRoutes } from './activity-routes.ts'
import { administratorRoutes } from './administrator-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { agentRoutes } from './client-routes.ts'
import { radiusClientRoutes } from './radius-client-routes.ts'
import { distributionRoutes } from './distribution-routes.ts'
import { policyRoutes, securityDomainRoutes } from './domain-routes.ts'
import { emergencyRoutes } from './emergency-routes.ts'
import { highAvailabilityRoutes } from './high-availability-routes.ts'
import { importRoutes } from './import-routes.ts'
import { type JobServices, jobRoutes } from './job-routes.ts'
import { instanceRoutes, reportRoutes } from './operation-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { selfServiceSettingRoutes, settingRoutes } from './setting-routes.ts'
import { tokenRoutes } from './token-routes.ts'
import { userRoutes } from './user-routes.ts'

/** Every endpoint of the contract with what does it; one that is forgotten does not compile. */
export function administrationRoutes(services: JobServices): RoutesOf<AdministrationEndpoints> {
  return {
    ...sessionRoutes(services),
    ...userRoutes(services),
    ...tokenRoutes(services),
    ...importRoutes(services),
    ...emergencyRoutes(services),
    ...distributionRoutes(services),
    ...securityDomainRoutes(services),
    ...policyRoutes(services),
    ...settingRoutes(services),
    ...selfServiceSettingRoutes(services),
    ...administratorRoutes(services),
    ...agentRoutes(services),
    ...radiusClientRoutes(services),
    ...auditRoutes(services),
    ...activityRoutes(services),
    ...chartRoutes(services),
    ...reportRoutes(services),
    ...jobRoutes(services),
    ...instanceRoutes(services),
    ...highAvailabilityRoutes(services),
  }
}
