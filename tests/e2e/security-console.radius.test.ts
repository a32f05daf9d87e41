import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exchangeUdp } from '../radius/exchange-udp.ts'
import { accessRequest } from '../radius/access-request.ts'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'

let demo: RunningDemo
let browser: Browser
let visit: Visit
beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  visit = await visitSecurityConsole(browser, demo.report)
}, 180_000)
afterAll(async () => {
  await browser.close()
  await demo.stop()
})

const radiusPage = () => `${demo.report.urls.securityConsole.replace(/\/$/, '')}/radius-clients`

it('shows what passed between a RADIUS client and the instance, that its secret looks wrong, and who else asks', {
  timeout: 60_000,
}, async () => {
  const { port } = demo.report.radius
  const secret = new TextEncoder().encode('not-the-secret-of-the-demo')
  const garbage = [1, 2, 3].map((identifier) =>
    accessRequest({ secret, identifier, username: 'anna', password: '4837123456' }),
  )
  expect(await exchangeUdp(garbage, { port, waitMs: 200 })).toEqual([undefined, undefined, undefined])
  const { page } = visit
  // Every address of this machine is a client of the demonstration: a stranger is put in on the way.
  await page.route('**/api/v1/radius-activity', async (route) => {
    const response = await route.fetch()
    const unknown = [{ address: '198.51.100.7', packets: 3, lastSeenAt: Date.now() }]
    await route.fulfill({ response, json: { ...(await response.json()), unknown } })
  })
  await page.goto(radiusPage())
  await page.getByText('Shared secret looks wrong').waitFor()
  await page.getByRole('row', { name: /198\.51\.100\.7.*\b3\b/ }).waitFor()
  await page.unroute('**/api/v1/radius-activity')
  await page
    .getByRole('button', { name: /Actions/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Details and activity' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('message-authenticator-invalid 3').waitFor()
  await dialog.getByText('required', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
})

it('changes how log-ons through a client go, its own words included', { timeout: 60_000 }, async () => {
  const { page } = visit
  await page.goto(radiusPage())
  const open = async (entry: string) => {
    await page
      .getByRole('button', { name: /Actions/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: entry }).click()
    return page.getByRole('dialog')
  }
  const dialog = await open('Log-on settings')
  await dialog.getByLabel('Language of its users').fill('de')
  await dialog.getByLabel('A rejection says').selectOption({ label: 'what the user can do' })
  await dialog.getByLabel('Own texts').fill('de:passcode=Kode: ')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Log-on settings of demo.vpn saved').first().waitFor()
  const details = await open('Details and activity')
  await details.getByText('de:passcode=Kode: ').waitFor()
  await details.getByText('what the user can do').waitFor()
  await page.keyboard.press('Escape')
})
