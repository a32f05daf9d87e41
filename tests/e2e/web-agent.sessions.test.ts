import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as ask } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GivenWebAgentConfiguration } from '@driftlock/web-agent'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, passcodeOf, startAgentInstance } from '../agent-api/testing/agent-instance.ts'
import { launchChromium } from './browser/chromium.ts'
import { heading, logOn, openUserPage } from './testing/log-on-user.ts'
import { type ProtectedSite, type Proxy, startProtectedSite } from './testing/protected-site.ts'

let manager: AgentInstance
let browser: Browser
const sites: ProtectedSite[] = []
const folder = mkdtempSync(join(tmpdir(), 'driftlock-sessions-'))
/** How far the clocks of the agents are ahead: sessions end without anybody waiting for it. */
let laterMs = 0

beforeAll(async () => {
  manager = await startAgentInstance()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await Promise.all(sites.map((site) => site.close()))
  await manager.close()
  rmSync(folder, { recursive: true })
})

async function startSite(
  configuration: Partial<GivenWebAgentConfiguration>,
  proxy: Proxy = 'nginx',
): Promise<ProtectedSite> {
  const { url, clientId, clientKey } = manager
  const clock = () => Date.now() + laterMs
  const site = await startProtectedSite({ proxy, managers: [url], clientId, clientKey, configuration, clock })
  sites.push(site)
  return site
}

/** A window in which this user, made for it, is logged on. */
async function loggedOn(site: ProtectedSite, username: string, path = '/') {
  const holder = await manager.addHolder(username)
  const user = await openUserPage(browser)
  await user.page.goto(`${site.url}${path}`)
  await logOn(user.page, username, passcodeOf(holder))
  expect(await heading(user.page)).toBe('The application')
  return { ...user, holder }
}

async function headingAt(page: Page, address: string): Promise<string | null> {
  await page.goto(address)
  return heading(page)
}

describe.each(['nginx', 'caddy', 'haproxy'] as const)('a session behind %s', (proxy) => {
  it('lasts while it is used, ends when it is not, and ends at last however busy it is', async () => {
    const site = await startSite({ sessions: { idleMinutes: 3, absoluteMinutes: 8 } }, proxy)
    const idle = await loggedOn(site, `idle-${proxy}`)
    const busy = await loggedOn(site, `busy-${proxy}`)
    const startedAt = Date.now()
    for (const minutes of [2, 3.5, 5, 6.5, 7.8]) {
      laterMs = minutes * 60_000 - (Date.now() - startedAt)
      expect({ minutes, heading: await headingAt(busy.page, `${site.url}/`) }).toEqual({
        minutes,
        heading: 'The application',
      })
      if (minutes !== 3.5) continue
      expect(await headingAt(idle.page, `${site.url}/reports`)).toBe('Log on')
      expect(new URL(idle.page.url()).searchParams.get('to')).toBe('/reports')
    }
    laterMs = 8.1 * 60_000
    expect(await headingAt(busy.page, `${site.url}/`)).toBe('Log on')
    laterMs = 0
    await Promise.all([idle.context.close(), busy.context.close()])
  })

  it('lets nobody in while the agent is down', async () => {
    const site = await startSite({}, proxy)
    const user = await loggedOn(site, `down-${proxy}`)
    const reached = site.seen.length
    await site.agent.stop(500)
    const answer = await user.context.request.get(`${site.url}/`, { maxRedirects: 0 })
    expect(answer.status()).toBeGreaterThanOrEqual(500)
    expect(site.seen).toHaveLength(reached)
    await user.context.close()
  })
})

