import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'
import { settled } from './browser/settled.ts'
import { enterPasscode, openLogOn, personOf } from './browser/user-visit.ts'

let demo: RunningDemo
let browser: Browser
let visit: Visit

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  visit = await visitSecurityConsole(browser, demo.report)
})

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

async function open(path: string): Promise<Page> {
  const { page } = visit
  await page.goto(`${demo.report.urls.securityConsole}${path}`)
  await settled(page)
  return page
}

const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

const serialOf = (username: string) => personOf(demo.report, username).tokens[0]?.serial ?? ''

describe('distribution of software tokens', () => {
  it('redistributes exactly the selected one after its number was typed, and takes it back', async () => {
    const page = await open('distribution')
    const serial = serialOf('jonas')
    await page.getByRole('checkbox', { name: `Select ${serial}` }).check()
    await page.getByRole('button', { name: 'Redistribute 1 token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Number of tokens').fill('2')
    await dialog.getByRole('button', { name: 'Redistribute 1 token' }).click()
    expect(await dialog.getByText('Hand it over now').count()).toBe(0)
    await dialog.getByLabel('Number of tokens').fill('1')
    await dialog.getByRole('button', { name: 'Redistribute 1 token' }).click()
    await said(page, 'Hand it over now')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: `Actions for ${serial}` }).click()
    await page.getByRole('menuitem', { name: 'Undo the redistribution' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the redistribution' }).click()
    await said(page, `Redistribution of token ${serial} undone`)
  })
})

describe('the list of tokens', () => {
  it('acts on named rows: says how many and which, does it, and undoes it', async () => {
    const page = await open('tokens?text=0003000001')
    const named = [serialOf('hugo'), serialOf('ines')]
    for (const serial of named) await page.getByRole('checkbox', { name: `Select ${serial}` }).check()
    await page.getByRole('button', { name: 'Act on 2 tokens' }).click()
    await page.getByRole('menuitem', { name: 'Disable' }).click()
    const dialog = page.getByRole('dialog', { name: 'Disable 2 tokens?' })
    for (const serial of named) await dialog.getByText(serial).waitFor()
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await said(page, '2 tokens disabled')
    await page
      .getByRole('row')
      .filter({ hasText: serialOf('hugo') })
      .getByText('Disabled')
      .waitFor()
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await page
      .getByRole('row')
      .filter({ hasText: serialOf('hugo') })
      .getByText('Disabled')
      .waitFor({ state: 'detached' })
  })

  it('keeps a search under a name, and the choice of columns, in this browser', async () => {
    const page = await open('tokens?text=0003000001&sort=owner')
    await page.getByRole('button', { name: 'Saved searches' }).click()
    await page.getByRole('menuitem', { name: 'Save this search' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('By owner')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /^Columns/ }).click()
    const column = page.getByRole('menu').getByRole('checkbox').first()
    const before = await page.getByRole('columnheader').count()
    await column.click()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('columnheader').count()).not.toBe(before)
    await open('tokens')
    expect(await page.getByRole('columnheader').count()).not.toBe(before)
    await page.getByRole('button', { name: 'Saved searches' }).click()
    await page.getByRole('menuitem', { name: 'By owner' }).click()
    await page.waitForURL('**/tokens?text=0003000001&sort=owner')
  })
})

