import { createCloudAdministrator, removeCloudAdministrator } from '@driftlock/application'
import { COMMAND_CONTEXT } from '@driftlock/cloud'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const PASSWORD = 'correct horse battery staple'

let cloud: ScratchCloud
let service = ''
let own = ''
beforeAll(async () => {
  cloud = await startScratchCloud({ configuration: { limits: { logOnsPerAddressAndMinute: 1000 } } })
  service = await tokenFor('service', null)
  own = await tokenFor('own', cloud.company.id)
})
afterAll(() => cloud.dispose())

interface Asked {
  readonly token?: string
  readonly body?: unknown
  readonly text?: string
}

async function ask(method: string, path: string, { token = service, body, text }: Asked = {}) {
  const type = text === undefined ? 'application/json' : 'text/csv'
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const answer = await fetch(new URL(`/cloud/v1/admin${path}`, cloud.url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(content !== undefined && { 'content-type': type }) },
    ...(content !== undefined && { body: content }),
  })
  const read = await answer.text()
  return { status: answer.status, body: read === '' ? undefined : (JSON.parse(read) as unknown) }
}

async function tokenFor(name: string, companyId: string | null): Promise<string> {
  const { setUpCode } = await createCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, { name, companyId })
  expect((await ask('POST', '/set-up', { body: { name, setUpCode, password: PASSWORD } })).status).toBe(204)
  const { body } = await ask('POST', '/sessions', { body: { name, password: PASSWORD } })
  return z.object({ token: z.string() }).parse(body).token
}

const withId = z.object({ id: z.string() })

describe('administration of the cloud for programs', () => {
  it('asks for a log-on, and ends a session', async () => {
    expect(await ask('GET', '/companies', { token: 'x'.repeat(43) })).toMatchObject({ status: 401 })
    const token = await tokenFor('leaver', null)
    expect((await ask('GET', '/companies', { token })).status).toBe(200)
    expect((await ask('DELETE', '/sessions/current', { token })).status).toBe(204)
    expect(await ask('GET', '/companies', { token })).toMatchObject({ status: 401, body: { code: 'NOT_LOGGED_ON' } })
  })

  it('locks an administrator after ten wrong passwords, and says the same as for nobody', async () => {
    await tokenFor('guessed', null)
    const logOn = (name: string, password: string) => ask('POST', '/sessions', { body: { name, password } })
    const refusals = []
    for (let attempt = 0; attempt < 10; attempt++) refusals.push((await logOn('guessed', 'wrong')).body)
    expect(await logOn('guessed', PASSWORD)).toMatchObject({ status: 401, body: { code: 'LOG_ON_FAILED' } })
    const code = (body: unknown) => z.object({ code: z.string(), detail: z.string() }).parse(body)
    expect(code(refusals[0])).toEqual(code((await logOn('nobody at all', 'wrong')).body))
  })

  it('imports a list, and says which lines it refused', async () => {
    const path = `/companies/${cloud.company.id}/users/import?sourceId=${cloud.source.id}`
    const text = 'displayName;attribute\nAnna;anna\nBerta;berta\nAgain;ANNA\nNobody;\n'
    expect(await ask('POST', path, { token: own, text })).toMatchObject({
      status: 200,
      body: { created: 2, unchanged: 0, faults: [{ line: 4 }, { line: 5 }] },
    })
    expect(await ask('POST', path, { token: own, text })).toMatchObject({ body: { created: 0, unchanged: 2 } })
    expect(await ask('POST', path, { token: own, text: 'name\nx\n' })).toMatchObject({ status: 400 })
  })

  it('leads a user from creation to deletion', async () => {
    const users = `/companies/${cloud.company.id}/users`
    const made = await ask('POST', users, { body: { sourceId: cloud.source.id, attribute: 'carl' } })
    const { id } = withId.parse(made.body)
    expect(await ask('POST', users, { body: { sourceId: cloud.source.id, attribute: 'CARL' } })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_EXISTS' },
    })
    const offered = await ask('POST', `/users/${id}/app-registrations`, { token: own })
    expect(offered.body).toMatchObject({ address: expect.stringMatching(/^driftlock:\/\/register\?service=/) })
    const app = await cloud.registerApp(id)
    expect((await ask('PATCH', `/users/${id}`, { body: { enabled: false } })).status).toBe(204)
    expect(await ask('GET', `/users/${id}`)).toMatchObject({ body: { enabled: false, serial: app.serial } })
    expect((await ask('DELETE', `/users/${id}`)).status).toBe(204)
    expect((await ask('GET', `/users/${id}`)).status).toBe(404)
    const devices = await ask('GET', `/companies/${cloud.company.id}/devices?serial=${app.serial}`)
    expect(devices.body).toMatchObject({ items: [{ status: 'revoked', endReason: 'user-deleted' }] })
  })

  it('keeps the administrator of a company inside it', async () => {
    const made = await ask('POST', '/companies', { body: { name: 'other-company' } })
    const { id } = withId.parse(made.body)
    expect(await ask('GET', '/companies', { token: own })).toMatchObject({
      body: { items: [{ id: cloud.company.id }] },
    })
    expect((await ask('POST', '/companies', { token: own, body: { name: 'mine' } })).status).toBe(403)
    const paths = ['', '/users', '/devices', '/managers', '/audit', '/sources'].map((part) => `/companies/${id}${part}`)
    for (const path of paths)
      expect({ path, ...(await ask('GET', path, { token: own })) }).toMatchObject({ status: 404 })
    expect((await ask('POST', `/companies/${id}/manager-registrations`, { token: own })).status).toBe(404)
    expect((await ask('POST', '/keys/rotation', { token: own, body: {} })).status).toBe(403)
    const admin = { name: 'too much', companyId: null }
    expect((await ask('POST', '/administrators', { token: own, body: admin })).status).toBe(403)
    expect((await ask('GET', '/audit', { token: own })).status).toBe(403)
  })

  it('shows those who serve the whole service what concerns no company, such as who was made one of them', async () => {
    await ask('POST', '/administrators', { body: { name: 'second', companyId: null } })
    const { body } = await ask('GET', '/audit?limit=1')
    expect(body).toMatchObject({ items: [{ action: 'create-administrator', username: 'second' }] })
  })

  it('removes an administrator who left with every session, but nobody oneself, and not the last of the service', async () => {
    const find = async (name: string) => (await cloud.cloud.cloud.read.administratorByName(name))?.id ?? ''
    const token = await tokenFor('leaving', cloud.company.id)
    const outside = await tokenFor('outside', null)
    expect((await ask('DELETE', `/administrators/${await find('outside')}`, { token })).status).toBe(404)
    expect((await ask('DELETE', `/administrators/${await find('leaving')}`, { token })).status).toBe(422)
    expect((await ask('DELETE', `/administrators/${await find('leaving')}`, { token: own })).status).toBe(204)
    expect((await ask('GET', '/companies', { token })).status).toBe(401)
    for (const { id, name } of await cloud.cloud.cloud.read.administrators(null))
      if (name !== 'service') await removeCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, id)
    expect((await ask('GET', '/companies', { token: outside })).status).toBe(401)
    const last = removeCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, await find('service'))
    await expect(last).rejects.toThrow('the last one of the whole service stays')
  })

  it('takes a call without a body, also where the program names its content type', async () => {
    const { id } = await cloud.createUser('empty')
    const answer = await fetch(new URL(`/cloud/v1/admin/users/${id}/unlock`, cloud.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${own}`, 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(204)
  })
})
