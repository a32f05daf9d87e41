import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { INITIAL_POLICIES } from '@driftlock/domain'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, codeOf, passcodeOf, startAgentInstance } from '../agent-api/testing/agent-instance.ts'
import { launchChromium } from './browser/chromium.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { answer, heading, logOn, openUserPage } from './testing/log-on-user.ts'
import { type ProtectedSite, type SiteOfAgent, startProtectedSite, startSiteOfAgent } from './testing/protected-site.ts'

let manager: AgentInstance
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'driftlock-looks-'))

beforeAll(async () => {
  manager = await startAgentInstance()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await manager.close()
  rmSync(folder, { recursive: true })
})

const credentials = () => ({ managers: [manager.url], clientId: manager.clientId, clientKey: manager.clientKey })

const FRAME =
  '<!doctype html><html lang="{{language}}"><head><title>{{title}}</title><link rel="stylesheet" href="{{style}}"></head>'

describe('looks of several sites at one agent', () => {
  let site: ProtectedSite

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'logo.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>',
    )
    mkdirSync(join(folder, 'templates'))
    const template = (words: string): string =>
      `${FRAME}<body><header>{{logo}}{{product}}</header><main><p id="own">${words}</p><h1>{{heading}}</h1>{{failure}}{{content}}</main></body></html>`
    writeFileSync(join(folder, 'templates', 'log-on.de.html'), template('Willkommen beim Beispiel'))
    writeFileSync(join(folder, 'templates', 'page.html'), template('Example page'))
    const looks = [
      {
        hosts: ['vpn.localhost'],
        name: 'Example VPN',
        logoFile: join(folder, 'logo.svg'),
        colours: { light: { brand: '#7a1fa2' } },
        texts: { en: { logOn: 'Come in' }, de: { logOn: 'Eintreten' } },
        templates: join(folder, 'templates'),
        troubleshootingUrl: 'https://am1.example.com/self-service/troubleshooting',
      },
      { hosts: ['*.shop.localhost'], name: 'Laden', languages: ['de' as const] },
    ]
    site = await startProtectedSite({ proxy: 'nginx', ...credentials(), configuration: { looks } })
  })
  afterAll(() => site.close())

  const at = (host: string): string => site.url.replace('localhost', host)

  async function visit(host: string, locale: string, look: (page: Page) => Promise<void>): Promise<void> {
    const { page, context, complaints } = await openUserPage(browser, { locale })
    await page.goto(`${at(host)}/`)
    await look(page)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  }

  it('put name, logo, colour, texts, template and the way to help into the pages of their hosts', async () => {
    await visit('vpn.localhost', 'en-GB', async (page) => {
      expect(await page.textContent('#own')).toBe('Example page')
      expect(await heading(page)).toBe('Come in')
      expect(await page.textContent('header')).toContain('Example VPN')
      expect(await page.title()).toBe('Come in · Example VPN')
      const logoWidth = await page
        .locator('header img')
        .evaluate((image) => Reflect.get(image, 'naturalWidth') as number)
      expect(logoWidth).toBe(40)
      const button = page.locator('button[type=submit]')
      expect(await button.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(122, 31, 162)')
      const help = page.locator('a[href="https://am1.example.com/self-service/troubleshooting"]')
      expect(await help.getAttribute('rel')).toBe('noreferrer')
    })
  })

  it('have a template of their own for a language', async () => {
    await visit('vpn.localhost', 'de-DE', async (page) => {
      expect(await page.textContent('#own')).toBe('Willkommen beim Beispiel')
      expect(await heading(page)).toBe('Eintreten')
    })
  })

  it('hold for every host below a domain, and offer the languages they name', async () => {
    await visit('a.shop.localhost', 'en-GB', async (page) => {
      expect(await page.getAttribute('html', 'lang')).toBe('de')
      expect(await heading(page)).toBe('Anmelden')
      expect(await page.textContent('header')).toContain('Laden')
      expect(await page.locator('nav[aria-label]').count()).toBe(0)
    })
  })

  it('leave the pages of other hosts as they are', async () => {
    await visit('other.localhost', 'en-GB', async (page) => {
      expect(await heading(page)).toBe('Log on')
      expect(await page.textContent('header')).toContain('Secure log-on')
      expect(await page.locator('header img').count()).toBe(0)
    })
  })
})

