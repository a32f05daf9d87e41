/// <reference lib="dom" />
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import { dialogFaults, type Opener } from './browser/dialog-walk.ts'
import { englishFinder } from './browser/english-left.ts'
import { firstLoadBytes } from './browser/first-load.ts'
import { NO_FAULTS, walkPage } from './browser/page-walk.ts'
import { settled } from './browser/settled.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'

let demo: RunningDemo
let browser: Browser
let visit: Visit
const ids = new Map<string, string>()

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  visit = await visitSecurityConsole(browser, demo.report)
  for (const name of ['maja', 'helpdesk']) ids.set(name, await idOf(visit.page, `users?text=${name}`))
  ids.set('token', await idOf(visit.page, 'tokens?serial=000300000110'))
  ids.set('record', await idOf(visit.page, 'audit?limit=1'))
}, 240_000)

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

async function idOf(page: Page, path: string): Promise<string> {
  return page.evaluate(async (address) => {
    const answer = await fetch(`/api/v1/${address}`)
    // Every list of the API has items with ids.
    const list = (await answer.json()) as { items: { id: string }[] }
    return list.items[0]?.id ?? ''
  }, path)
}

async function open(path: string): Promise<Page> {
  const { page } = visit
  await page.goto(
    `${demo.report.urls.securityConsole}${path.replaceAll(/:(\w+)/g, (_, name: string) => ids.get(name) ?? '')}`,
  )
  await settled(page)
  return page
}

const german = englishFinder('security-console')

const pages = [
  ['', '?q=a', 'users', 'users/new', 'users/:maja', 'users/:maja/edit', 'security-domains'],
  ['tokens', 'tokens/:token', 'tokens/:token/emergency-access', 'token-import', 'distribution', 'policies'],
  [
    'agents',
    'radius-clients',
    'charts',
    'reports',
    'reports/all-users',
    'reports/authentication-activity',
    'activity',
    'audit',
    'audit/:record',
  ],
  [
    'administrators',
    'administrators/:helpdesk',
    'roles',
    'api-keys',
    'jobs',
    'my-account',
    'instances',
    'settings',
    'high-availability',
  ],
  ['self-service-settings', 'self-service-settings/features', 'self-service-settings/manage-authenticators', 'nowhere'],
].flat()

/** Ways into dialogs, by page. */
const dialogs: Readonly<Record<string, readonly Opener[]>> = {
  'users/:maja': [
    'Resynchronize Token',
    'Emergency Access Tokencodes',
    'Clear PIN',
    'Disable',
    'Assign a token',
    'Replace',
  ],
  'security-domains': ['Add below SystemDomain', 'Edit Branch Offices', 'Delete Branch Offices'],
  policies: ['Edit the lockout policy'],
  agents: ['New agent', [/^Actions for/, 'Edit'], [/^Actions for/, 'New client key']],
  'radius-clients': ['New RADIUS client', 'Test demo.vpn', [/^Actions for/, 'Log-on settings']],
  administrators: ['Make a user an administrator'],
  'administrators/:helpdesk': ['Give a role'],
  roles: ['New role'],
  'api-keys': ['New API key'],
  settings: [[/^Actions for/, 'Change']],
}

describe('every page of the Security Console', () => {
  it.each(pages)(
    '/%s: axe finds nothing, light or dark; the policy holds, a keyboard is enough, 200 % and a phone are; no English is left in German',
    async (path) => {
      const before = visit.faults.length
      await visit.context.addCookies([
        { name: 'driftlock-language', value: 'en', url: demo.report.urls.securityConsole },
      ])
      const page = await open(path)
      for (const opener of dialogs[path] ?? []) expect(await dialogFaults(page, opener)).toEqual([])
      expect(await walkPage(page, await german)).toEqual(NO_FAULTS)
      expect(visit.faults.slice(before)).toEqual([])
    },
  )
})

describe('the first load', () => {
  it('weighs at most 250 KiB', async () => {
    const fresh = await browser.newContext()
    await fresh.addCookies(await visit.context.cookies())
    expect(await firstLoadBytes(await fresh.newPage(), demo.report.urls.securityConsole)).toBeLessThanOrEqual(
      250 * 1024,
    )
    await fresh.close()
  })
})

describe('without a mouse', () => {
  beforeAll(() =>
    visit.context.addCookies([{ name: 'driftlock-language', value: 'en', url: demo.report.urls.securityConsole }]),
  )

  it('a locked user is found and unlocked', { timeout: 60_000 }, async () => {
    const page = await open('')
    await page.keyboard.type('maja')
    await page.keyboard.press('Enter')
    const unlock = page.getByRole('button', { name: 'Unlock', exact: true }).first()
    await unlock.waitFor()
    for (let presses = 0; presses < 60; presses += 1) {
      if (await unlock.evaluate((element) => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page
      .getByText(/unlocked$/)
      .first()
      .waitFor()
  })
})

describe('without a network', () => {
  afterAll(() => visit.context.setOffline(false))

  it('the page says so, what is asked for says so, and both recover', { timeout: 60_000 }, async () => {
    const page = await open('users')
    await page.mouse.move(200, 200)
    await page.waitForLoadState('networkidle')
    await visit.context.setOffline(true)
    const banner = page.getByText('You are offline.')
    await banner.waitFor()
    // What no first load brings was loaded at the first touch.
    await page.getByRole('button', { name: /^Language/ }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).waitFor()
    await page.keyboard.press('Escape')
    // Within a page, and on the way to another one.
    await page.getByRole('combobox', { name: 'Enabled' }).selectOption({ index: 1 })
    await page.getByRole('alert').getByText('The server does not answer.').waitFor()
    await visit.context.setOffline(false)
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'maja', exact: true }).waitFor()
    await visit.context.setOffline(true)
    await page.getByRole('link', { name: 'maja', exact: true }).click()
    await page.getByRole('main').getByText('The server does not answer.').first().waitFor()
    await visit.context.setOffline(false)
    const dashboard = page.getByRole('heading', { level: 1, name: 'Maja Nowak' })
    // What lacked its facts asks for them by itself; what lacked its script is loaded again.
    const reload = page.getByRole('button', { name: 'Reload the page' })
    await dashboard.or(reload).first().waitFor()
    if (await reload.isVisible()) await reload.click()
    await dashboard.waitFor()
  })
})

describe('the address', () => {
  it('keeps a search: the back button and a link bring it back', { timeout: 60_000 }, async () => {
    const page = await open('tokens?text=0003000001&sort=owner')
    await page.getByRole('link', { name: '000300000110' }).click()
    await page.getByRole('heading', { level: 1, name: 'Token 000300000110' }).waitFor()
    await page.goBack()
    expect(await page.getByRole('textbox', { name: /^Serial, nickname/ }).inputValue()).toBe('0003000001')
  })

  it('keeps the order that the title of a column gave', { timeout: 60_000 }, async () => {
    const page = await open('users')
    await page.getByRole('button', { name: 'Last name', exact: true }).click()
    await page.waitForURL('**/users?sort=last-name')
    const title = page.getByRole('columnheader', { name: 'Last name', exact: true })
    await expect.poll(() => title.getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('button', { name: 'User ID', exact: true }).click()
    await page.waitForURL(/\/users$/)
  })

  it('stays where one is when the language changes', { timeout: 60_000 }, async () => {
    const page = await open('users/:maja')
    const address = page.url()
    await page.getByRole('button', { name: /^Language/ }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByText('Einen Passcode erklären').waitFor()
    expect(page.url()).toBe(address)
    await page.getByRole('button', { name: /^Sprache/ }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByText('Explain a passcode').waitFor()
  })
})
