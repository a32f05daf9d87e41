/// <reference lib="dom" />
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { HandsOfTheHelpDesk } from './browser/help-desk-hands.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'
import { enterPasscode, openLogOn, personOf, tokenOf, visitSelfService } from './browser/user-visit.ts'

let demo: RunningDemo
let browser: Browser
let helpDesk: Visit

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  helpDesk = await visitSecurityConsole(browser, demo.report)
})

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

/** Opens somebody's dashboard at the help desk. */
async function dashboardOf(username: string): Promise<HandsOfTheHelpDesk> {
  await helpDesk.page.goto(demo.report.urls.securityConsole)
  const hands = new HandsOfTheHelpDesk(helpDesk.page)
  await hands.find(username)
  return hands
}

async function testLogOn(page: Page, passcode: string): Promise<void> {
  await page.getByRole('link', { name: 'Test authentication' }).first().click()
  await page.getByLabel('Passcode', { exact: false }).first().fill(passcode)
  await page.getByRole('button', { name: 'Test Log On' }).click()
}

async function chooseNewPin(page: Page, pin: string, again = pin): Promise<void> {
  await page.getByLabel('New PIN').first().fill(pin)
  await page.getByLabel('New PIN again').fill(again)
  await page.getByRole('button', { name: /^(?:Continue|OK)$/ }).click()
}