describe('rules by host', () => {
  it('hold for their host alone: users, groups, and hosts below a domain', async () => {
    const rules = [
      { host: 'closed.localhost', access: 'closed' as const },
      { host: '*.lab.localhost', users: ['ada-ruled'] },
      { host: 'crew.localhost', path: '/deck', groups: ['SystemDomain'] },
      { host: 'crew.localhost', groups: ['Captains'] },
      { host: 'open.localhost', access: 'open' as const },
    ]
    const site = await startProtectedSite({ proxy: 'nginx', ...credentials(), configuration: { rules } })
    const at = (host: string, path = '/'): string => `${site.url.replace('localhost', host)}${path}`
    const seenBy = async (username: string, address: string): Promise<string | null> => {
      const { page, context } = await openUserPage(browser)
      const holder = await manager.addHolder(username)
      await page.goto(address)
      if ((await heading(page)) === 'Log on') await logOn(page, username, passcodeOf(holder))
      const seen = await heading(page)
      if (seen !== 'The application') expect(await accessibilityFaults(page)).toEqual([])
      await context.close()
      return seen
    }
    expect(await seenBy('ada-ruled', at('one.lab.localhost'))).toBe('The application')
    expect(await seenBy('bob-ruled', at('two.lab.localhost'))).toBe('No access to this page')
    expect(await seenBy('cat-ruled', at('crew.localhost', '/deck/one'))).toBe('The application')
    expect(await seenBy('dan-ruled', at('crew.localhost', '/bridge'))).toBe('No access to this page')
    expect(await seenBy('eve-ruled', at('closed.localhost'))).toBe('No access to this page')
    expect(await seenBy('fay-ruled', at('open.localhost'))).toBe('The application')
    await site.close()
  })
})

