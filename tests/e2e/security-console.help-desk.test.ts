import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitSecurityConsole } from './browser/administrator-visit.ts'
import { launchChromium } from './browser/chromium.ts'
import type { DemoToken, DemoUser } from './browser/demo-report.ts'
import { HandsOfTheHelpDesk } from './browser/help-desk-hands.ts'
import { type RunningDemo, startDemoProcess } from './browser/running-demo.ts'
import { VirtualToken } from './browser/virtual-token.ts'

let demo: RunningDemo
let browser: Browser
let visit: Visit
const calls: string[] = []

beforeAll(async () => {
  demo = await startDemoProcess()
  browser = await launchChromium()
  visit = await visitSecurityConsole(browser, demo.report)
}, 180_000)

afterAll(async () => {
  console.log(`Help-desk calls, from Home to mended:\n${calls.join('\n')}`)
  await browser.close()
  await demo.stop()
})

function person(username: string): DemoUser & { readonly token: DemoToken } {
  const user = demo.report.users.find((one) => one.username === username)
  const token = user?.tokens[0]
  if (!user || !token) throw new Error(`The demo has no ${username} with a token.`)
  return { ...user, token }
}

/** One call: from Home to the dashboard, what is done there, and what it took. */
async function call(
  name: string,
  username: string,
  mend: (page: Page, hands: HandsOfTheHelpDesk) => Promise<void>,
): Promise<void> {
  const { page } = visit
  await page.goto(demo.report.urls.securityConsole)
  const hands = new HandsOfTheHelpDesk(page)
  await page.getByRole('searchbox', { name: 'Find the caller' }).waitFor()
  hands.start()
  await hands.find(username)
  const dashboard = page.url()
  await mend(page, hands)
  expect(page.url()).toBe(dashboard)
  calls.push(`${name}: ${hands.said()}`)
}

const done = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

describe('the ten commonest calls, without leaving the dashboard', { timeout: 60_000 }, () => {
  it('1: I am locked out', async () => {
    await call('1 locked out', 'maja', async (page, hands) => {
      await hands.press('Unlock')
      await done(page, /unlocked$/)
      await page.getByText('Active', { exact: true }).waitFor()
    })
  })

  it('2: I forgot my PIN', async () => {
    await call('2 PIN forgotten', 'anna', async (page, hands) => {
      await hands.press('Clear PIN')
      await hands.confirm('Clear PIN')
      await done(page, /PIN of token \d+ cleared/)
    })
  })

  it('3: my token lies at home', async () => {
    await call('3 token at home', 'bela', async (page, hands) => {
      await hands.press('Emergency Access Tokencodes')
      await hands.press('Generate Codes')
      await page.getByRole('list', { name: 'Emergency access tokencodes' }).waitFor()
      await hands.press('Save')
      await done(page, 'Saved: the codes are valid now. Earlier ones are void.')
      await hands.pressLast('Close')
    })
  })

  it('4: my codes no longer work (the clock has drifted)', async () => {
    const token = new VirtualToken(person('greta').token)
    // Read together: filled in one after the other, a step could end between them.
    const [current, next] = [token.tokencode(), token.tokencode(1)]
    await call('4 clock drifted', 'greta', async (page, hands) => {
      await hands.press('Resynchronize Token')
      await hands.fill('Current tokencode', current)
      await hands.fill('Next tokencode', next)
      await hands.confirm('Resynchronize Token')
      await done(page, 'Resynchronized')
      await hands.pressLast('Close')
    })
  })

  it('5: why was I refused?', async () => {
    const { token } = person('farid')
    await call('5 why refused', 'farid', async (page, hands) => {
      await hands.fill('Passcode that failed', `0000${new VirtualToken(token).tokencode()}`)
      await hands.press('Why did it fail?')
      await page.getByRole('list', { name: 'Why' }).waitFor()
      expect(await page.getByRole('list', { name: 'Why' }).innerText()).toMatch(/PIN/)
    })
  })

  it('6: my token was stolen', async () => {
    await call('6 token stolen', 'hugo', async (page, hands) => {
      await hands.pressNamed(/^More acts on token/)
      await hands.choose('Report lost')
      await hands.confirm('Report lost')
      await done(page, /reported lost/)
      await page.getByText('Lost', { exact: true }).first().waitFor()
    })
  })

  it('7: I found my token again', async () => {
    await call('7 token found', 'hugo', async (page, hands) => {
      await hands.press('Report found')
      await done(page, /reported found/)
    })
  })

  it('8: my token is disabled', async () => {
    await call('8 token disabled', 'jonas', async (page, hands) => {
      await hands.pressNamed(/^More acts on token/)
      await hands.choose('Disable')
      await hands.confirm('Disable')
      await done(page, /Token \d+ disabled/)
      await hands.pressLast('Enable')
      await done(page, /Token \d+ enabled/)
    })
  })

  it('9: my account does not work', async () => {
    await call('9 account disabled', 'katya', async (page, hands) => {
      await hands.press('Disable')
      await hands.confirm('Disable')
      await done(page, 'A log-on would fail now, whatever the passcode')
      await hands.press('Enable')
      await page.getByText('Active', { exact: true }).waitFor()
    })
  })

  it('10: my token is broken', async () => {
    await call('10 token broken', 'dmitri', async (page, hands) => {
      await hands.press('Replace')
      await hands.confirm('Replace')
      await done(page, /is replaced by/)
    })
  })

  it('leave nothing against the policy of the pages', () => {
    expect(visit.faults).toEqual([])
  })
})
