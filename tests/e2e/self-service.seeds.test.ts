import { text as textOf } from 'node:stream/consumers'
import type { PinRequirements, Question } from '@driftlock/contracts'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityLogOnPage, setUpPage, troubleshootingPage } from '../../adapters/http/log-on-pages/entry-pages.ts'
import type { PageSetting } from '../../adapters/http/log-on-pages/page.ts'
import { questionPage } from '../../adapters/http/log-on-pages/question-page.ts'
import { launchChromium } from './browser/chromium.ts'
import type { DemoUser } from './browser/demo-report.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'
import { VirtualToken } from './browser/virtual-token.ts'
import { watchPolicy } from './browser/watch-policy.ts'

const HOUR_MS = 3_600_000
let demo: RunningDemo
let browser: Browser

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
}, 180_000)

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

function person(username: string): DemoUser {
  const user = demo.report.users.find((one) => one.username === username)
  if (!user) throw new Error(`The demo has no ${username}.`)
  return user
}

function tokenOf(username: string): VirtualToken {
  const token = person(username).tokens[0]
  if (!token) throw new Error(`${username} has no token.`)
  return new VirtualToken(token)
}

interface Visit {
  readonly page: Page
  readonly faults: readonly string[]
  close(): Promise<void>
}

/** Logs somebody on with a password and leaves them at their tokens. */
async function visit(username: string): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true })
  const page = await context.newPage()
  const faults = watchPolicy(page)
  await page.goto(demo.report.urls.selfService)
  await page.getByLabel('User ID').fill(username)
  await page.getByLabel('Password', { exact: true }).check()
  await page.getByLabel('Passcode / Password').fill(person(username).password)
  await page.getByRole('button', { name: 'Log on' }).click()
  await page.getByRole('heading', { name: 'My tokens' }).waitFor()
  return { page, faults, close: () => context.close() }
}

async function testAuthentication(page: Page, passcode: string): Promise<void> {
  await page.getByLabel('Passcode', { exact: false }).first().fill(passcode)
  await page.getByRole('button', { name: 'Test Log On' }).click()
}

async function toResynchronize(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Troubleshoot: / }).click()
  await page.getByRole('radio', { name: 'Other or not sure' }).check()
  await page.getByRole('button', { name: 'OK' }).click()
  await page.getByRole('heading', { name: 'Confirmation Required' }).waitFor()
  await page.getByRole('link', { name: 'Yes' }).click()
  await page.getByRole('heading', { name: 'Resynchronize Token' }).waitFor()
}

