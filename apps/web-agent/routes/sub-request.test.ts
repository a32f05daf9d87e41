import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverLogger } from '@driftlock/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configurationSchema } from '../configuration/configuration.ts'
import { Seal } from '../sealing/seal.ts'
import { LogOffList } from '../session/log-off-list.ts'
import { SessionKeeper } from '../session/session-keeper.ts'
import { type RunningWebAgent, startWebAgent } from '../start-web-agent.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-sub-request-'))
const key = randomBytes(32)
let agent: RunningWebAgent

beforeAll(async () => {
  const keyFile = join(folder, 'agent.key')
  const cookieKeyFile = join(folder, 'cookie.key')
  writeFileSync(keyFile, 'a key\n', { mode: 0o600 })
  writeFileSync(cookieKeyFile, `${key.toString('base64')}\n`, { mode: 0o600 })
  const configuration = configurationSchema.parse({
    managers: ['http://127.0.0.1:9/mfa/v1_1'],
    agent: { id: 'portal', keyFile },
    cookieKeyFile,
    listen: { port: 0 },
    rules: [
      { path: '/open', access: 'open' },
      { path: '/closed', access: 'closed' },
    ],
    log: 'silent',
  })
  agent = await startWebAgent(configuration, serverLogger({ level: 'silent' }))
})
afterAll(async () => {
  await agent.stop(500)
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request with exactly these headers, `Host` too. */
function send(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const { hostname, port } = new URL(agent.url)
  return new Promise((resolve, reject) => {
    const request = ask({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    request.on('error', reject).end()
  })
}

/** A session of Ada's at app.example.com, as the browser carries it; last seen so many minutes ago. */
function cookieOfAda(minutesAgo = 0): string {
  const limits = { idleMs: 1_800_000, absoluteMs: 28_800_000, bindAddress: false }
  const sessions = new SessionKeeper(new Seal([key]), limits, new LogOffList({ file: undefined, key, keepMs: 1 }))
  const visitor = { username: 'ada', groups: ['SystemDomain', 'Müller, Söhne'], loggedOnAt: Date.now() }
  const seen = { ...visitor, loggedOnAt: Date.now() - minutesAgo * 60_000 }
  return `other=1; __Host-driftlock=${sessions.begin(seen, { host: 'app.example.com', address: '192.0.2.7' })}; more=2`
}

const BROWSER = {
  accept: 'text/html,application/xhtml+xml',
  'accept-encoding': 'gzip, deflate, br',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
  'user-agent': 'Mozilla/5.0',
}

/** What a browser sent beside its own headers to be let in as somebody else; proxies that copy everything pass it on. */
const FORGED = { 'remote-user': 'admin', 'remote-groups': 'Administrators', 'x-original-uri': '/open' }

/**
 * Traefik's forwardAuth: always GET, no body, the agent's own Host; all headers of the browser but the hop-by-hop ones, and the
 * X-Forwarded-* set by Traefik itself (trustForwardHeader is off).
 */
function fromTraefik(path: string, more: Readonly<Record<string, string>> = {}, method = 'GET') {
  return send('GET', '/.driftlock/forward', {
    host: '127.0.0.1:8480',
    ...BROWSER,
    ...FORGED,
    ...more,
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-method': method,
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'app.example.com',
    'x-forwarded-uri': path,
  })
}

/**
 * Envoy's ext_authz over HTTP: method, Host and path of the browser, the path behind path_prefix; content-length 0 and no body;
 * of the headers those alone that the configuration allows.
 */
function fromEnvoy(path: string, more: Readonly<Record<string, string>> = {}, method = 'GET') {
  const { accept, 'sec-fetch-mode': mode } = BROWSER
  return send(method, `/.driftlock/envoy${path}`, {
    host: 'app.example.com',
    accept,
    'sec-fetch-mode': mode,
    ...more,
    'content-length': '0',
    'x-envoy-internal': 'true',
    'x-forwarded-for': '10.0.0.5',
  })
}

describe.each([
  ['Traefik', fromTraefik, 'https://app.example.com'],
  ['Envoy', fromEnvoy, ''],
] as const)('a sub-request as %s sends it', (_name, from, site) => {
  it('lets in whoever is logged on, and names them whatever the browser said', async () => {
    const { status, headers, text } = await from('/reports?month=3', { cookie: cookieOfAda() })
    expect({ status, text }).toEqual({ status: 200, text: '' })
    expect(headers['remote-user']).toBe('ada')
    expect(headers['remote-groups']).toBe('SystemDomain,M%C3%BCller%2C S%C3%B6hne')
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('renews a session that is used, with an answer of 200 as well', async () => {
    const { status, headers } = await from('/', { cookie: cookieOfAda(5) })
    expect(status).toBe(200)
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-driftlock=[\w-]+; Path=\/; Secure/)])
  })

  it('sends a person to the log-on of the browser’s own address, and back to where they wanted to go', async () => {
    const { status, headers } = await from('/reports?month=3&year=2026')
    expect(status).toBe(303)
    expect(headers.location).toBe(`${site}/.driftlock/log-on?to=%2Freports%3Fmonth%3D3%26year%3D2026`)
    expect(headers['remote-user']).toBe('')
  })

  it('gives a script and a form a status instead of a page', async () => {
    expect((await from('/api', { 'sec-fetch-mode': 'cors' })).status).toBe(401)
    const posted = await from('/api', { cookie: '' }, 'POST')
    expect({ status: posted.status, location: posted.headers.location }).toEqual({ status: 401, location: undefined })
  })

  it('takes every method for whoever is logged on', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      const { status } = await from('/reports', { cookie: cookieOfAda() }, method)
      expect({ method, status }).toEqual({ method, status: 200 })
    }
  })

  it('shows the page of refusal for a closed path, however it is spelt', async () => {
    for (const path of ['/closed', '//closed/x', '/%63losed', '/open/%2e%2e/closed', '/open/..%2fclosed', '/%zz']) {
      const { status } = await from(path, { cookie: cookieOfAda() })
      expect([400, 403]).toContain(status)
    }
    const { text } = await from('/closed', { cookie: cookieOfAda() })
    expect(text).toContain('No access to this page')
  })

  it('lets everybody in to an open path, as nobody', async () => {
    const { status, headers } = await from('/open/door')
    expect(status).toBe(200)
    expect([headers['remote-user'], headers['remote-groups']]).toEqual(['', ''])
  })

  it('judges a path of any length', async () => {
    const { status } = await from(`/reports/${'x'.repeat(3000)}`, { cookie: cookieOfAda() })
    expect(status).toBe(200)
  })
})

it('refuses a sub-request that does not say which path it is about', async () => {
  expect((await send('GET', '/.driftlock/forward', { host: 'app.example.com', cookie: cookieOfAda() })).status).toBe(
    403,
  )
  expect((await send('GET', '/.driftlock/check', { host: 'app.example.com', cookie: cookieOfAda() })).status).toBe(403)
})
