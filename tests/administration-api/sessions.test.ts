import { AUTOMATIC_REQUEST_HEADER } from '@driftlock/contracts'
import { enableToken, makeAdministrator, setPassword } from '@driftlock/application'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMAND, codeNow } from '../use-cases/testing/deployment.ts'
import { type ApiServer, makeToken, makeUser, startApi } from './testing/api-server.ts'

const PASSWORD = 'a long enough password'
let api: ApiServer
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

async function call(
  method: string,
  path: string,
  more: { body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
) {
  const { body, cookie, headers } = more
  const response = await fetch(`${api.server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const set = response.headers.get('set-cookie')
  return {
    status: response.status,
    json: (text === '' ? null : JSON.parse(text)) as Record<string, never>,
    cookie: set?.split(';')[0] ?? '',
    attributes: set ?? '',
    headers: response.headers,
  }
}

async function newAdministrator(username: string) {
  const userId = await makeUser(api, username)
  const { setupCode } = await makeAdministrator(api.ports, COMMAND, { user: userId })
  return { userId, setupCode }
}

it('lets the first administrator in by the set-up code once', async () => {
  const { setupCode } = await newAdministrator('first')
  const body = { username: 'first', setupCode, newPassword: PASSWORD }
  const done = await call('POST', '/session/set-up', { body })
  expect(done.status).toBe(200)
  expect(done.attributes).toMatch(/^driftlock-security=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await call('GET', '/session', { cookie: done.cookie })).json).toMatchObject({
    hasToken: false,
    via: 'session',
  })
  expect((await call('POST', '/session/set-up', { body })).status).toBe(403)
})

it('asks for password and passcode, sets the first PIN inside the log-on, and says nothing of what was wrong', async () => {
  const { userId } = await newAdministrator('second')
  await setPassword(api.ports, COMMAND, { user: userId, password: PASSWORD, mustChange: false })
  await makeToken(api, 'second-token', userId)
  await enableToken(api.ports, COMMAND, { token: 'second-token' })
  const logOn = (password: string, passcode: string) =>
    call('POST', '/session', { body: { username: 'second', password, passcode } })
  const wrong = [await logOn('wrong password!', codeNow(api)), await logOn(PASSWORD, '000000')]
  expect(wrong.map(({ status, json }) => [status, json['code'], json['detail']])).toEqual([
    [401, 'LOG_ON_FAILED', wrong[0]?.json['detail']],
    [401, 'LOG_ON_FAILED', wrong[0]?.json['detail']],
  ])
  let step = await logOn(PASSWORD, codeNow(api))
  expect(step.json).toMatchObject({ status: 'question', question: { type: 'new-pin' } })
  for (const answer of ['8263', '8263']) {
    const body = { username: 'second', continuation: step.json['continuation'], answer }
    step = await call('POST', '/session/answer', { body })
  }
  expect(step.json).toMatchObject({ question: { type: 'passcode-after-new-pin' } })
  api.clock.advanceMs(60_000)
  const body = { username: 'second', continuation: step.json['continuation'], answer: `8263${codeNow(api)}` }
  const done = await call('POST', '/session/answer', { body })
  expect(done.json).toMatchObject({ status: 'logged-on', session: { user: { username: 'second' }, hasToken: true } })
})

it('counts wrong passwords against the lockout', async () => {
  const { userId } = await newAdministrator('guessed')
  await setPassword(api.ports, COMMAND, { user: userId, password: PASSWORD, mustChange: false })
  for (let round = 0; round < 5; round++)
    await call('POST', '/session', { body: { username: 'guessed', password: `wrong ${round}`, passcode: '000000' } })
  const found = await api.ports.administration.read.users.find(userId)
  expect(found?.user.guesses.lockedAt).not.toBeNull()
})

it('refuses what another site sends, with or without Sec-Fetch-Site', async () => {
  const cookie = await api.cookieOf('super-admin')
  const headers: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ]
  for (const one of headers)
    expect((await call('DELETE', '/session', { cookie, headers: one })).json).toMatchObject({
      code: 'CROSS_SITE_REQUEST',
    })
  expect((await call('GET', '/session', { cookie })).status).toBe(200)
})

it('ends sessions by log-off, by revoking all, after disuse and in the end', async () => {
  const one = await api.cookieOf('super-admin')
  expect((await call('DELETE', '/session', { cookie: one })).status).toBe(204)
  expect((await call('GET', '/session', { cookie: one })).status).toBe(401)
  const two = await api.cookieOf('super-admin')
  await call('DELETE', '/session/all', { cookie: two })
  expect((await call('GET', '/session', { cookie: two })).status).toBe(401)
  const three = await api.cookieOf('super-admin')
  api.clock.advanceMs(16 * 60_000)
  expect((await call('GET', '/session', { cookie: three })).status).toBe(401)
  const four = await api.cookieOf('super-admin')
  for (let minutes = 0; minutes < 12 * 60; minutes += 10) {
    api.clock.advanceMs(10 * 60_000)
    await call('GET', '/session', { cookie: four })
  }
  expect((await call('GET', '/session', { cookie: four })).status).toBe(401)
})

it('ends the session of a console left open, though its page goes on loading what it shows', async () => {
  const cookie = await api.cookieOf('super-admin')
  const headers = { [AUTOMATIC_REQUEST_HEADER]: '1' }
  const statuses: number[] = []
  for (let minutes = 0; minutes < 20; minutes += 5) {
    api.clock.advanceMs(5 * 60_000)
    statuses.push((await call('GET', '/session', { cookie, headers })).status)
  }
  expect(statuses).toEqual([200, 200, 401, 401])
})

it('lets an API key do what it is narrowed to, until it is revoked', async () => {
  const cookie = await api.cookieOf('super-admin')
  const body = { name: 'script', permissions: ['view-tokens'], expiresAt: null }
  const made = (await call('POST', '/api-keys', { cookie, body })).json as unknown as {
    secret: string
    apiKey: { id: string }
  }
  const headers = { authorization: `Bearer ${made.secret}` }
  expect((await call('GET', '/tokens', { headers })).status).toBe(200)
  expect((await call('GET', '/users', { headers })).status).toBe(403)
  await call('DELETE', `/api-keys/${made.apiKey.id}`, { cookie })
  expect((await call('GET', '/tokens', { headers })).status).toBe(401)
})

it('demands the ETag that was read, and refuses a stale one', async () => {
  const cookie = await api.cookieOf('super-admin')
  await makeUser(api, 'tagged')
  const read = await call('GET', '/users/tagged', { cookie })
  const etag = read.headers.get('etag') ?? ''
  const change = (headers: Record<string, string>) =>
    call('PATCH', '/users/tagged', { cookie, headers, body: { firstName: 'Ada' } })
  expect((await change({})).status).toBe(428)
  expect((await change({ 'if-match': etag })).status).toBe(200)
  expect((await change({ 'if-match': etag })).json).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' })
})

it('answers a repeated Idempotency-Key with the first answer, and refuses it for another request', async () => {
  const cookie = await api.cookieOf('super-admin')
  const create = (username: string) =>
    call('POST', '/users', {
      cookie,
      headers: { 'idempotency-key': 'create-once' },
      body: { username, securityDomainId: 'root' },
    })
  const [first, again] = [await create('once'), await create('once')]
  expect([first.status, again.status, again.json]).toEqual([201, 201, first.json])
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect((await create('twice')).json).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
})

it('keeps a long first answer for the repetition too', async () => {
  const cookie = await api.cookieOf('super-admin')
  const create = () =>
    call('POST', '/users', {
      cookie,
      headers: { 'idempotency-key': 'create-long' },
      body: { username: 'long', securityDomainId: 'root', notes: '€'.repeat(1024) },
    })
  const [first, again] = [await create(), await create()]
  expect([first.status, again.status, again.json]).toEqual([201, 201, first.json])
})

it('shows what happens as it happens, to whoever asked for that channel', async () => {
  const cookie = await api.cookieOf('super-admin')
  const response = await fetch(`${api.server.url}/api/v1/activity/events?channel=administration`, {
    headers: { cookie },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  api.clock.advanceMs(1)
  await makeUser(api, 'seen-live')
  let text = ''
  while (!text.includes('event: activity')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect(text).toContain('"action":"create-user"')
})

it('imports an upload as it comes in and reports it as a job', async () => {
  const cookie = await api.cookieOf('super-admin')
  const file = `# version: 1\nimported-1, ${'31'.repeat(20)}, TOTP, 6, 30\n`
  const response = await fetch(
    `${api.server.url}/api/v1/token-imports?fileName=a.csv&securityDomainId=root&format=csv`,
    {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: file,
    },
  )
  expect(await response.json()).toMatchObject({ status: 'succeeded', result: { outcome: 'imported', inserted: 1 } })
})
