import type { IncomingHttpHeaders } from 'node:http'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, codeOf, passcodeOf, startAgentInstance } from '../agent-api/testing/agent-instance.ts'
import { launchChromium } from './browser/chromium.ts'
import { answer, heading, logOn, openUserPage } from './testing/log-on-user.ts'
import { HOST, type ProtectedSite, startProtectedSite } from './testing/protected-site.ts'

let manager: AgentInstance
let browser: Browser

beforeAll(async () => {
  manager = await startAgentInstance()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await manager.close()
})

const RULES = [
  { path: '/open', access: 'open' as const },
  { path: '/closed', access: 'closed' as const },
  { path: '/ours', groups: ['SystemDomain'] },
  { path: '/theirs', groups: ['Nobody is in here'] },
  { path: '/again', reauthenticateMinutes: 0.0001 },
]

describe.each(['nginx', 'caddy', 'haproxy'] as const)('a site behind %s', (proxy) => {
  let site: ProtectedSite

  beforeAll(async () => {
    const { url, clientId, clientKey } = manager
    site = await startProtectedSite({ proxy, managers: [url], clientId, clientKey, configuration: { rules: RULES } })
  })
  afterAll(() => site.close())

  async function loggedOn(username: string): Promise<BrowserContext> {
    const holder = await manager.addHolder(username)
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, username, passcodeOf(holder))
    expect(await heading(page)).toBe('The application')
    return context
  }

  it('never lets an outsider name the user or the groups', async () => {
    const context = await loggedOn(`forger-${proxy}`)
    const forged = {
      'X-Forgery': 'yes',
      'Remote-User': 'admin',
      'Remote-Groups': 'Administrators',
      'X-Original-URI': '/open',
      'X-Forwarded-Uri': '/open',
      'X-Forwarded-Host': 'elsewhere.example.com',
    }
    const anonymous = await browser.newContext({ ignoreHTTPSErrors: true })
    for (const path of ['/', '/closed', '/ours']) {
      const refused = await anonymous.request.get(`${site.url}${path}`, { headers: forged, maxRedirects: 0 })
      expect([303, 401, 403]).toContain(refused.status())
    }
    expect(site.seen.filter((headers) => headers['x-forgery'] !== undefined)).toEqual([])
    await anonymous.request.get(`${site.url}/open/door`, { headers: forged })
    expect(namesIn(site.seen.at(-1))).toEqual([])
    await context.request.get(`${site.url}/`, { headers: forged })
    expect(namesIn(site.seen.at(-1))[0]).toBe(`forger-${proxy}`)
    expect(namesIn(site.seen.at(-1)).join()).not.toMatch(/admin/i)
    expect((await context.request.get(`${site.url}/closed`, { headers: forged, maxRedirects: 0 })).status()).toBe(403)
    await Promise.all([context.close(), anonymous.close()])
  })

  it('holds to its rules: groups, closed paths however they are spelt, and a log-on again', async () => {
    const context = await loggedOn(`ruled-${proxy}`)
    const statusOf = async (path: string): Promise<number> =>
      (await context.request.get(`${site.url}${path}`, { maxRedirects: 0 })).status()
    expect(await statusOf('/ours/x')).toBe(200)
    expect(await statusOf('/theirs')).toBe(403)
    for (const path of ['/closed/x', '//closed', '/%63losed', '/open/..%2fclosed', '/open/%2e%2e/closed']) {
      expect({ path, status: await statusOf(path) }).toEqual({ path, status: 403 })
    }
    const page = await context.newPage()
    await page.goto(`${site.url}/again`)
    expect(await heading(page)).toBe('Log on')
    expect(new URL(page.url()).pathname).toBe('/.driftlock/log-on')
    await context.close()
  })

  it('sends nobody to another site after a log-on, whatever the link says', async () => {
    const context = await loggedOn(`redirect-${proxy}`)
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/%09/evil.example',
      'javascript:1',
    ]) {
      const address = `${site.url}/.driftlock/log-on?to=${encodeURIComponent(to)}`
      const { location = '' } = (await context.request.get(address, { maxRedirects: 0 })).headers()
      expect(new URL(location, site.url).host).toBe(new URL(site.url).host)
    }
    await context.close()
  })

  it('takes no form that another site sends', async () => {
    const holder = await manager.addHolder(`cross-${proxy}`)
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    const ticket = await page.inputValue('input[name=ticket]')
    const form = { ticket, username: holder.username, passcode: passcodeOf(holder) }
    const post = (headers: Record<string, string>) =>
      context.request.post(`${site.url}/.driftlock/log-on`, { form, headers, maxRedirects: 0 })
    expect((await post({ 'Sec-Fetch-Site': 'cross-site' })).status()).toBe(403)
    expect((await post({ Origin: 'https://evil.example' })).status()).toBe(403)
    const other = await browser.newContext({ ignoreHTTPSErrors: true })
    const stolen = await other.request.post(`${site.url}/.driftlock/log-on`, { form, maxRedirects: 0 })
    expect(await stolen.text()).toContain('This form was open for too long')
    expect((await post({})).status()).toBe(303)
    await Promise.all([context.close(), other.close()])
  })

  it('is not framed, and its pages allow no script of others', async () => {
    const { headers } = await fetchPage('/.driftlock/log-on')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('logs off here, and everywhere', async () => {
    const holder = await manager.addHolder(`leaver-${proxy}`)
    const first = await openUserPage(browser)
    await first.page.goto(`${site.url}/`)
    await logOn(first.page, holder.username, passcodeOf(holder))
    const second = await openUserPage(browser)
    await second.page.goto(`${site.url}/`)
    await logOn(second.page, holder.username, passcodeOf(holder, 1))
    expect(await heading(second.page)).toBe('The application')
    await first.page.goto(`${site.url}/.driftlock/log-off`)
    await first.page.click('button[value=everywhere]')
    expect(await heading(first.page)).toBe('You are logged off')
    await second.page.goto(`${site.url}/`)
    expect(await heading(second.page)).toBe('Log on')
    await Promise.all([first.context.close(), second.context.close()])
  })

  async function fetchPage(path: string) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true })
    const response = await context.request.get(`${site.url}${path}`)
    const found = { headers: response.headers(), text: await response.text() }
    await context.close()
    return found
  }
})

