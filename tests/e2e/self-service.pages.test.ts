import type { Browser, BrowserContext, Page, Request } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltConsole, serveBuiltConsole } from './browser/built-console.ts'
import { launchChromium } from './browser/chromium.ts'
import { englishFinder } from './browser/english-left.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { mockProblem, mockSelfService } from './browser/mock-self-service.ts'
import { NO_FAULTS, walkPage } from './browser/page-walk.ts'
import { settled } from './browser/settled.ts'
import { watchPolicy } from './browser/watch-policy.ts'

let site: BuiltConsole
let browser: Browser

beforeAll(async () => {
  site = await serveBuiltConsole('self-service-console')
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await site.close()
})

const paths = [
  '',
  'troubleshoot',
  'tokens/token-1/troubleshoot',
  'tokens/token-1/confirm-undamaged',
  'tokens/token-1/resynchronize',
  'tokens/token-1/forgot-pin',
  'tokens/token-1/change-pin',
  'tokens/token-2/enable',
  'test',
  'history',
  'nowhere',
] as const

async function openContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  await useEnglish(context)
  await mockSelfService(context)
  return context
}

function useEnglish(context: BrowserContext): Promise<void> {
  return context.addCookies([
    { name: 'driftlock-theme', value: 'light', url: site.url },
    { name: 'driftlock-language', value: 'en', url: site.url },
  ])
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(`${site.url}${path}`)
  await settled(page)
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await goTo(page, path)
  return page
}

const german = englishFinder('self-service-console')

describe('every page of the Self-Service Console', () => {
  let context: BrowserContext
  let page: Page
  let policy: readonly string[]

  beforeAll(async () => {
    context = await openContext()
    page = await context.newPage()
    policy = watchPolicy(page)
  })
  afterAll(() => context.close())

  it.each(paths)(
    '/%s: axe finds nothing, light or dark; the policy holds, a keyboard is enough, 200 % and a phone are; no English is left in German',
    async (path) => {
      const before = policy.length
      await useEnglish(context)
      await goTo(page, path)
      expect(await walkPage(page, await german)).toEqual(NO_FAULTS)
      expect(policy.slice(before)).toEqual([])
      expect(await page.evaluate('document.documentElement.lang')).toBe('de')
    },
  )
})

describe('with the keyboard alone', () => {
  it('the skip link leads past the navigation', async () => {
    const context = await openContext()
    const page = await open(context, 'history')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('driftlock-main')
    await context.close()
  })
})

describe('the frame of every page', () => {
  it('switches the language where one is and keeps what was typed', async () => {
    const context = await openContext()
    const page = await open(context, 'test')
    await page.getByLabel('Passcode').first().fill('1234567890')
    await page.getByRole('button', { name: 'Language: English' }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Anmeldung testen' }).waitFor()
    expect(await page.getByLabel('Passcode').first().inputValue()).toBe('1234567890')
    expect(new URL(page.url()).pathname).toBe('/self-service/test')
    await context.close()
  })

  it('says that the browser is offline while it is', async () => {
    const context = await openContext()
    const page = await open(context, '')
    await context.setOffline(true)
    const banner = page.getByText('You are offline.')
    await banner.waitFor()
    await context.setOffline(false)
    await banner.waitFor({ state: 'detached' })
    expect(await banner.count()).toBe(0)
    await context.close()
  })

  it('says so in words where the network is lost before a page is loaded, and loads it when it is back', async () => {
    const context = await openContext()
    const page = await open(context, '')
    await context.route('**/assets/**', (route) => route.abort('internetdisconnected'))
    await page.getByRole('link', { name: 'My log-ons' }).click()
    await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor()
    await context.unroute('**/assets/**')
    await page.getByRole('button', { name: 'Reload the page' }).click()
    await page.getByRole('heading', { name: 'My log-ons' }).waitFor()
    await context.close()
  })

  it('shows a failure in words with its reference, and never the raw error', async () => {
    const context = await openContext()
    await mockProblem(context, 'listMyTokens', { status: 500, code: 'INTERNAL_ERROR' })
    const page = await open(context, '')
    const alert = await page.getByRole('alert').innerText()
    expect(alert).toContain('Something went wrong on the server. Nothing was changed.')
    expect(alert).toContain('TEST-00001')
    expect(alert).not.toContain('INTERNAL_ERROR')
    await context.close()
  })

  it('goes to the log-on and comes back where no session is left', async () => {
    const context = await openContext()
    await mockProblem(context, 'getSelfServiceSession', { status: 401, code: 'NOT_LOGGED_ON' })
    const page = await context.newPage()
    await page.goto(`${site.url}history`)
    await page.waitForURL('**/log-on?*')
    expect(new URL(page.url()).searchParams.get('next')).toBe('/self-service/history')
    await context.close()
  })

  it('asks before codes that were not taken along are left behind', async () => {
    const context = await openContext()
    const page = await open(context, 'tokens/token-1/troubleshoot')
    await page.getByRole('radio', { name: /temporarily/ }).check()
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByRole('link', { name: 'My log-ons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave without the codes?' })
    await dialog.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('list', { name: /Emergency codes/ }).waitFor()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('link', { name: 'My log-ons' }).click()
    await page.getByRole('heading', { name: 'My log-ons' }).waitFor()
    await context.close()
  })

  it('loads at most 250 KiB before its first page can be used', async () => {
    const context = await openContext()
    const page = await context.newPage()
    const finished: ReturnType<Request['sizes']>[] = []
    page.on('requestfinished', (request) => {
      if (!request.url().includes('/api/')) finished.push(request.sizes())
    })
    await page.goto(site.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    const sizes = await Promise.all(finished)
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    console.log(`the start page with everything it loads: ${(bytes / 1024).toFixed(1)} KiB gzip`)
    expect(bytes).toBeLessThanOrEqual(250 * 1024)
    await context.close()
  })
})
