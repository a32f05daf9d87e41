import { COMMAND_CONTEXT } from '@driftlock/cloud'
import { createCloudAdministrator } from '@driftlock/application'
import { TestManager } from '@driftlock/cloud-keys/testing'
import { DE } from '../../apps/cloud/console/texts/de.ts'
import { EN } from '../../apps/cloud/console/texts/en.ts'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PASSWORD = 'correct horse battery staple'

let cloud: ScratchCloud
beforeAll(async () => {
  cloud = await startScratchCloud({ configuration: { limits: { logOnsPerAddressAndMinute: 1000 } } })
})
afterAll(() => cloud.dispose())

/** A browser without script: keeps the cookie, follows redirects after a form. */
class Visitor {
  cookie = ''
  language = ''

  async open(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; path: string }> {
    const answer = await fetch(new URL(path, cloud.url), {
      ...init,
      headers: { cookie: `${this.cookie}; ${this.language}`, 'sec-fetch-site': 'same-origin', ...init.headers },
      redirect: 'manual',
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [set = ''] = cookie.split(';')
      if (set.startsWith('driftlock-language=')) this.language = set
      else this.cookie = set
    }
    const next = answer.headers.get('location')
    if (next !== null) return this.open(next)
    return { status: answer.status, text: await answer.text(), path }
  }

  send(path: string, fields: Readonly<Record<string, string>>) {
    return this.open(path, { method: 'POST', body: new URLSearchParams(fields) })
  }
}

async function loggedOn(companyId: string | null): Promise<Visitor> {
  const name = `admin-${crypto.randomUUID()}`
  const { setUpCode } = await createCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, { name, companyId })
  const visitor = new Visitor()
  expect((await visitor.send('/set-up', { name, setUpCode, password: PASSWORD })).status).toBe(200)
  return visitor
}

