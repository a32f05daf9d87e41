import { startRadius } from '@driftlock/driftlock'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, codeOf, passcodeOf, startAgentInstance } from '../agent-api/testing/agent-instance.ts'
import { SECRET, setRadiusClient } from '../interop/testing/radius-instance.ts'
import { runProgram } from '../interop/testing/run-program.ts'
import { launchChromium } from './browser/chromium.ts'
import { answer, heading, logOn, openUserPage } from './testing/log-on-user.ts'
import { type ManagerAddress, openManagerAddress } from './testing/manager-address.ts'
import { type ProtectedSite, startProtectedSite } from './testing/protected-site.ts'

let first: AgentInstance
let browser: Browser
let addresses: readonly [ManagerAddress, ManagerAddress]
let site: ProtectedSite

beforeAll(async () => {
  first = await startAgentInstance()
  browser = await launchChromium()
  addresses = [await openManagerAddress(first.url), await openManagerAddress(first.url)]
  const { clientId, clientKey } = first
  site = await startProtectedSite({ proxy: 'nginx', managers: addresses.map(({ url }) => url), clientId, clientKey })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await Promise.all(addresses.map((address) => address.close()))
  await first.close()
})

describe('managers that fail', () => {
  it('logs a user on when the first manager is dead', async () => {
    addresses[0].pointTo(undefined)
    const holder = await first.addHolder('first-dead')
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'first-dead', passcodeOf(holder))
    expect(await heading(page)).toBe('The application')
    await context.close()
    addresses[0].pointTo(first.url)
  })

  it('goes on at the second manager when the first dies in mid-dialogue', async () => {
    const second = await startAgentInstance({ besides: first, name: 'am2' })
    addresses[1].pointTo(second.url)
    addresses[0].pointTo(first.url)
    const holder = await first.addHolder('moving', { pin: '' })
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'moving', codeOf(holder))
    expect(await heading(page)).toBe('Choose a new PIN')
    addresses[0].pointTo(undefined)
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('Log on with your new PIN')
    await answer(page, `5937${codeOf(holder, 1)}`)
    expect(await heading(page)).toBe('The application')
    await context.close()
    addresses[1].pointTo(first.url)
    await second.close()
  })

  it('says that nothing was decided when no manager answers, and takes the answer afterwards', async () => {
    addresses[0].pointTo(first.url)
    addresses[1].pointTo(first.url)
    const holder = await first.addHolder('patient', { badTokencodeCount: 3 })
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'patient', passcodeOf(holder))
    expect(await heading(page)).toBe('Next tokencode')
    for (const address of addresses) address.pointTo(undefined)
    await answer(page, codeOf(holder, 1))
    expect(await heading(page)).toBe('The log-on service cannot be reached')
    for (const address of addresses) address.pointTo(first.url)
    await page.click('a.button')
    expect(await heading(page)).toBe('Next tokencode')
    await answer(page, codeOf(holder, 1))
    expect(await heading(page)).toBe('The application')
    await context.close()
  })
})

describe('seed 003: a VPN that cannot ask', () => {
  it('lets the user in after a visit to the page', async () => {
    const radius = await startRadius(first.instance, { addresses: ['127.0.0.1'], port: 0, onError: () => undefined })
    const port = radius.bound.udp[0]?.port ?? 0
    const holder = await first.addHolder('remote', { pin: '' })
    await setRadiusClient(first.instance, { supportsChallenge: false }, SECRET)
    await radius.reload()
    expect(await overRadius(port, 'remote', codeOf(holder, -1))).toBe('Access-Reject')
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/.driftlock/done`)
    await logOn(page, 'remote', codeOf(holder))
    await answer(page, '5937', '5937')
    await answer(page, `5937${codeOf(holder, 1)}`)
    expect(await page.textContent('.done')).toBe(
      'Your Token is now configured for use with your company VPN connection.',
    )
    await context.close()
    expect(await overRadius(port, 'remote', `5937${codeOf(holder, 2)}`)).toBe('Access-Accept')
    await radius.close()
  })
})

describe('a manager on an embedded database that is restarted in mid-dialogue', () => {
  let again: AgentInstance

  afterAll(() => again.close())

  async function restart(running: AgentInstance): Promise<void> {
    for (const address of addresses) address.pointTo(undefined)
    await running.running.stop(1000)
    again = await startAgentInstance({ besides: first, name: 'am1' })
    for (const address of addresses) address.pointTo(again.url)
  }

  it('goes on with the question that was open, the first and every later one', async () => {
    const holder = await first.addHolder('restarted', { pin: '' })
    const { page, context } = await openUserPage(browser)
    await page.goto(`${site.url}/`)
    await logOn(page, 'restarted', codeOf(holder))
    expect(await heading(page)).toBe('Choose a new PIN')
    await restart(first)
    await answer(page, '1234', '1234')
    expect(await page.textContent('.failure')).toContain('cannot be used')
    const step = await page.inputValue('input[name=step]')
    await restart(again)
    await answer(page, '5937', '5937')
    expect(await heading(page)).toBe('Log on with your new PIN')
    await restart(again)
    const form = { step, answer: '6048', again: '6048' }
    const late = await context.request.post(`${site.url}/.driftlock/step`, { form })
    expect(await late.text()).toContain('This step is over already')
    await answer(page, `5937${codeOf(holder, 1)}`)
    expect(await heading(page)).toBe('The application')
    await context.close()
  })
})

async function overRadius(port: number, username: string, password: string): Promise<string> {
  const request = `User-Name = "${username}", User-Password = "${password}", Message-Authenticator = 0x00\n`
  const args = ['-x', '-t', '3', '-r', '1', `127.0.0.1:${port}`, 'auth', SECRET]
  const { output } = await runProgram('radclient', args, request)
  return /Received (\S+)/.exec(output)?.[1] ?? `nothing: ${output}`
}