describe.each([
  ['with script', true],
  ['without script', false],
] as const)('ways that end in a page which says what to do, %s', (_words, script) => {
  let site: ProtectedSite
  let laterMs = 0
  const name = (who: string): string => `${who}-${script ? 'script' : 'plain'}`

  beforeAll(async () => {
    const { url, clientId, clientKey } = manager
    const clock = () => Date.now() + laterMs
    site = await startProtectedSite({ proxy: 'nginx', managers: [url], clientId, clientKey, clock })
  })
  afterAll(() => site.close())

  /** A first page of the site, shown to somebody with a token. */
  async function visitor(who: string, options: Parameters<AgentInstance['addHolder']>[1] = {}) {
    const holder = await manager.addHolder(name(who), options)
    const user = await openUserPage(browser, { script })
    await user.page.goto(`${site.url}/`)
    return { ...user, holder }
  }

  it('a double click lets the user in once, without a second guess', async () => {
    const { page, context, holder } = await visitor('twice')
    const form = {
      ticket: await page.inputValue('input[name=ticket]'),
      username: name('twice'),
      passcode: passcodeOf(holder),
    }
    const send = () => context.request.post(`${site.url}/.driftlock/log-on`, { form, maxRedirects: 0 })
    const answers = await Promise.all([send(), send()])
    expect(answers.map((one) => one.headers()['location'])).toEqual(['/', '/'])
    await page.goto(`${site.url}/`)
    expect(await heading(page)).toBe('The application')
    await context.close()
  })

  it('a double click on a step goes on once, to the question after it', async () => {
    const { page, context, holder } = await visitor('twice-step', { badTokencodeCount: 3 })
    await logOn(page, name('twice-step'), passcodeOf(holder))
    const form = { step: await page.inputValue('input[name=step]'), answer: codeOf(holder, 1) }
    const send = () => context.request.post(`${site.url}/.driftlock/step`, { form, maxRedirects: 0 })
    const answers = await Promise.all([send(), send()])
    expect(answers.map((one) => one.headers()['location'])).toEqual(['/', '/'])
    await context.close()
  })

  it('the back button shows where the log-on stands, and an answer to an older step changes nothing', async () => {
    const { page, context, holder } = await visitor('back', { pin: '' })
    await logOn(page, name('back'), codeOf(holder))
    const step = await page.inputValue('input[name=step]')
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('Log on with your new PIN')
    await page.goBack()
    expect(await heading(page)).toMatch(/Log on/)
    const form = { step, answer: '6048', again: '6048' }
    const late = await context.request.post(`${site.url}/.driftlock/step`, { form })
    expect(await late.text()).toContain('This step is over already')
    await page.goto(`${site.url}/.driftlock/step`)
    await answer(page, `5937${codeOf(holder, 1)}`)
    expect(await heading(page)).toBe('The application')
    await context.close()
  })

  it('two tabs: the older log-on points to the newer one', async () => {
    const { page, context, holder } = await visitor('tabs', { pin: '' })
    const other = await manager.addHolder(name('tabs2'), { pin: '' })
    await logOn(page, name('tabs'), codeOf(holder))
    const second = await context.newPage()
    await second.goto(`${site.url}/`)
    expect(await second.textContent('main')).toContain('A log-on is under way in this browser.')
    await logOn(second, name('tabs2'), codeOf(other))
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('The log-on goes on elsewhere')
    await context.close()
  })

  it('a log-on that was finished in another tab: the open question leads on to the page', async () => {
    const { page, context, holder } = await visitor('tabs3', { badTokencodeCount: 3 })
    await logOn(page, name('tabs3'), passcodeOf(holder))
    const second = await context.newPage()
    await second.goto(`${site.url}/.driftlock/step`)
    await answer(second, codeOf(holder, 1))
    expect(await heading(second)).toBe('The application')
    await answer(page, codeOf(holder, 1))
    expect(await heading(page)).toBe('You are logged on already')
    await page.click('a.button')
    expect(await heading(page)).toBe('The application')
    await context.close()
  })

  it('no dialogue at all', async () => {
    const { page, context } = await visitor('none')
    await page.goto(`${site.url}/.driftlock/step`)
    expect(await heading(page)).toBe('The log-on took too long')
    await page.click('a.button')
    expect(await heading(page)).toBe('Log on')
    await context.close()
  })

  it('a question that was left open for too long', async () => {
    const { page, context, holder } = await visitor('late', { pin: '' })
    await logOn(page, name('late'), codeOf(holder))
    expect(await heading(page)).toBe('Choose a new PIN')
    laterMs = 181_000
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('The log-on took too long')
    await page.click('a.button')
    expect(await heading(page)).toBe('Log on')
    laterMs = 0
    await context.close()
  })

  it('a form that was left open for too long: the user ID stays, and it works the second time', async () => {
    const { page, context, holder } = await visitor('slow')
    laterMs = 3_700_000
    await logOn(page, name('slow'), passcodeOf(holder))
    expect(await page.textContent('.failure')).toContain('This form was open for too long')
    expect(await page.inputValue('#username')).toBe(name('slow'))
    await logOn(page, name('slow'), passcodeOf(holder))
    expect(await heading(page)).toBe('The application')
    laterMs = 0
    await context.close()
  })

  it('a log-on that is cancelled begins again', async () => {
    const { page, context, holder } = await visitor('cancelled', { pin: '' })
    await logOn(page, name('cancelled'), codeOf(holder))
    await page.click('button.secondary')
    expect(await heading(page)).toBe('Log on')
    await page.goto(`${site.url}/.driftlock/step`)
    expect(await heading(page)).toBe('The log-on took too long')
    await context.close()
  })
})