describe('a session', () => {
  it('holds for the address it began at, where it is bound to it', async () => {
    const [bound, free] = [await startSite({ sessions: { bindAddress: true } }), await startSite({})]
    for (const [site, elsewhere] of [
      [bound, 303],
      [free, 200],
    ] as const) {
      const user = await loggedOn(site, `at-${elsewhere}`)
      const cookie = await cookieOf(user.context)
      expect(await statusFrom('127.0.0.1', site, cookie)).toBe(200)
      expect(await statusFrom('127.0.0.2', site, cookie)).toBe(elsewhere)
      await user.context.close()
    }
  })

  it('is asked for the log-on again at chosen paths alone, and then leads there', async () => {
    const site = await startSite({ rules: [{ path: '/admin', reauthenticateMinutes: 2 }] })
    const { page, context, holder } = await loggedOn(site, 'again', '/admin/users')
    expect(await headingAt(page, `${site.url}/admin`)).toBe('The application')
    laterMs = 121_000
    expect(await headingAt(page, `${site.url}/`)).toBe('The application')
    expect(await headingAt(page, `${site.url}/admin/users?sort=name`)).toBe('Log on')
    await logOn(page, 'again', passcodeOf(holder, 1))
    expect(await page.textContent('#path')).toBe('/admin/users?sort=name')
    laterMs = 0
    await context.close()
  })

  it('ends here alone, or everywhere at all agents of the site', async () => {
    const cookieKeyFile = join(folder, 'shared.key')
    writeFileSync(cookieKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
    const shared = { cookieKeyFile, sessions: { logOffFile: join(folder, 'log-offs') } }
    const [one, two] = [await startSite(shared), await startSite(shared)]
    const first = await loggedOn(one, 'leaver')
    const second = await openUserPage(browser)
    await second.page.goto(`${one.url}/`)
    await logOn(second.page, 'leaver', passcodeOf(first.holder, 1))
    expect(await headingAt(second.page, `${two.url}/`)).toBe('The application')

    await first.page.goto(`${one.url}/.driftlock/log-off`)
    await first.page.click('button[value=here]')
    expect(await first.page.textContent('main')).toContain('You are logged off in this browser.')
    expect(await headingAt(first.page, `${one.url}/`)).toBe('Log on')
    expect(await headingAt(second.page, `${two.url}/`)).toBe('The application')

    await second.page.goto(`${one.url}/.driftlock/log-off`)
    await second.page.click('button[value=everywhere]')
    const kept = await cookieOf(second.context, false)
    expect(kept).toBe('')
    await expect.poll(async () => headingAt(second.page, `${two.url}/`), { timeout: 4000 }).toBe('Log on')
    await Promise.all([first.context.close(), second.context.close()])
  })

  it('that was copied is over with the log-off everywhere, at the other agent too', async () => {
    const cookieKeyFile = join(folder, 'copied.key')
    writeFileSync(cookieKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
    const shared = { cookieKeyFile, sessions: { logOffFile: join(folder, 'copied-log-offs') } }
    const [one, two] = [await startSite(shared), await startSite(shared)]
    const { page, context } = await loggedOn(one, 'copied')
    const cookie = await cookieOf(context)
    expect(await statusFrom('127.0.0.1', two, cookie)).toBe(200)
    await page.goto(`${one.url}/.driftlock/log-off`)
    await page.click('button[value=everywhere]')
    expect(await statusFrom('127.0.0.1', one, cookie)).toBe(303)
    await expect.poll(() => statusFrom('127.0.0.1', two, cookie), { timeout: 4000 }).toBe(303)
    await context.close()
  })
})

describe('attempts', () => {
  it('for one user ID are throttled, with a page that says so, and nobody else is held up', async () => {
    const site = await startSite({ throttle: { perUserAndMinute: 3 } })
    const holder = await manager.addHolder('throttled')
    const user = await openUserPage(browser)
    await user.page.goto(`${site.url}/`)
    for (let tries = 0; tries < 3; tries += 1) await logOn(user.page, 'throttled', `483700000${tries}`)
    expect(await user.page.textContent('.failure')).toContain('Access denied.')
    await logOn(user.page, 'THROTTLED', passcodeOf(holder))
    expect(await heading(user.page)).toBe('Too many attempts')
    await (await loggedOn(site, 'unthrottled')).context.close()
    await user.context.close()
  })

  it('from one address are throttled, whatever the browser says its address is', async () => {
    const site = await startSite({ throttle: { perAddressAndMinute: 2 } })
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await page.setExtraHTTPHeaders({ 'X-Forwarded-For': '198.51.100.7' })
    for (const name of ['one', 'two']) await logOn(page, name, '4837000000')
    expect(await page.textContent('.failure')).toContain('Access denied.')
    await page.setExtraHTTPHeaders({ 'X-Forwarded-For': '198.51.100.8' })
    await logOn(page, 'three', '4837000000')
    expect(await heading(page)).toBe('Too many attempts')
    await context.close()
  })
})

async function cookieOf(context: BrowserContext, isExpected = true): Promise<string> {
  const found = (await context.cookies()).find(({ name }) => name === '__Host-driftlock')?.value ?? ''
  expect(found !== '').toBe(isExpected)
  return found
}

function statusFrom(localAddress: string, site: ProtectedSite, cookie: string): Promise<number> {
  const headers = { cookie: `__Host-driftlock=${cookie}`, accept: 'text/html' }
  return new Promise((resolve, reject) => {
    ask(`${site.url}/`, { localAddress, family: 4, headers, rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
