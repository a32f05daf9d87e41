import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright'
import type { DemoReport, DemoUser } from './demo-report.ts'
import { VirtualToken } from './virtual-token.ts'
import { watchPolicy } from './watch-policy.ts'

export interface UserVisit {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page did against its policy, and what failed in it. */
  readonly faults: readonly string[]
}

/** A user of the demo by name. */
export function personOf(report: DemoReport, username: string): DemoUser {
  const user = report.users.find((one) => one.username === username)
  if (!user) throw new Error(`The demo has no ${username}.`)
  return user
}

/** The first token of a user of the demo. */
export function tokenOf(report: DemoReport, username: string): VirtualToken {
  const token = personOf(report, username).tokens[0]
  if (!token) throw new Error(`${username} has no token.`)
  return new VirtualToken(token)
}

/** Opens the log-on page of the Self-Service Console in a window of its own. */
export async function openLogOn(
  browser: Browser,
  report: DemoReport,
  options: BrowserContextOptions = {},
): Promise<UserVisit> {
  const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true, ...options })
  const page = await context.newPage()
  const faults = watchPolicy(page)
  await page.goto(report.urls.selfService)
  return { context, page, faults }
}

/** Logs somebody on with a password and leaves them at their tokens. */
export async function visitSelfService(
  browser: Browser,
  report: DemoReport,
  { username, ...options }: { readonly username: string } & BrowserContextOptions,
): Promise<UserVisit> {
  const visit = await openLogOn(browser, report, options)
  const { page } = visit
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Password', { exact: true }).check()
  await page.getByLabel('Passcode / Password').fill(personOf(report, username).password)
  await page.getByRole('button', { name: 'Log on' }).click()
  await page.getByRole('heading', { name: 'My tokens' }).waitFor()
  return visit
}

/** Fills in user ID and passcode on the log-on page and sends them. */
export async function enterPasscode(page: Page, username: string, passcode: string): Promise<void> {
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Passcode', { exact: true }).check()
  await page.getByLabel('Passcode / Password').fill(passcode)
  await page.getByRole('button', { name: 'Log on' }).click()
}