describe('pages', () => {
  let site: ProtectedSite

  beforeAll(async () => {
    const { url, clientId, clientKey } = manager
    site = await startProtectedSite({ proxy: 'nginx', managers: [url], clientId, clientKey })
  })
  afterAll(() => site.close())

  it('speaks German to whoever asks for it', async () => {
    const { page, context } = await openUserPage(browser, { locale: 'de-DE' })
    await page.goto(`${site.url}/`)
    expect(await heading(page)).toBe('Anmelden')
    expect(await page.getAttribute('html', 'lang')).toBe('de')
    await page.click('text=English')
    expect(await heading(page)).toBe('Log on')
    await context.close()
  })

  it('keeps a session to the host that it began at', async () => {
    const holder = await manager.addHolder('bound')
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'bound', passcodeOf(holder))
    const cookie = (await context.cookies()).find(({ name }) => name === '__Host-driftlock')?.value ?? ''
    const ask = async (host: string): Promise<number> => {
      const headers = { host, cookie: `__Host-driftlock=${cookie}`, 'x-original-uri': '/' }
      return (await site.agent.app.inject({ url: '/.driftlock/check', headers })).statusCode
    }
    expect(await ask(HOST)).toBe(200)
    expect(await ask('other.example.com')).toBe(401)
    await context.close()
  })
})

function namesIn(headers: IncomingHttpHeaders | undefined): readonly string[] {
  return [headers?.['remote-user'], headers?.['remote-groups']]
    .flat()
    .filter((name) => name !== undefined && name !== '') as string[] // the others are filtered out
}
