import { changeSetting, enableToken, setPassword } from '@driftlock/application'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMAND, codeNow } from '../use-cases/testing/deployment.ts'
import { type ApiServer, makeToken, makeUser, startApi } from './testing/api-server.ts'

const PASSWORD = 'a long enough password'
let api: ApiServer
beforeAll(async () => {
  api = await startApi()
  for (const key of ['features.troubleshooting_links', 'features.temporarily_unavailable', 'emergency.allowed'])
    await changeSetting(api.ports, COMMAND, { key: `self_service.${key}`, value: 'true', scope: 'GLOBAL' })
})
afterAll(() => api.close())

async function call(method: string, path: string, more: { body?: unknown; cookie?: string } = {}) {
  const { body, cookie } = more
  const response = await fetch(`${api.server.url}/api/v1/self-service${path}`, {
    method,
    headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  return { status: response.status, json, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

async function somebody(username: string) {
  const userId = await makeUser(api, username)
  await setPassword(api.ports, COMMAND, { user: userId, password: PASSWORD, mustChange: false })
  const tokenId = await makeToken(api, `${username}-token`, userId)
  await enableToken(api.ports, COMMAND, { token: tokenId })
  return { userId, tokenId }
}

it('logs on by password and shows the tokens of its user alone', async () => {
  await somebody('other')
  await somebody('ada')
  const body = { username: 'ada', method: 'password', secret: PASSWORD }
  const { status, cookie } = await call('POST', '/session', { body })
  expect(status).toBe(200)
  const tokens = (await call('GET', '/tokens', { cookie })).json['items'] as { serial: string }[]
  expect(tokens.map(({ serial }) => serial)).toEqual(['ada-token'])
})

it('treats the token of somebody else as one that is not there', async () => {
  const { userId } = await somebody('curious')
  const { tokenId } = await somebody('victim')
  const cookie = await api.ownerCookie(userId)
  const acts: [string, unknown][] = [
    ['resynchronise', { first: '111111', second: '222222' }],
    ['emergency-codes', { because: 'temporarily-unavailable' }],
    ['change-pin', { currentPin: null, newPin: '8263', confirmPin: '8263' }],
    ['enable', { enableCode: 'X' }],
  ]
  for (const [act, body] of acts) {
    const { json } = await call('POST', `/tokens/${tokenId}/${act}`, { cookie, body })
    expect([act, json['code']]).toEqual([act, 'NOT_FOUND'])
  }
})

it('resynchronises with two successive codes, and names the causes when they are not found', async () => {
  const { userId, tokenId } = await somebody('drifted')
  const cookie = await api.ownerCookie(userId)
  const wrong = await call('POST', `/tokens/${tokenId}/resynchronise`, {
    cookie,
    body: { first: '000000', second: '000001' },
  })
  expect(wrong.json).toMatchObject({ outcome: 'refused', reason: 'resync-pair-not-found' })
  expect(wrong.json['possibleCauses']).toHaveLength(5)
  const body = { first: codeNow(api, 600), second: codeNow(api, 601) }
  expect((await call('POST', `/tokens/${tokenId}/resynchronise`, { cookie, body })).json).toMatchObject({
    outcome: 'resynchronised',
  })
})

it('gives emergency codes once, with the text of the file to export', async () => {
  const { userId, tokenId } = await somebody('misplaced')
  const cookie = await api.ownerCookie(userId)
  const body = { because: 'temporarily-unavailable' }
  const { json } = await call('POST', `/tokens/${tokenId}/emergency-codes`, { cookie, body })
  const codes = json['codes'] as string[]
  expect(codes).toHaveLength(5)
  for (const code of codes) expect(json['fileText']).toContain(code)
  expect(JSON.stringify((await call('GET', '/tokens', { cookie })).json)).not.toContain(codes[0])
})

it('lets a user troubleshoot without a log-on, but nothing else, under a lockout of its own', async () => {
  const { userId } = await somebody('troubled')
  const enter = (password: string) =>
    call('POST', '/troubleshooting-session', { body: { username: 'troubled', password } })
  const { cookie } = await enter(PASSWORD)
  expect((await call('GET', '/tokens', { cookie })).status).toBe(200)
  expect((await call('GET', '/log-ons', { cookie })).status).toBe(401)
  for (let round = 0; round < 5; round++) await enter(`wrong password ${round}`)
  expect((await enter(PASSWORD)).status).toBe(401)
  const found = await api.ports.administration.read.users.find(userId)
  expect(found?.user.guesses.failedAt).toEqual([])
})

it('keeps the sessions of the two consoles apart', async () => {
  const { userId } = await somebody('plain')
  const cookie = await api.ownerCookie(userId)
  const asAdministrator = cookie.replace('driftlock-self-service', 'driftlock-security')
  const response = await fetch(`${api.server.url}/api/v1/session`, { headers: { cookie: asAdministrator } })
  expect(response.status).toBe(401)
})