describe('a new PIN inside the log-on', () => {
  it('is chosen by the user: refused while trivial or mistyped, then taken', async () => {
    const hands = await dashboardOf('jonas')
    await hands.press('Clear PIN')
    await hands.confirm('Clear PIN')
    await helpDesk.page
      .getByText(/PIN of token \d+ cleared/)
      .first()
      .waitFor()
    const token = tokenOf(demo.report, 'jonas')
    const { page, context, faults } = await openLogOn(browser, demo.report)
    await enterPasscode(page, 'jonas', token.tokencode())
    await page.getByRole('heading', { name: 'Choose a new PIN' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await chooseNewPin(page, '1234')
    await page.getByText('This PIN is not allowed').waitFor()
    await chooseNewPin(page, '5937', '5938')
    await page.getByText('The two PINs were not the same').waitFor()
    await chooseNewPin(page, '5937')
    await page.getByRole('heading', { name: 'PIN accepted' }).waitFor()
    await page.getByLabel('New passcode').fill(`5937${token.tokencode(1)}`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'My tokens' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('is made by the system: shown once, accepted, then used', async () => {
    const token = tokenOf(demo.report, 'umar')
    const { page, context, faults } = await openLogOn(browser, demo.report)
    await enterPasscode(page, 'umar', token.tokencode())
    await page.getByRole('heading', { name: 'Your new PIN' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const pin = (await page.locator('code').first().innerText()).replaceAll(/\s/g, '')
    expect(pin).toMatch(/^\d{4,8}$/)
    await page.getByRole('button', { name: 'I know it now: use this PIN' }).click()
    await page.getByRole('heading', { name: 'PIN accepted' }).waitFor()
    expect(await page.content()).not.toContain(pin)
    await page.getByLabel('New passcode').fill(`${pin}${token.tokencode(1)}`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'My tokens' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
  })
})

describe('My tokens', () => {
  it('Change PIN asks for the present one, and the new one logs on', async () => {
    const token = tokenOf(demo.report, 'chiara')
    const { page, context, faults } = await visitSelfService(browser, demo.report, { username: 'chiara' })
    await page.getByRole('link', { name: /^Change PIN/ }).click()
    await page.getByLabel('Current PIN').fill('0000')
    await chooseNewPin(page, '6284')
    await page.getByText('The current PIN is not right').waitFor()
    await page.getByLabel('Current PIN').fill(token.pin)
    await page.getByRole('link', { name: 'My log-ons' }).click()
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByText('Your new PIN is set').waitFor()
    await testLogOn(page, `6284${token.tokencode()}`)
    await page.getByText('Accepted: you can log on').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('I forgot my PIN: a new one without the old one', async () => {
    const token = tokenOf(demo.report, 'dmitri')
    const { page, context, faults } = await visitSelfService(browser, demo.report, { username: 'dmitri' })
    await page.getByRole('link', { name: /^Troubleshoot: / }).click()
    await page.getByRole('radio', { name: 'I forgot my PIN' }).check()
    await page.getByRole('button', { name: 'OK' }).click()
    await chooseNewPin(page, '7391')
    await page.getByText('Your new PIN is set').waitFor()
    await testLogOn(page, `7391${token.tokencode()}`)
    await page.getByText('Accepted: you can log on').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('permanently lost or broken: says what it takes away, then gives codes and gives the token up', async () => {
    const { page, context, faults } = await visitSelfService(browser, demo.report, { username: 'hugo' })
    await page.getByRole('link', { name: /^Troubleshoot: / }).click()
    await page.getByRole('radio', { name: 'Token is permanently lost or broken' }).check()
    await page.getByRole('button', { name: 'OK' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give up this token?' })
    await dialog.getByText(/will no longer log you on/).waitFor()
    await dialog.getByRole('button', { name: 'It is lost or broken' }).click()
    await page.getByRole('list', { name: /^Emergency codes/ }).waitFor()
    await page.getByRole('button', { name: 'Copy' }).click()
    await testLogOn(page, tokenOf(demo.report, 'hugo').passcode())
    await page.getByText('Access denied').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('a counter token far ahead comes back with two successive presses', async () => {
    const token = tokenOf(demo.report, 'quentin')
    const { page, context, faults } = await visitSelfService(browser, demo.report, { username: 'quentin' })
    await page.getByRole('link', { name: /^Troubleshoot: / }).click()
    await page.getByRole('radio', { name: 'Other or not sure' }).check()
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByRole('link', { name: 'Yes' }).click()
    await page.getByLabel('The tokencode currently showing on the token').fill(token.tokencode())
    await page.getByText('Press the button again').waitFor()
    await page.getByLabel('The new tokencode').fill(token.tokencode(1))
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByText('The token is in step with the server again').waitFor()
    await testLogOn(page, `${token.pin}${token.tokencode(2)}`)
    await page.getByText('Accepted: you can log on').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('asks, in “My log-ons”, whether it was this person', async () => {
    const { page, context } = await visitSelfService(browser, demo.report, { username: 'chiara' })
    await page.getByRole('link', { name: 'My log-ons' }).click()
    await page.getByText('Was this you?').waitFor()
    await page.getByText('You were let in.').first().waitFor()
    await context.close()
  })

  it('stands still for those who asked for less motion', async () => {
    const { page, context } = await visitSelfService(browser, demo.report, {
      username: 'elif',
      reducedMotion: 'reduce',
    })
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        const longest = Math.max(...`${transitionDuration}, ${animationDuration}`.split(', ').map(Number.parseFloat))
        return longest > 0.01 ? [`${element.tagName} ${element.className}`] : []
      }),
    )
    expect(moving).toEqual([])
    await context.close()
  })

  it('warns before the session ends, and stays where that is wanted', async () => {
    const { page, context } = await visitSelfService(browser, demo.report, { username: 'rosa' })
    // The time that the server grants is read from its answer: one that ends in a minute and a half warns at once.
    await context.route('**/api/v1/self-service/session', async (route) => {
      const response = await route.fetch()
      const session = (await response.json()) as { serverTime: number; idleUntil: number }
      await route.fulfill({ response, json: { ...session, endsAt: session.serverTime + 90_000 } })
    })
    await page.reload()
    const warning = page.getByRole('dialog', { name: 'You are about to be logged off' })
    await warning.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await context.unroute('**/api/v1/self-service/session')
    await warning.getByRole('button', { name: 'Stay logged on' }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'My tokens' }).waitFor()
    expect(await warning.count()).toBe(0)
    await context.close()
  })
})

describe('two browsers at once', () => {
  it('a token that the help desk disables is no longer ready on the user’s own page, and comes back', async () => {
    const user = await visitSelfService(browser, demo.report, { username: 'anna' })
    const card = user.page.getByRole('article').first()
    await card.getByText('Ready', { exact: true }).waitFor()
    const hands = await dashboardOf('anna')
    await hands.pressNamed(/^More acts on token/)
    await hands.choose('Disable')
    await hands.confirm('Disable')
    await helpDesk.page
      .getByText(/Token \d+ disabled/)
      .first()
      .waitFor()
    await testLogOn(user.page, tokenOf(demo.report, 'anna').passcode())
    await user.page.getByText('Access denied').waitFor()
    await user.page.getByRole('link', { name: 'My tokens' }).click()
    await card.getByText('Not enabled yet').waitFor()
    await hands.pressLast('Enable')
    await helpDesk.page
      .getByText(/Token \d+ enabled/)
      .first()
      .waitFor()
    await user.page.reload()
    await card.getByText('Ready', { exact: true }).waitFor()
    expect(user.faults).toEqual([])
    await user.context.close()
  })

  it('a token sent by post is enabled by the one who received it', async () => {
    const hands = await dashboardOf('sven')
    await hands.press('Assign a token')
    const { page: desk } = helpDesk
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel('Unassigned token').selectOption({ index: 1 })
    await dialog.getByLabel('It is sent by post').check()
    await dialog.getByRole('button', { name: 'Assign a token' }).click()
    await desk
      .getByText(/assigned to/)
      .first()
      .waitFor()
    const received = desk.getByRole('article').filter({ hasText: 'Disabled' })
    await received.getByRole('button', { name: /^More acts on token/ }).click()
    await desk.getByRole('menuitem', { name: 'Enablement code' }).click()
    const shown = await desk.getByRole('list', { name: 'Enablement code' }).getByRole('listitem').innerText()
    const code = shown.replaceAll(/^\d+\.|\s/g, '')
    const user = await visitSelfService(browser, demo.report, { username: 'sven' })
    await user.page.getByRole('link', { name: /^Enable/ }).click()
    await user.page.getByLabel('Enablement code').fill(code)
    await user.page.getByRole('button', { name: 'Enable' }).click()
    await user.page.getByText(/Token \d+ is enabled/).waitFor()
    expect(personOf(demo.report, 'sven').tokens).toHaveLength(1)
    await user.page.getByRole('article').nth(1).waitFor()
    expect(await user.page.getByRole('article').count()).toBe(2)
    await user.context.close()
  })
})
