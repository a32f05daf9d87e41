import type { Browser, BrowserContext, Page } from 'playwright'
import type { DemoReport } from './demo-report.ts'
import { VirtualToken } from './virtual-token.ts'
import { watchPolicy } from './watch-policy.ts'

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page did against its policy, and what failed in it. */
  readonly faults: readonly string[]
}

interface VisitOptions {
  readonly username?: string
  readonly look?: {
    readonly width: number
    readonly height: number
    readonly theme: 'light' | 'dark'
    readonly language: 'en' | 'de'
  }
}

/** Logs an administrator of the demo on to the Security Console, as a person would. */
export async function visitSecurityConsole(
  browser: Browser,
  report: DemoReport,
  { username = 'admin', look }: VisitOptions = {},
): Promise<Visit> {
  const url = report.urls.securityConsole
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...(look && { viewport: { width: look.width, height: look.height } }),
  })
  const { theme = 'light', language = 'en' } = look ?? {}
  await context.addCookies([{ name: 'driftlock-theme', value: theme, url }])
  const page = await context.newPage()
  const faults = watchPolicy(page)
  await page.goto(url)
  await logOn(page, report, username)
  await context.addCookies([{ name: 'driftlock-language', value: language, url }])
  return { context, page, faults }
}

async function logOn(page: Page, report: DemoReport, username: string): Promise<void> {
  const administrator = report.administrators.find((one) => one.username === username)
  const token = report.users.find((one) => one.username === username)?.tokens[0]
  if (!administrator || !token) throw new Error(`The demo has no administrator ${username}.`)
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(administrator.password)
  await page.getByLabel('Passcode', { exact: true }).fill(`${token.pin}${new VirtualToken(token).tokencode()}`)
  await page.getByRole('button', { name: 'Log on' }).click()
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
}