describe('a site of the agent’s own', () => {
  let site: SiteOfAgent

  beforeAll(async () => {
    const root = join(folder, 'site')
    mkdirSync(join(root, 'guide'), { recursive: true })
    const page = (title: string): string =>
      `<!doctype html><html lang="en"><head><title>${title}</title><link rel="stylesheet" href="/site.css"></head><body><main><h1>${title}</h1></main></body></html>`
    writeFileSync(join(root, 'index.html'), page('The folder'))
    writeFileSync(join(root, 'guide', 'index.html'), page('The guide'))
    writeFileSync(join(root, 'guide', 'größe 1.html'), page('A name to encode'))
    writeFileSync(join(root, 'site.css'), 'h1 { color: rgb(1, 2, 3) }')
    writeFileSync(join(root, '.secret'), 'hidden')
    writeFileSync(join(folder, 'outside.txt'), 'outside')
    const configuration = {
      site: { folder: root },
      rules: [
        { path: '/guide', groups: ['SystemDomain'] },
        { path: '/site.css', access: 'open' as const },
      ],
    }
    site = await startSiteOfAgent({ ...credentials(), configuration })
  })
  afterAll(() => site.close())

  it('shows its folder to whoever is logged on, and the page for VPN users beside it', async () => {
    const holder = await manager.addHolder('reader')
    const { page, context, complaints } = await openUserPage(browser)
    await page.goto(`${site.url}/guide/`)
    expect(await heading(page)).toBe('Log on')
    await logOn(page, 'reader', passcodeOf(holder))
    expect(await heading(page)).toBe('The guide')
    expect(await page.locator('h1').evaluate((one) => getComputedStyle(one).color)).toBe('rgb(1, 2, 3)')
    await page.goto(`${site.url}/guide/gr%C3%B6%C3%9Fe%201.html`)
    expect(await heading(page)).toBe('A name to encode')
    await page.goto(`${site.url}/`)
    expect(await heading(page)).toBe('The folder')
    await page.goto(`${site.url}/.driftlock/done`)
    expect(await page.textContent('.done')).toBe(
      'Your Token is now configured for use with your company VPN connection.',
    )
    expect(complaints).toEqual([])
    await page.goto(`${site.url}/guide`)
    expect(await heading(page)).toBe('The guide')
    for (const path of ['/.secret', '/nothing.html', '/guide/nothing', '/%2e%2e/outside.txt', '/guide%2findex.html']) {
      const missing = await context.request.get(`${site.url}${path}`)
      expect([403, 404]).toContain(missing.status())
      expect(await missing.text()).toMatch(/<h1>(There is no such page|No access to this page)/)
    }
    await context.close()
  })

  it('shows nothing of it to anybody else', async () => {
    const { context } = await openUserPage(browser)
    for (const path of ['/', '/index.html', '/guide/index.html', '/nothing']) {
      const refused = await context.request.get(`${site.url}${path}`, { maxRedirects: 0 })
      expect({ path, status: refused.status() }).toEqual({ path, status: 303 })
    }
    const open = await context.request.get(`${site.url}/site.css`)
    expect(open.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
    await context.close()
  })
})

describe('every page', () => {
  let site: SiteOfAgent

  beforeAll(async () => {
    site = await startSiteOfAgent(credentials())
    await manager.setTokenPolicy({ pin: INITIAL_POLICIES.token.pin })
  })
  afterAll(() => site.close())

  it.each([
    [
      'en-GB',
      ['Your token works', 'Log off', 'You are logged off', 'There is no such page', 'The log-on took too long'],
    ],
    ['de-DE', ['Ihr Token funktioniert', 'Abmelden', 'Sie sind abgemeldet', undefined, undefined]],
  ] as const)('is whole for people who do not see it, in %s', async (locale, titles) => {
    const holder = await manager.addHolder(`axe-${locale.toLowerCase()}`)
    const { page, context, complaints } = await openUserPage(browser, { locale })
    const check = async (title: string | undefined): Promise<void> => {
      if (title !== undefined) expect(await heading(page)).toBe(title)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.goto(`${site.url}/`)
    await logOn(page, holder.username, passcodeOf(holder))
    await check(titles[0])
    await page.goto(`${site.url}/.driftlock/nothing`)
    await check(titles[3])
    await page.goto(`${site.url}/.driftlock/denied`)
    await check(undefined)
    await page.goto(`${site.url}/.driftlock/log-off`)
    await check(titles[1])
    await page.click('button[value=here]')
    await check(titles[2])
    await page.goto(`${site.url}/.driftlock/log-off`)
    await check(titles[2])
    await page.goto(`${site.url}/.driftlock/step`)
    await check(titles[4])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('says in German what is wrong with a PIN', async () => {
    const holder = await manager.addHolder('deutsch', { pin: '' })
    const { page, context } = await openUserPage(browser, { locale: 'de-DE' })
    await page.goto(`${site.url}/`)
    await logOn(page, 'deutsch', codeOf(holder))
    await answer(page, '1234', '1234')
    const refused = (await page.textContent('main')) ?? ''
    expect(refused).toContain('Diese PIN ist nicht möglich.')
    expect(refused).toContain('Sie ist zu leicht zu erraten')
    expect(refused).not.toMatch(/\bPIN (is|may|has|contains)\b|Enter a new/)
    expect(await page.locator('main [lang=en]').count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await context.close()
  })

  it('of a log-on that was denied says what to do', async () => {
    const holder = await manager.addHolder('denied', { badTokencodeCount: 3 })
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'denied', passcodeOf(holder))
    for (let tries = 0; tries < 4 && (await page.locator('#answer').count()) > 0; tries += 1) {
      await answer(page, '000000')
    }
    expect(await heading(page)).toBe('Access denied')
    expect(await accessibilityFaults(page)).toEqual([])
    await context.close()
  })
})
