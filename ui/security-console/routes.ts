import { BrokenPage, NoSuchPage } from '@driftlock/ui-kit'
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { SecurityShell } from './shell/security-shell.tsx'

/** A page that is loaded when it is opened. */
function page(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { path, lazy: async () => ({ Component: await orBroken(load) }) }
}

/** Words and a way on where the network was lost before the page was there: the router would show nothing. */
async function orBroken(load: () => Promise<ComponentType>): Promise<ComponentType> {
  try {
    const loaded: ComponentType | undefined = await load()
    return loaded ?? BrokenPage
  } catch {
    return BrokenPage
  }
}

const users: readonly RouteObject[] = [
  page('users', async () => (await import('./users/user-list-page.tsx')).UserListPage),
  page('users/new', async () => (await import('./users/user-form-pages.tsx')).CreateUserPage),
  page('users/:userId', async () => (await import('./users/dashboard/user-dashboard-page.tsx')).UserDashboardPage),
  page('users/:userId/edit', async () => (await import('./users/user-form-pages.tsx')).EditUserPage),
  page(
    'security-domains',
    async () => (await import('./security-domains/security-domains-page.tsx')).SecurityDomainsPage,
  ),
]

const authentication: readonly RouteObject[] = [
  page('tokens', async () => (await import('./tokens/token-list-page.tsx')).TokenListPage),
  page('tokens/:tokenId', async () => (await import('./tokens/page/token-page.tsx')).TokenPage),
  page('tokens/:tokenId/emergency-access', async () => (await import('./emergency/emergency-page.tsx')).EmergencyPage),
  page('token-import', async () => (await import('./tokens/import/import-page.tsx')).ImportPage),
  page('distribution', async () => (await import('./tokens/distribution/distribution-page.tsx')).DistributionPage),
  page('policies/:domainId?', async () => (await import('./policies/policies-page.tsx')).PoliciesPage),
]

const access: readonly RouteObject[] = [
  page('agents', async () => (await import('./access-devices/agents-page.tsx')).AgentsPage),
  page('radius-clients', async () => (await import('./access-devices/radius-clients-page.tsx')).RadiusClientsPage),
]

const reporting: readonly RouteObject[] = [
  page('charts', async () => (await import('./charts/charts-page.tsx')).ChartsPage),
  page('reports', async () => (await import('./reports/reports-page.tsx')).ReportsPage),
  page('reports/:name', async () => (await import('./reports/report-page.tsx')).ReportPage),
  page('activity', async () => (await import('./activity/activity-page.tsx')).ActivityPage),
  page('audit', async () => (await import('./audit/audit-page.tsx')).AuditPage),
  page('audit/:recordId', async () => (await import('./audit/audit-record-page.tsx')).AuditRecordPage),
]

const administration: readonly RouteObject[] = [
  page('administrators', async () => (await import('./administrators/administrators-page.tsx')).AdministratorsPage),
  page(
    'administrators/:userId',
    async () => (await import('./administrators/administrator-page.tsx')).AdministratorPage,
  ),
  page('roles', async () => (await import('./administrators/roles-page.tsx')).RolesPage),
  page('api-keys', async () => (await import('./administrators/api-keys-page.tsx')).ApiKeysPage),
  page('jobs', async () => (await import('./operations/jobs-page.tsx')).JobsPage),
  page('my-account', async () => (await import('./session/my-account-page.tsx')).MyAccountPage),
]

const selfService = () => import('./self-service-settings/self-service-settings-pages.tsx')

const setup: readonly RouteObject[] = [
  page('self-service-settings', async () => (await selfService()).SelfServiceSettingsPage),
  page('self-service-settings/features', async () => (await selfService()).FeaturesPage),
  page('self-service-settings/manage-authenticators', async () => (await selfService()).ManageAuthenticatorsPage),
  page('settings', async () => (await import('./operations/settings-page.tsx')).SettingsPage),
  page(
    'high-availability',
    async () => (await import('./high-availability/high-availability-page.tsx')).HighAvailabilityPage,
  ),
  page('instances', async () => (await import('./operations/instances-page.tsx')).InstancesPage),
]

/** Every page of the Security Console. */
export const routes: readonly RouteObject[] = [
  {
    path: '/',
    Component: SecurityShell,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }) },
      ...users,
      ...authentication,
      ...access,
      ...reporting,
      ...administration,
      ...setup,
      { path: '*', Component: NoSuchPage },
    ],
  },
]