describe('a list', () => {
  it('that finds nothing says so, and takes the search back; one that has nothing yet says what to do', async () => {
    const page = await open('agents?text=nobody')
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
    await page.getByRole('button', { name: 'Clear the search' }).last().click()
    await page.getByRole('link', { name: 'demo.agent' }).waitFor()
    await open('jobs')
    await page.getByRole('heading', { name: 'No job yet' }).waitFor()
  })

  it('names what has an address: an agent is shown in full, and the back button closes it', async () => {
    const page = await open('agents')
    await page.getByRole('link', { name: 'demo.agent' }).click()
    await page.waitForURL('**/agents?show=*')
    const dialog = page.getByRole('dialog', { name: 'demo.agent' })
    await dialog.getByRole('link', { name: 'All records of it' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goBack()
    await dialog.waitFor({ state: 'detached' })
    await page.goForward()
    await dialog.getByRole('link', { name: 'SystemDomain' }).click()
    await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor()
  })
})

describe('policies', () => {
  it('shows which domain sets a value, sets one below, and inherits again', async () => {
    const page = await open('policies')
    const domain = page.getByLabel('Security domain').first()
    const options = await domain.locator('option').allInnerTexts()
    await domain.selectOption({ label: options.find((one) => one.includes('Contractors')) ?? '' })
    await page.waitForURL('**/policies/*')
    const lockout = page.getByRole('grid', { name: 'Lockout policy' })
    await lockout.getByText('Initial policy').first().waitFor()
    await page.getByRole('button', { name: 'Edit the lockout policy' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit the lockout policy' })
    await dialog.getByText(/^For Contractors/).waitFor()
    const group = dialog.getByRole('group', { name: 'Failures', exact: true })
    await group.getByLabel('Set here').check()
    await group.getByRole('spinbutton').fill('4')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await said(page, /Policy of Contractors saved/)
    const row = lockout.getByRole('row').filter({ hasText: 'Set here' })
    await row.getByText('4', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Inherit everything' }).last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Inherit everything' }).click()
    await said(page, 'Contractors inherits again')
    await row.waitFor({ state: 'detached' })
  })
})

describe('roles', () => {
  it('say what a person may do, and where', async () => {
    const page = await open('administrators')
    await page
      .getByRole('link', { name: /Hilde Kern|helpdesk/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'What may Hilde Kern do?' }).waitFor()
    const may = page.getByRole('grid', { name: 'Everything this person may do' })
    await may.getByText('Unlock locked-out users').waitFor()
    expect(await may.getByText('Delete tokens').count()).toBe(0)
  })

  it('keep from a page what it does not allow', async () => {
    const { page, context } = await visitSecurityConsole(browser, demo.report, { username: 'helpdesk' })
    await page.goto(`${demo.report.urls.securityConsole}settings`)
    await settled(page)
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('link', { name: 'System Settings' }).count()).toBe(0)
    await context.close()
  })
})

describe('RADIUS clients', () => {
  it('are tested by a button: enabled, seen, secret, log-ons', async () => {
    const page = await open('radius-clients')
    await page.getByRole('button', { name: 'Test demo.vpn' }).click()
    const dialog = page.getByRole('dialog', { name: 'Test demo.vpn' })
    await dialog.getByText('The client is enabled.').waitFor()
    await dialog.getByText(/It never asked/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
  })
})

describe('what happened', () => {
  it('appears in the live monitor of a second browser as it happens, and in the audit, which verifies', async () => {
    const page = await open('activity')
    await page.getByText('Live', { exact: true }).waitFor()
    const user = await openLogOn(browser, demo.report)
    await enterPasscode(user.page, 'katya', '0000000000')
    await user.page.getByRole('alert').waitFor()
    await user.context.close()
    await page.getByRole('row').filter({ hasText: 'katya' }).first().waitFor()
    await open('audit?outcome=failure')
    const row = page.getByRole('row').filter({ hasText: 'katya' }).first()
    await row.waitFor()
    await open('audit')
    await page.getByRole('button', { name: 'Verify the records' }).click()
    await said(page, 'Intact: no record was changed')
  })
})

describe('work that is not saved', () => {
  it('is asked about before a page is left, and kept where one stays', async () => {
    const page = await open('users/new')
    await page.getByRole('textbox', { name: 'User ID' }).fill('half-done')
    await page.getByRole('link', { name: 'Users', exact: true }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
    await dialog.waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.getByRole('textbox', { name: 'User ID' }).inputValue()).toBe('half-done')
    await page.getByRole('link', { name: 'Users', exact: true }).first().click()
    await dialog.getByRole('button', { name: 'Leave without saving' }).click()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
  })
})

describe('a password that was begun', () => {
  it('is asked about before its page is left', async () => {
    const page = await open('my-account')
    await page.getByRole('textbox', { name: 'Current password' }).fill('half-done')
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave without saving' }).click()
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
  })
})

describe('a dialog that was begun', () => {
  it('asks before Escape throws away what was typed', async () => {
    const page = await open('agents')
    await page.getByRole('button', { name: 'New agent' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').first().fill('half-done')
    await page.keyboard.press('Escape')
    await dialog.getByText('Leave without saving?').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await dialog.getByLabel('Name').first().inputValue()).toBe('half-done')
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Leave without saving' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})

describe('a session that is about to end', () => {
  it('says so in time, and goes on where that is wanted', async () => {
    const { page, context } = visit
    await context.route('**/api/v1/session', async (route) => {
      const response = await route.fetch()
      const session = (await response.json()) as { serverTime: number }
      await route.fulfill({ response, json: { ...session, idleUntil: session.serverTime + 8000 } })
    })
    await open('')
    const warning = page.getByText('You are about to be logged off').first()
    await warning.waitFor()
    await context.unroute('**/api/v1/session')
    await page.getByRole('button', { name: 'Stay logged on' }).click()
    await warning.waitFor({ state: 'detached' })
  })
})

it('nothing of all that broke the policy of the pages', () => {
  expect(visit.faults).toEqual([])
})
