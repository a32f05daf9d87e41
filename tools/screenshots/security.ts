import { join } from 'node:path'
import type { Browser, Cookie, Page } from 'playwright'
import type { DemoReport } from '../../tests/e2e/browser/demo-report.ts'
import { settled } from '../../tests/e2e/browser/settled.ts'
import { type Look, openLook } from './look.ts'

interface Order {
  readonly look: Look
  readonly folder: string
  readonly report: DemoReport
  /** Cookies of an administrator who is logged on. */
  readonly session: readonly Cookie[]
}

/** Pages by name; `:users?text=maja` in an address is the id of the first that this list of the API has. */
const pages: Readonly<Record<string, string>> = {
  home: '',
  search: '?q=ma',
  users: 'users',
  'user-new': 'users/new',
  dashboard: 'users/[users?text=maja]',
  'user-edit': 'users/[users?text=maja]/edit',
  domains: 'security-domains',
  tokens: 'tokens',
  token: 'tokens/[tokens?serial=000300000110]',
  emergency: 'tokens/[tokens?serial=000300000110]/emergency-access',
  import: 'token-import',
  distribution: 'distribution',
  policies: 'policies',
  agents: 'agents',
  'radius-clients': 'radius-clients',
  charts: 'charts',
  reports: 'reports',
  report: 'reports/all-users',
  activity: 'activity',
  audit: 'audit',
  record: 'audit/[audit?limit=1]',
  administrators: 'administrators',
  administrator: 'administrators/[users?text=helpdesk]',
  roles: 'roles',
  'api-keys': 'api-keys',
  jobs: 'jobs',
  account: 'my-account',
  instances: 'instances',
  'high-availability': 'high-availability',
  settings: 'settings',
  'self-service-settings': 'self-service-settings',
  features: 'self-service-settings/features',
  'manage-authenticators': 'self-service-settings/manage-authenticators',
  nowhere: 'nowhere',
}

/** Every page of the Security Console in one look, over the demo. */
export async function takeSecurityScreenshots(browser: Browser, order: Order): Promise<void> {
  const { look, folder, report, session } = order
  const url = report.urls.securityConsole
  const context = await openLook(browser, url, look)
  await context.addCookies([...session])
  const page = await context.newPage()
  await page.goto(url)
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${url}${await withIds(page, path)}`)
    await settled(page)
    await page.screenshot({ path: join(folder, `security-${name}-${look.name}.png`) })
  }
  await context.close()
}

async function withIds(page: Page, path: string): Promise<string> {
  const list = /\[(.+)\]/.exec(path)?.[1]
  if (list === undefined) return path
  const answer = await page.request.get(new URL(`/api/v1/${list}`, page.url()).href)
  const { items } = (await answer.json()) as { items: { id: string }[] } // every list of the API has items with ids
  return path.replace(/\[.+\]/, items[0]?.id ?? '')
}
