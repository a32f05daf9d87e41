import { proposeEmergencyAccess, saveEmergencyAccess } from '@driftlock/application'
import { INITIAL_POLICIES } from '@driftlock/domain'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AgentInstance,
  codeOf,
  HandDialogue,
  oneStep,
  passcodeOf,
  startAgentInstance,
} from '../agent-api/testing/agent-instance.ts'
import { accessibilityFaults as axeFaults } from './browser/find-faults.ts'
import { launchChromium } from './browser/chromium.ts'
import { answer, heading, logOn, openUserPage } from './testing/log-on-user.ts'
import { type ProtectedSite, startProtectedSite } from './testing/protected-site.ts'

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

const SYSTEM_PINS = { pin: { ...INITIAL_POLICIES.token.pin, creation: 'system' } } as const
const OWN_PINS = { pin: INITIAL_POLICIES.token.pin } as const

// Each front once, and each dialogue with and without script: what a front passes on does not depend on scripts.
describe.each([
  ['nginx', true],
  ['caddy', false],
  ['haproxy', true],
] as const)('a page behind %s, script %s', (proxy, script) => {
  let site: ProtectedSite
  const name = (who: string): string => `${who}-${proxy}-${script ? 'script' : 'plain'}`

  /** Axe is script itself: it looks at the same pages in the browser that runs some. */
  const accessibilityFaults = async (page: Page): Promise<readonly string[]> => (script ? axeFaults(page) : [])

  beforeAll(async () => {
    const { url, clientId, clientKey } = manager
    const throttle = { perAddressAndMinute: 10_000, perUserAndMinute: 100 }
    site = await startProtectedSite({ proxy, managers: [url], clientId, clientKey, configuration: { throttle } })
  })
  afterAll(() => site.close())

  it('is shown after user ID and passcode, at the address that was asked for', async () => {
    const holder = await manager.addHolder(name('ada'))
    const { page, context, complaints } = await openUserPage(browser, { script })
    await page.goto(`${site.url}/reports?month=3&year=2026`)
    expect(await heading(page)).toBe('Log on')
    expect(await accessibilityFaults(page)).toEqual([])
    await logOn(page, name('ada').toUpperCase(), passcodeOf(holder))
    expect(await heading(page)).toBe('The application')
    expect(await page.textContent('#user')).toBe(name('ada'))
    expect(await page.textContent('#path')).toBe('/reports?month=3&year=2026')
    expect(complaints).toEqual([])
    const cookies = await context.cookies()
    expect(cookies.map((cookie) => cookie.name)).toContain('__Host-driftlock')
    expect(cookies.every(({ httpOnly, secure, sameSite }) => httpOnly && secure && sameSite === 'Lax')).toBe(true)
    await context.close()
  })

  it('says neither that a user is unknown nor that a passcode is wrong', async () => {
    await manager.addHolder(name('known'))
    const { page, context } = await openUserPage(browser, { script })
    await page.goto(`${site.url}/`)
    await logOn(page, 'nobody-at-all', '4837000000')
    const unknown = await page.textContent('main')
    expect(await accessibilityFaults(page)).toEqual([])
    await logOn(page, name('known'), '4837000000')
    expect(await page.textContent('main')).toBe(unknown)
    expect(unknown).toContain('Access denied.')
    await context.close()
  })

  it('leads through the next tokencode for a token that has drifted', async () => {
    const holder = await manager.addHolder(name('drifted'), { smallWindowSeconds: 30 })
    // The manager knows this token's clock; then it was set forward by seven minutes.
    await HandDialogue.begin(manager, name('drifted'), oneStep(passcodeOf(holder)))
    const { page, context, complaints } = await openUserPage(browser, { script })
    await page.goto(`${site.url}/`)
    // Both at once: a step may end while the page is looked at.
    const [passcode, next] = [passcodeOf(holder, 14), codeOf(holder, 15)]
    await logOn(page, name('drifted'), passcode)
    expect(await heading(page)).toBe('Next tokencode')
    expect(await page.textContent('.wait')).toContain('at the latest every 30 seconds')
    expect(await accessibilityFaults(page)).toEqual([])
    await answer(page, next)
    expect(await heading(page)).toBe('The application')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('asks for the next tokencode after wrong ones, and ends with a page when that is wrong too', async () => {
    const holder = await manager.addHolder(name('bad'), { badTokencodeCount: 3 })
    const { page, context } = await openUserPage(browser, { script })
    await page.goto(`${site.url}/`)
    await logOn(page, name('bad'), passcodeOf(holder))
    expect(await heading(page)).toBe('Next tokencode')
    await answer(page, '000000')
    expect(await page.textContent('main')).toMatch(/was not accepted|did not succeed/)
    await context.close()
  })

  it('leads through a PIN of the user’s own: mismatch, refusal, acceptance, new passcode', async () => {
    await manager.setTokenPolicy(OWN_PINS)
    const holder = await manager.addHolder(name('pin'), { pin: '' })
    const { page, context, complaints } = await openUserPage(browser, { script })
    await page.goto(`${site.url}/`)
    await logOn(page, name('pin'), codeOf(holder))
    expect(await heading(page)).toBe('Choose a new PIN')
    expect(await page.textContent('#answer-help')).toMatch(/^4 to 8 digits\./)
    expect(await accessibilityFaults(page)).toEqual([])
    await answer(page, '5937', '5938')
    expect(await page.textContent('.failure')).toContain('not the same')
    await answer(page, '1234', '1234')
    expect(await page.textContent('.failure')).toContain('cannot be used')
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('Log on with your new PIN')
    expect(await accessibilityFaults(page)).toEqual([])
    await answer(page, `5937${codeOf(holder, 1)}`)
    expect(await heading(page)).toBe('The application')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows a PIN the system made until it is accepted, and never again', async () => {
    await manager.setTokenPolicy(SYSTEM_PINS)
    const holder = await manager.addHolder(name('system'), { pin: '' })
    await visit(async (user) => {
      await user.goto(`${site.url}/`)
      await logOn(user, name('system'), codeOf(holder))
      expect(await heading(user)).toBe('Your new PIN')
      expect(await accessibilityFaults(user)).toEqual([])
      const pin = (await user.textContent('.pin code')) ?? ''
      expect(pin).toMatch(/^\d{4,8}$/)
      await user.click('button[value=y]')
      expect(await heading(user)).toBe('Log on with your new PIN')
      await user.goBack()
      expect(await user.content()).not.toContain(pin)
      await user.goto(`${site.url}/.driftlock/step`)
      await answer(user, pin + codeOf(holder, 1))
      expect(await heading(user)).toBe('The application')
    })
    await manager.setTokenPolicy(OWN_PINS)
  })

  it('takes an emergency code, with the hint for whoever has one', async () => {
    const holder = await manager.addHolder(name('lost'))
    const [code = ''] = await emergencyCodesOf(holder.serial)
    await visit(async (user) => {
      await user.goto(`${site.url}/`)
      await user.click('text=An emergency code')
      expect(await user.textContent('#passcode-help')).toContain('followed at once by the emergency code')
      await logOn(user, name('lost'), holder.pin + code)
      expect(await heading(user)).toBe('The application')
    })
  })

  it('turns a locked user away like everybody else', async () => {
    const holder = await manager.addHolder(name('locked'))
    await visit(async (user) => {
      await user.goto(`${site.url}/`)
      // Of another PIN: after three bad ones a code may lie hours off and fit one in 350 times, and is then asked after.
      for (let tries = 0; tries < 8; tries += 1) await logOn(user, name('locked'), `000000000${tries}`)
      await logOn(user, name('locked'), passcodeOf(holder))
      expect(await user.textContent('.failure')).toContain('Access denied.')
    })
  })

  async function visit(work: (page: Page) => Promise<void>): Promise<void> {
    const user = await openUserPage(browser, { script })
    await work(user.page)
    expect(user.complaints).toEqual([])
    await user.context.close()
  }
})

async function emergencyCodesOf(serial: string): Promise<readonly string[]> {
  const { administration, clock } = manager.instance
  const context = { authority: { type: 'command' }, actor: { type: 'command', id: '0', name: 'test' } } as const
  const settings = {
    method: { type: 'one-time-set', count: 3 },
    expiresAt: clock.now() + 86_400_000,
    ifTokenBecomesAvailable: 'deny',
  } as Parameters<typeof proposeEmergencyAccess>[2]['settings'] // a day from now is an instant
  const { codes, sealedProposal } = await proposeEmergencyAccess(administration, context, { token: serial, settings })
  await saveEmergencyAccess(administration, context, { token: serial, sealedProposal })
  return codes
}
