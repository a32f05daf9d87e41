import { createCloudAdministrator } from '@driftlock/application'
import { COMMAND_CONTEXT } from '@driftlock/cloud'
import { TestManager } from '@driftlock/cloud-keys/testing'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './browser/chromium.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { watchPolicy } from './browser/watch-policy.ts'

let cloud: ScratchCloud
let browser: Browser
beforeAll(async () => {
  cloud = await startScratchCloud({ configuration: { limits: { logOnsPerAddressAndMinute: 1000 } } })
  browser = await launchChromium()
  const anna = await cloud.createUser('anna@example.com')
  await cloud.registerApp(anna.id)
  const app = await cloud.registerApp((await cloud.createUser('berta@example.com')).id)
  await cloud.revokeApp(app.serial)
  await TestManager.connect(cloud.url, await cloud.managerCode())
})
afterAll(async () => {
  await browser.close()
  await cloud.dispose()
})

async function loggedOn(page: Page): Promise<void> {
  const name = `admin-${crypto.randomUUID()}`
  const { setUpCode } = await createCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, { name, companyId: null })
  await page.goto(`${cloud.url}/set-up`)
  await page.getByLabel('Administrator').fill(name)
  await page.getByLabel('Set-up code').fill(setUpCode)
  await page.getByLabel('New password').fill('correct horse battery staple')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('heading', { name: 'Companies' }).waitFor()
}

describe.each([
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const)('the cloud’s console, $colorScheme, $width px', ({ colorScheme, width }) => {
  it('has no fault of accessibility on any page, fits the screen, and breaks no policy', async () => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
    })
    const page = await context.newPage()
    const refused = watchPolicy(page)
    const check = async (): Promise<void> => {
      expect({ url: page.url(), faults: await accessibilityFaults(page) }).toEqual({ url: page.url(), faults: [] })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect({ url: page.url(), overflow: Math.max(0, overflow) }).toEqual({ url: page.url(), overflow: 0 })
    }
    for (const path of ['/log-on', '/set-up']) {
      await page.goto(cloud.url + path)
      await check()
    }
    await loggedOn(page)
    await check()
    const base = `${cloud.url}/companies/${cloud.company.id}`
    for (const path of ['', '/users', '/users?text=an', '/users/import', '/devices', '/managers', '/audit']) {
      await page.goto(base + path)
      await check()
    }
    for (const path of ['/administrators', '/audit', '/companies/nowhere']) {
      await page.goto(cloud.url + path)
      await check()
    }
    await page.goto(`${base}/users`)
    await page.getByRole('link', { name: 'anna@example.com' }).click()
    await check()
    await page.getByRole('button', { name: 'Make a registration code' }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    await check()
    await page.goto(`${base}/managers`)
    await page.getByRole('button', { name: 'Make a registration code' }).click()
    await page.getByRole('heading', { name: 'Connect a manager' }).waitFor()
    await check()
    expect(refused).toEqual([])
    await context.close()
  })
})

describe('the cloud’s console without script', () => {
  it('revokes an app after a second question', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await loggedOn(page)
    const app = await cloud.registerApp((await cloud.createUser('carla@example.com')).id)
    await page.goto(`${cloud.url}/companies/${cloud.company.id}/devices?serial=${app.serial}`)
    await page.getByText('Revoke', { exact: true }).last().click()
    await page.getByRole('button', { name: `Revoke ${app.serial}` }).click()
    await page.getByRole('status').waitFor()
    expect((await cloud.cloud.cloud.read.deviceBySerial(app.serial))?.endReason).toBe('revoked')
    await context.close()
  })
})
