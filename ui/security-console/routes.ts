import { NoSuchPage, pageRoute } from '@driftlock/ui-kit'
import type { RouteObject } from 'react-router'
import { SecurityShell } from './shell/security-shell.tsx'

const users: readonly RouteObject[] = [
  pageRoute('users', async () => (await import('./users/user-list-page.tsx')).UserListPage),
  pageRoute('users/new', async () => (await import('./users/user-form-pages.tsx')).CreateUserPage),
  pageRoute('users/:userId', async () => (await import('./users/dashboard/user-dashboard-page.tsx')).UserDashboardPage),
  pageRoute('users/:userId/edit', async () => (await import('./users/user-form-pages.tsx')).EditUserPage),
  pageRoute(
    'security-domains',
    async () => (await import('./security-domains/security-domains-page.tsx')).SecurityDomainsPage,
  ),
]

const authentication: readonly RouteObject[] = [
  pageRoute('tokens', async () => (await import('./tokens/token-list-page.tsx')).TokenListPage),
  pageRoute('tokens/:tokenId', async () => (await import('./tokens/page/token-page.tsx')).TokenPage),
  pageRoute(
    'tokens/:tokenId/emergency-access',
    async () => (await import('./emergency/emergency-page.tsx')).EmergencyPage,
  ),
  pageRoute('token-import', async () => (await import('./tokens/import/import-page.tsx')).ImportPage),
  pageRoute('distribution', async () => (await import('./tokens/distribution/distribution-page.tsx')).DistributionPage),
  pageRoute('policies/:domainId?', async () => (await import('./policies/policies-page.tsx')).PoliciesPage),
]

const access: readonly RouteObject[] = [
  pageRoute('agents', async () => (await import('./access-devices/agents-page.tsx')).AgentsPage),
  pageRoute('radius-clients', async () => (await import('./access-devices/radius-clients-page.tsx')).RadiusClientsPage),
]

const reporting: readonly RouteObject[] = [
  pageRoute('charts', async () => (await import('./charts/charts-page.tsx')).ChartsPage),
  pageRoute('reports', async () => (await import('./reports/reports-page.tsx')).ReportsPage),
  pageRoute('reports/:name', async () => (await import('./reports/report-page.tsx')).ReportPage),
  pageRoute('activity', async () => (await import('./activity/activity-page.tsx')).ActivityPage),
  pageRoute('audit', async () => (await import('./audit/audit-page.tsx')).AuditPage),
  pageRoute('audit/:recordId', async () => (await import('./audit/audit-record-page.tsx')).AuditRecordPage),
]

const administration: readonly RouteObject[] = [
  pageRoute(
    'administrators',
    async () => (await import('./administrators/administrators-page.tsx')).AdministratorsPage,
  ),
  pageRoute(
    'administrators/:userId',
    async () => (await import('./administrators/administrator-page.tsx')).AdministratorPage,
  ),
  pageRoute('roles', async () => (await import('./administrators/roles-page.tsx')).RolesPage),
  pageRoute('api-keys', async () => (await import('./administrators/api-keys-page.tsx')).ApiKeysPage),
  pageRoute('jobs', async () => (await import('./operations/jobs-page.tsx')).JobsPage),
  pageRoute('my-account', async () => (await import('./session/my-account-page.tsx')).MyAccountPage),
]

const selfService = () => import('./self-service-settings/self-service-settings-pages.tsx')

const setup: readonly RouteObject[] = [
  pageRoute('self-service-settings', async () => (await selfService()).SelfServiceSettingsPage),
  pageRoute('self-service-settings/features', async () => (await selfService()).FeaturesPage),
  pageRoute('self-service-settings/manage-authenticators', async () => (await selfService()).ManageAuthenticatorsPage),
  pageRoute('settings', async () => (await import('./operations/settings-page.tsx')).SettingsPage),
  pageRoute(
    'high-availability',
    async () => (await import('./high-availability/high-availability-page.tsx')).HighAvailabilityPage,
  ),
  pageRoute('instances', async () => (await import('./operations/instances-page.tsx')).InstancesPage),
]

/** Every page of the Security Console. */
export const routes: readonly RouteObject[] = [
  {
    path: '/',
    Component: SecurityShell,
    children: [
      pageRoute('', async () => (await import('./home/home-page.tsx')).HomePage),
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
