import { join } from 'node:path'
import type { Browser, Cookie } from 'playwright'
import { visitSecurityConsole } from '../../tests/e2e/browser/administrator-visit.ts'
import type { DemoReport } from '../../tests/e2e/browser/demo-report.ts'
import { looks, openLook } from './look.ts'

interface Order {
  readonly report: DemoReport
  readonly folder: string
}

/** The pages before the consoles in every look, and a log-on as the administrator, whose cookies are returned. */
export async function takeLogOnScreenshots(browser: Browser, { report, folder }: Order): Promise<readonly Cookie[]> {
  const { selfService, securityConsole } = report.urls
  const pages = {
    'log-on': `${selfService}log-on`,
    troubleshooting: `${selfService}troubleshooting`,
    'administrator-log-on': `${securityConsole}log-on`,
    'set-up': `${securityConsole}set-up`,
  }
  for (const look of looks) {
    const context = await openLook(browser, selfService, look)
    const page = await context.newPage()
    for (const [name, url] of Object.entries(pages)) {
      await page.goto(url)
      await page.screenshot({ path: join(folder, `log-on-${name}-${look.name}.png`) })
    }
    await context.close()
  }
  const { context } = await visitSecurityConsole(browser, report)
  const cookies = await context.cookies()
  await context.close()
  return cookies.filter(({ name }) => !['driftlock-theme', 'driftlock-language'].includes(name))
}