describe('the console of the cloud', () => {
  it('asks whoever is not logged on to log on, and takes a set-up code once', async () => {
    expect((await new Visitor().open('/companies')).path).toBe('/log-on')
    const name = 'first'
    const { setUpCode } = await createCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, { name, companyId: null })
    const visitor = new Visitor()
    expect((await visitor.send('/set-up', { name, setUpCode, password: 'short' })).status).toBe(422)
    expect(await visitor.send('/set-up', { name, setUpCode, password: PASSWORD })).toMatchObject({ path: '/companies' })
    expect((await new Visitor().send('/set-up', { name, setUpCode, password: PASSWORD })).status).toBe(401)
    await visitor.send('/log-off', {})
    expect((await visitor.open('/companies')).path).toBe('/log-on')
    expect((await visitor.send('/log-on', { name, password: 'wrong password' })).status).toBe(401)
    expect((await visitor.send('/log-on', { name, password: PASSWORD })).path).toBe('/companies')
  })

  it('leads an administrator from a user to a registration code, to the app, and to its revocation', async () => {
    const visitor = await loggedOn(cloud.company.id)
    const base = `/companies/${cloud.company.id}`
    const made = await visitor.send(`${base}/users`, {
      sourceId: cloud.source.id,
      attribute: 'berta',
      displayName: '<b>Berta</b>',
    })
    expect(made.text).toContain('&lt;b&gt;Berta&lt;/b&gt;')
    const userPath = made.path.split('?')[0] ?? ''
    const code = await visitor.send(`${userPath}/app-registration`, {})
    expect(code.text).toContain('<svg class="qr"')
    expect(code.text).toMatch(/class="code">[2-9A-Z]{4}(-[2-9A-Z]{4}){4}</)
    const app = await cloud.registerApp(userPath.slice('/users/'.length))
    expect((await visitor.open(`${base}/users?text=BER`)).text).toContain(app.serial)
    expect((await visitor.open(`${base}/devices?serial=${app.serial}&status=active`)).text).toContain('berta')
    const after = await visitor.send(`/devices/${app.serial}/revoke`, {})
    expect(after.text).toContain('Revoked.')
    expect((await visitor.open(`${base}/audit`)).text).toContain('An authenticator app was revoked')
  })

  it('connects and disconnects a manager by a code that is shown once', async () => {
    const visitor = await loggedOn(cloud.company.id)
    const base = `/companies/${cloud.company.id}/managers`
    const page = await visitor.send(`${base}/registration`, {})
    const code = /class="code">([\w-]{43}\.[\w-]{43})</.exec(page.text)?.[1] ?? ''
    const manager = await TestManager.connect(cloud.url, code)
    expect((await visitor.open(base)).text).toContain('Test deployment')
    expect((await visitor.send(`/managers/${manager.managerId}/revoke`, {})).text).toContain('disconnected')
    expect((await manager.call('GET', '/cloud/v1/status')).body).toMatchObject({ code: 'MANAGER_REVOKED' })
  })

  it('switches high availability, adds a source and imports a list', async () => {
    const visitor = await loggedOn(cloud.company.id)
    const base = `/companies/${cloud.company.id}`
    expect((await visitor.send(`${base}/high-availability`, { enabled: 'false' })).text).toContain('is off')
    expect((await visitor.send(`${base}/high-availability`, { enabled: 'true' })).text).toContain('is on')
    expect((await visitor.send(`${base}/sources`, { name: 'Contractors' })).text).toContain('Contractors')
    const list = 'attribute,displayName\nimp1,"One, first"\nimp2,\nimp1,again\n,nobody\n'
    const report = await visitor.send(`${base}/users/import`, { sourceId: cloud.source.id, list })
    expect(report.text).toContain('the same user comes before')
    expect((await visitor.open(`${base}/users?text=imp`)).text).toContain('One, first')
    const nameless = `attribute,displayName\n${',nobody\n'.repeat(150)}`
    const refused = await visitor.send(`${base}/users/import`, { sourceId: cloud.source.id, list: nameless })
    expect(refused.text).toContain('<dd>150</dd>')
    expect(refused.text).toContain('The first 100 of them:')
  })

  it('shows an administrator of one company nothing of another, not even that it is there', async () => {
    const other = await loggedOn(null)
    const made = await other.send('/companies', { name: `other-${Date.now()}`, displayName: 'Other' })
    const visitor = await loggedOn(cloud.company.id)
    for (const path of [made.path.split('?')[0] ?? '', '/companies/nowhere']) {
      expect((await visitor.open(path)).status).toBe(404)
    }
    expect((await visitor.open('/companies')).status).toBe(403)
    expect((await visitor.open('/audit')).status).toBe(403)
    expect((await other.open('/audit')).text).toContain('Other')
    expect((await visitor.send('/companies', { name: 'mine' })).status).toBe(403)
  })

  it('removes an administrator after asking, but offers nobody to remove oneself', async () => {
    const visitor = await loggedOn(null)
    await visitor.send('/administrators', { name: 'leaver', companyId: '' })
    const { text } = await visitor.open('/administrators')
    const [, action = ''] =
      /action="(\/administrators\/[\w-]+\/remove)">\s*<div><button[^>]*>Remove leaver</.exec(text) ?? []
    const after = await visitor.send(action, {})
    expect(after.text).toContain('The administrator is removed.')
    expect(after.text).not.toContain('leaver')
    const own = await cloud.cloud.cloud.read.administratorByName(/<span>(admin-[\w-]+)<\/span>/.exec(text)?.[1] ?? '')
    expect(text).not.toContain(`/administrators/${own?.id}/remove`)
    expect((await visitor.send(`/administrators/${own?.id}/remove`, {})).text).toContain('nobody removes oneself')
  })

  it('refuses what another site makes a browser send', async () => {
    const visitor = await loggedOn(cloud.company.id)
    const path = `/companies/${cloud.company.id}/high-availability`
    const headers = { 'sec-fetch-site': 'cross-site' }
    const body = new URLSearchParams({ enabled: 'false' })
    expect((await visitor.open(path, { method: 'POST', body, headers })).status).toBe(403)
    expect((await cloud.cloud.cloud.read.company(cloud.company.id))?.haEnabled).toBe(true)
  })

  it('has no inline script or style in any page', async () => {
    const visitor = await loggedOn(null)
    const base = `/companies/${cloud.company.id}`
    for (const path of [
      '/log-on',
      '/set-up',
      '/companies',
      '/administrators',
      base,
      `${base}/users`,
      `${base}/devices`,
    ]) {
      const { text, status } = await visitor.open(path)
      expect(status).toBe(200)
      expect(text).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/)
    }
  })

  it('speaks German on every page to a browser that asks for it', async () => {
    const visitor = await loggedOn(null)
    const base = `/companies/${cloud.company.id}`
    const { id } = await cloud.createUser('dieter')
    await cloud.revokeApp((await cloud.registerApp(id)).serial)
    const pages = ['', '/users', '/users/import', '/devices', '/managers', '/audit'].map((page) => `${base}${page}`)
    const outside = ['/log-on', '/set-up', '/companies', '/administrators', '/audit', '/second-factor', `/users/${id}`]
    const headers = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' }
    for (const path of [...pages, ...outside, '/companies/nowhere']) {
      const { text } = await visitor.open(path, { headers })
      expect(text).toContain('<html lang="de">')
      expect({ path, english: englishIn(text) }).toEqual({ path, english: [] })
    }
    const code = await visitor.open(`/users/${id}/app-registration`, { method: 'POST', headers })
    expect(code.text).toContain('App registrieren</h1>')
    expect(englishIn(code.text)).toEqual([])
  })

  it('changes its language by a link that keeps the search, and remembers it', async () => {
    const visitor = await loggedOn(cloud.company.id)
    const base = `/companies/${cloud.company.id}/users`
    const page = await visitor.open(`${base}?text=zo&done=saved`)
    const [, link = ''] = /<a href="([^"]+)" lang="de"/.exec(page.text) ?? []
    expect(link).toBe(`${base}?text=zo&amp;lang=de`)
    expect((await visitor.open(link.replaceAll('&amp;', '&'))).text).toContain('Einen solchen Benutzer gibt es nicht.')
    const refused = await visitor.send(base, { sourceId: cloud.source.id, attribute: '' })
    expect(refused.text).toContain('Benutzer: Geben Sie 1 bis 255 Zeichen ein')
    expect((await visitor.send('/log-off', {})).text).toContain('Anmelden</h1>')
    expect((await visitor.open('/log-on?lang=en')).text).toContain('Log on</h1>')
    expect((await visitor.open('/log-on')).text).toContain('<html lang="en">')
  })
})

const same = new Set(Object.values(DE).flatMap((section) => Object.values(section)))

/** English texts of the console that stand in a page as somebody's whole words. */
function englishIn(page: string): string[] {
  const said = new Set(page.split(/<[^>]*>/).map((piece) => piece.trim()))
  const texts = Object.values(EN).flatMap((section) => Object.values(section))
  return texts.filter((text): text is string => typeof text === 'string' && said.has(text) && !same.has(text))
}
