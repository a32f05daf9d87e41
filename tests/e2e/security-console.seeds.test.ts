import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import type { DemoUser } from './browser/demo-report.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'

let demo: RunningDemo
let browser: Browser
/** One log-on for all: a passcode can be used once a minute. */
let visit: Visit

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  visit = await visitSecurityConsole(browser, demo.report)
}, 240_000)

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

function person(username: string): DemoUser {
  const user = demo.report.users.find((one) => one.username === username)
  if (!user) throw new Error(`The demo has no ${username}.`)
  return user
}

/** Logs a user on to the Self-Service Console with a passcode; true where the user is let in. */
async function logsOn(username: string, passcode: string): Promise<boolean> {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(demo.report.urls.selfService)
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Passcode', { exact: true }).check()
  await page.getByLabel('Passcode / Password').fill(passcode)
  await page.getByRole('button', { name: 'Log on' }).click()
  const inside = page.getByRole('heading', { name: 'My tokens' })
  const outside = page.getByRole('alert')
  await inside.or(outside).first().waitFor()
  const isIn = await inside.isVisible()
  await context.close()
  return isIn
}

async function codesOn(page: Page): Promise<readonly string[]> {
  const list = page.getByRole('list', { name: 'Emergency access tokencodes' })
  await list.waitFor()
  return (await list.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/^\d+\.|\s/g, ''))
}

describe('seed 004 in the Security Console', () => {
  it('assigns a set of one-time tokencodes step by step; none is valid before Save, each works once after it', {
    timeout: 120_000,
  }, async () => {
    const { page, faults } = visit
    await page.goto(demo.report.urls.securityConsole)
    const token = person('bela').tokens[0]
    const serial = token?.serial ?? ''
    const pin = token?.pin ?? ''
    // 1-3: Authentication > SecurID Tokens > Manage Existing, search, the token.
    await page.getByRole('button', { name: 'Authentication' }).click()
    await page.getByRole('link', { name: 'SecurID Tokens > Manage Existing' }).click()
    await page.getByRole('textbox', { name: 'Serial, nickname or user ID begins with' }).fill(serial)
    await page.getByText('1 row shown of 1').waitFor()
    // 4: from the context menu.
    await page.getByRole('button', { name: `Actions for ${serial}` }).click()
    await page.getByRole('menuitem', { name: 'Emergency Access Tokencodes' }).click()
    await page.getByRole('heading', { level: 1, name: 'Manage Emergency Access Tokencodes' }).waitFor()
    // 5-8: the checkbox, the kind, the number, Generate Codes.
    await page.getByLabel('Online Emergency Access', { exact: true }).check()
    await page.getByRole('radio', { name: 'Set of One-Time Tokencodes' }).check()
    await page.getByLabel('Number of tokencodes').fill('3')
    await page.getByRole('button', { name: 'Generate Codes' }).click()
    // 9: the list is below the button; nothing holds yet.
    const codes = await codesOn(page)
    expect(codes).toHaveLength(3)
    const below = await page.getByRole('list', { name: 'Emergency access tokencodes' }).boundingBox()
    const button = await page.getByRole('button', { name: 'Generate Codes' }).boundingBox()
    expect(below?.y).toBeGreaterThan(button?.y ?? Number.POSITIVE_INFINITY)
    expect(await logsOn('bela', `${pin}${codes[0]}`)).toBe(false)
    // 10-11: lifetime and rule; the contradiction is said at once and cannot be saved.
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await page.getByRole('radio', { name: 'No expiration' }).check()
    await page.getByRole('radio', { name: /only after the emergency access tokencode has expired/ }).check()
    await page.getByText('These choices contradict each other').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await page.getByRole('radio', { name: 'Expire on a date' }).check()
    await page.getByRole('radio', { name: 'Deny authentication with the recovered token' }).check()
    // 12: Save.
    await save.click()
    await page.getByText('Saved: the codes are valid now').waitFor()
    expect(await logsOn('bela', `${pin}${codes[0]}`)).toBe(true)
    expect(await logsOn('bela', `${pin}${codes[0]}`)).toBe(false)
    expect(await logsOn('bela', `${pin}${codes[1]}`)).toBe(true)
    await page.reload()
    await page.getByText('1 of 3 one-time tokencodes is left.').waitFor()
    expect(faults).toEqual([])
  })
})

describe('seed 002 in the Security Console', () => {
  it('enables the features and sets what emergency access users can give themselves', { timeout: 90_000 }, async () => {
    const { page, faults } = visit
    await page.goto(demo.report.urls.securityConsole)
    await page.getByRole('button', { name: 'Setup' }).click()
    await page.getByRole('link', { name: 'Self-Service Settings' }).click()
    await page.getByRole('link', { name: 'Enable or Disable Self-Service Features' }).click()
    const features = [
      'Enable provisioning features',
      'Display log on section',
      'Display troubleshooting links',
      'Display token is temporarily unavailable or misplaced option',
    ]
    const forgotPin = page.getByLabel('Display I forgot my PIN option')
    await forgotPin.setChecked(!(await forgotPin.isChecked()))
    for (const feature of features) await page.getByLabel(feature).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Self-Service Settings saved').waitFor()
    await page.getByRole('link', { name: 'Self-Service Settings' }).first().click()
    await page.getByRole('link', { name: 'Manage Authenticators' }).click()
    await page.getByLabel('Allow user to place token in emergency access mode').check()
    await page.getByRole('radio', { name: 'Set of One-Time Tokencodes' }).check()
    await page.getByLabel('Number of codes to be displayed').fill('4')
    await page.getByLabel('Emergency Access Tokencode Lifetime').first().fill('9')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Self-Service Settings saved').first().waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel('Number of codes to be displayed').inputValue()).toBe('4')
    expect(await page.getByLabel('Emergency Access Tokencode Lifetime').first().inputValue()).toBe('9')
    expect(faults).toEqual([])
  })
})

describe('an import in the Security Console', () => {
  it('reports a faulty record in a dry run, then imports a good file', { timeout: 90_000 }, async () => {
    const { page, faults } = visit
    await page.goto(demo.report.urls.securityConsole)
    await page.goto(`${demo.report.urls.securityConsole}token-import`)
    const file = (text: string) => ({ name: 'tokens.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    const good = 'otpauth://totp/Example:900000000001?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'
    const bad = 'otpauth://totp/Example:900000000002?secret=not!base32&issuer=Example'
    await page.locator('input[type=file]').setInputFiles(file(`${good}\n${bad}\n`))
    await page.getByLabel('Format').selectOption('otpauth')
    await page.getByLabel('Into the security domain').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Dry run' }).click()
    await page.getByRole('heading', { name: 'Records with errors' }).waitFor()
    await page.getByRole('heading', { name: 'Progress' }).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.locator('input[type=file]').setInputFiles(file(`${good}\n`))
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('1 token imported').waitFor()
    await page.getByRole('link', { name: 'Show the unassigned tokens' }).click()
    await page.getByRole('link', { name: /900000000001/ }).waitFor()
    expect(faults).toEqual([])
  })
})