describe('seed 000 in the Self-Service Console', () => {
  it('brings a token whose clock is hours off back in step, and the next tokencode works', {
    timeout: 180_000,
  }, async () => {
    const token = tokenOf('anna')
    token.clockOffsetMs = 3 * HOUR_MS
    const { page, faults, close } = await visit('anna')
    await toResynchronize(page)
    // What the token shows one after the other; the test does not wait for it.
    const [first, second, third] = [token.tokencode(), token.tokencode(1), token.tokencode(2)]
    await page.getByLabel('The tokencode currently showing on the token').fill(first)
    await page.getByRole('timer', { name: 'Wait for the tokencode to change' }).waitFor()
    await page.getByLabel('The new tokencode').fill(second)
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByText('The token is in step with the server again').waitFor()
    await page.getByRole('link', { name: 'Test authentication' }).last().click()
    await testAuthentication(page, `${token.pin}${third}`)
    await page.getByText('Accepted: you can log on').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  it('names the causes where the clocks differ by more than 12 hours', { timeout: 120_000 }, async () => {
    const token = tokenOf('liam')
    const { page, faults, close } = await visit('liam')
    await toResynchronize(page)
    await page.getByLabel('The tokencode currently showing on the token').fill(token.tokencode(0))
    await page.getByLabel('The new tokencode').fill(token.tokencode(1))
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByText('The token could not be resynchronized').waitFor()
    await expect(page.getByRole('listitem').allInnerTexts()).resolves.toEqual(
      expect.arrayContaining([
        expect.stringContaining('not successive'),
        expect.stringContaining('not the token that is assigned to you'),
        expect.stringContaining('The clock of the token is wrong by more than 12 hours'),
        expect.stringContaining('The clock of the server is wrong by more than 12 hours'),
      ]),
    )
    await page.getByRole('button', { name: 'Start again' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })
})

describe('seed 002 in the Self-Service Console', () => {
  it('gives emergency codes, exports them to a file, and each logs on once with the PIN before it', {
    timeout: 120_000,
  }, async () => {
    const { page, faults, close } = await visit('bela')
    await page.getByRole('link', { name: /^Troubleshoot: / }).click()
    await page.getByRole('radio', { name: 'Token is temporarily unavailable or misplaced' }).check()
    await page.getByRole('button', { name: 'OK' }).click()
    const shown = page.getByRole('list', { name: 'Emergency codes, each for one log-on' })
    await shown.waitFor()
    const codes = (await shown.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/^\d+\.|\s/g, ''))
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export to File' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/\.txt$/)
    const text = await textOf(await file.createReadStream())
    for (const code of codes) expect(text).toContain(code)
    expect(text).toContain(person('bela').tokens[0]?.serial)
    expect(text).toContain('Enter your PIN, then the code')
    await page.getByRole('link', { name: 'Test Log On' }).click()
    const passcode = `${tokenOf('bela').pin}${codes[0]}`
    await testAuthentication(page, passcode)
    await page.getByText('Accepted: you can log on').waitFor()
    await page.getByRole('button', { name: 'Test again' }).click()
    await testAuthentication(page, passcode)
    await page.getByText('Access denied').waitFor()
    await page.getByRole('link', { name: 'My tokens' }).click()
    await page.getByText(`${codes.length - 1} emergency codes left`).waitFor()
    expect(faults).toEqual([])
    await close()
  })
})

const HERE = { console: 'self-service', next: '/self-service/', path: '/self-service/log-on' } as const

/** Every page that comes back from a form of the log-on, as the server makes it. */
function pagesThatAnswer(setting: PageSetting): Readonly<Record<string, string>> {
  const rules: PinRequirements = {
    minLength: 4,
    maxLength: 8,
    characters: 'letters-and-digits',
    minLetters: 1,
    minDigits: 1,
    leadingZeroAllowed: false,
  }
  const questions: readonly Question[] = [
    { type: 'next-tokencode', intervalSeconds: 60, pinpad: false },
    { type: 'new-pin', rules },
    { type: 'new-pin', rules, previous: 'rejected' },
    { type: 'new-pin', rules, previous: 'mismatch' },
    { type: 'confirm-pin' },
    { type: 'accept-system-pin', pin: '483725' },
    { type: 'passcode-after-new-pin' },
  ]
  const asked = questions.map((question) => {
    const previous = 'previous' in question ? ` after ${question.previous}` : ''
    return [`${question.type}${previous}`, questionPage(setting, { username: 'ada', continuation: 'x', question })]
  })
  const refused = { username: 'ada', failure: 'Access denied.', reference: 'XNR2-00001' }
  return {
    ...Object.fromEntries(asked),
    'log-on refused': securityLogOnPage(setting, refused),
    'troubleshooting refused': troubleshootingPage(setting, refused),
    'set-up refused': setUpPage(setting, refused),
  }
}

describe('the log-on pages', () => {
  async function withoutScript(): Promise<{ page: Page; context: BrowserContext }> {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' })
    return { context, page: await context.newPage() }
  }

  it('say nothing exact where the password is wrong, keep the user ID, and never the secret', async () => {
    const { page, context } = await withoutScript()
    await page.goto(`${demo.report.urls.selfService}log-on`)
    await page.getByLabel('Benutzer-ID').fill('anna')
    await page.getByLabel('Passcode / Kennwort').fill('wrong')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('Zugriff verweigert')
    await page.getByText(/^Kennung für den Helpdesk: [A-Z0-9]+-[A-Z0-9]+$/).waitFor()
    expect(await page.getByLabel('Benutzer-ID').inputValue()).toBe('anna')
    expect(await page.content()).not.toContain('wrong')
    await context.close()
  })

  it('have no accessibility fault and keep to the policy, light and dark', { timeout: 120_000 }, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme })
      const page = await context.newPage()
      const policy = watchPolicy(page)
      const { selfService, securityConsole } = demo.report.urls
      const pages = ['log-on', 'troubleshooting'].map((path) => `${selfService}${path}`)
      for (const url of [...pages, `${securityConsole}log-on`, `${securityConsole}set-up`]) {
        await page.goto(url)
        expect({ url, faults: await accessibilityFaults(page) }).toEqual({ url, faults: [] })
      }
      expect(policy).toEqual([])
      await context.close()
    }
  })

  it('have none either where they ask on or refuse', { timeout: 120_000 }, async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const url = `${demo.report.urls.selfService}log-on`
    for (const [theme, language] of [
      ['light', 'en'],
      ['dark', 'de'],
    ] as const) {
      for (const [name, markup] of Object.entries(pagesThatAnswer({ ...HERE, theme, language }))) {
        await page.route(url, (route) => route.fulfill({ body: markup, contentType: 'text/html; charset=utf-8' }))
        await page.goto(url)
        await page.unroute(url)
        expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] })
      }
    }
    await context.close()
  })

  it('let one in to troubleshooting alone, without a log-on', async () => {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${demo.report.urls.selfService}log-on`)
    await page.getByRole('link', { name: 'I cannot log on: troubleshoot my token' }).click()
    await page.getByLabel('User ID').fill('chiara')
    await page.getByLabel('Password').fill(person('chiara').password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Troubleshoot Your Token' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts()).toEqual([
      'Troubleshoot',
    ])
    await context.close()
  })

  it('ask for the next tokencode inside the log-on, without script', { timeout: 120_000 }, async () => {
    const user = demo.report.users.find(({ state }) => state === 'next-tokencode')
    const token = tokenOf(user?.username ?? '')
    const { page, context } = await withoutScript()
    await page.goto(`${demo.report.urls.selfService}log-on?next=/self-service/history`)
    await page.getByLabel('Benutzer-ID').fill(user?.username ?? '')
    const [first, next] = [token.tokencode(), token.tokencode(1)]
    await page.getByLabel('Passcode / Kennwort').fill(`${token.pin}${first}`)
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await page.getByRole('heading', { name: 'Noch ein Tokencode' }).waitFor()
    await page.getByLabel('Neuer Tokencode').fill(next)
    await page.getByRole('button', { name: 'Weiter' }).click()
    await page.waitForURL('**/self-service/history')
    expect((await context.cookies()).map(({ name }) => name)).toContain('driftlock-self-service')
    await context.close()
  })
})
