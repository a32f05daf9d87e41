import type { Browser, BrowserContext, Page } from 'playwright'

export interface UserPage {
  readonly page: Page
  readonly context: BrowserContext
  /** What broke the content security policy, and other errors of the console. */
  readonly complaints: readonly string[]
}

/** A browser window of its own, with its own cookies. */
export async function openUserPage(browser: Browser, { script = true, locale = 'en-GB' } = {}): Promise<UserPage> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: script, locale })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    const expected = /status of 4|status of 5/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints }
}

/** Fills in user ID and passcode and sends them. */
export async function logOn(page: Page, username: string, passcode: string): Promise<void> {
  await page.fill('#username', username)
  await page.fill('#passcode', passcode)
  await page.click('button[type=submit]')
}

/** Answers the question that is shown. */
export async function answer(page: Page, value: string, again?: string): Promise<void> {
  await page.fill('#answer', value)
  if (again !== undefined) await page.fill('#again', again)
  await page.click('form button:not(.secondary)')
}

export function heading(page: Page): Promise<string | null> {
  return page.textContent('h1')
}
