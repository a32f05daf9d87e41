import { radiusPromptKey } from '@driftlock/contracts'
import type { RadiusWatch } from '@driftlock/http'
import { defaultRadiusPrompts } from '@driftlock/radius'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiServer, startApi } from './testing/api-server.ts'

let api: ApiServer
let cookie: string
/** What runs at the RADIUS edge; nothing until a test says so. */
let watch: RadiusWatch | undefined
beforeAll(async () => {
  api = await startApi({ radiusWatch: () => watch })
  cookie = await api.cookieOf('super-admin')
})
afterAll(() => api.close())

const PATH = '/api/v1/radius-clients'
const LONG_SECRET = 'a secret of many octets'

async function send(method: string, path: string, body?: unknown, tag?: string) {
  const response = await fetch(`${api.server.url}${path}`, {
    method,
    headers: {
      cookie,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(tag !== undefined && { 'if-match': tag }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  return { status: response.status, tag: response.headers.get('etag') ?? '', answer }
}

const client = (network: string, profile: unknown, secret = LONG_SECRET) => ({
  name: `VPN ${network}`,
  network,
  secret,
  securityDomainId: 'root',
  profile,
})

it('keeps what is said of a RADIUS client and changes only what is named', async () => {
  const profile = {
    supportsChallenge: false,
    language: 'de',
    prompts: { 'access-denied': 'Nein.' },
    translations: { fr: { 'access-denied': 'Non.' } },
    replyAttributes: ['Filter-Id=staff'],
    groups: ['Sales'],
    userNamePattern: 'CORP\\*',
    userNameReplacement: '*',
  }
  const made = await send('POST', PATH, client('192.0.2.1', profile))
  expect([made.status, made.answer]).toMatchObject([201, { profile: { ...profile, stripRealm: false }, warnings: [] }])
  const { id } = made.answer as { id: string } // a RadiusClient
  const changed = await send('PATCH', `${PATH}/${id}`, { profile: { stripRealm: true } }, made.tag)
  expect(changed.answer).toMatchObject({ profile: { ...profile, stripRealm: true } })
  const unmapped = { userNamePattern: '', userNameReplacement: '' }
  expect((await send('PATCH', `${PATH}/${id}`, { profile: unmapped }, changed.tag)).answer).toMatchObject({
    profile: { ...unmapped, groups: ['Sales'] },
  })
})

it.each([
  ['an attribute nobody knows', { replyAttributes: ['Nonsense=1'] }],
  ['an attribute the server sets itself', { replyAttributes: ['State=abc'] }],
  ['a text no Reply-Message can hold', { prompts: { 'new-pin': 'ä'.repeat(200) } }],
  ['a prompt that is never asked', { prompts: { nothing: 'x' } }],
  ['a translation no Reply-Message can hold', { translations: { de: { 'new-pin': 'ä'.repeat(127) } } }],
  ['a translation that is never asked', { translations: { de: { nothing: 'x' } } }],
  ['a language that is no code', { language: 'German' }],
  ['a mapping without its star', { userNamePattern: 'CORP', userNameReplacement: '*' }],
])('refuses %s', async (_, profile) => {
  const { status, answer } = await send('POST', PATH, client('192.0.2.9', profile))
  expect([status, JSON.stringify(answer)]).toEqual([
    expect.toSatisfy((s) => s === 400 || s === 422),
    expect.any(String),
  ])
})

it('names each field that is missing, and says so', async () => {
  const { answer } = await send('POST', PATH, { name: 'VPN' })
  expect(answer).toMatchObject({ code: 'INVALID_REQUEST' })
  const { fields } = answer as { fields: readonly { path: string; message: string }[] } // of a problem
  expect(fields).toContainEqual({ path: '/network', message: 'is missing' })
})

it('warns of a short secret in the answer, without repeating it', async () => {
  const { status, answer } = await send('POST', PATH, client('192.0.2.3', {}, 'short7!'))
  expect(status).toBe(201)
  expect(answer).toMatchObject({ warnings: [expect.stringContaining('16 octets')] })
  expect(JSON.stringify(answer)).not.toContain('short7!')
})

it('says that the answering instance serves no RADIUS when it serves none', async () => {
  const { answer } = await send('GET', '/api/v1/radius-activity')
  expect(answer).toEqual({ servedHere: false, clients: [], unknown: [] })
})

it('shows the sources that are no client, with what they sent and when, to whoever sees the whole tree', async () => {
  const unknown = [{ address: '198.51.100.7', packets: 3, lastSeenAt: api.clock.now() }]
  watch = { counts: () => ({ since: api.clock.now(), clients: {}, unknown }), suspectsWrongSecret: () => false }
  try {
    const { answer } = await send('GET', '/api/v1/radius-activity')
    expect(answer).toEqual({ servedHere: true, clients: [], unknown })
  } finally {
    watch = undefined
  }
})

it('names the same prompts as the RADIUS edge', () => {
  expect(radiusPromptKey.options).toEqual(Object.keys(defaultRadiusPrompts))
})
