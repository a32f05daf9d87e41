import { administrationEndpoints, type Endpoint, permission } from '@driftlock/contracts'
import { ALL_PERMISSIONS, PREDEFINED_ROLES, type PredefinedRoleId } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, type ApiServer, startApi } from './testing/api-server.ts'

const routes: readonly (readonly [string, Endpoint])[] = Object.entries(administrationEndpoints)
const roles = Object.keys(PREDEFINED_ROLES) as PredefinedRoleId[] // the keys of that very table

let api: ApiServer
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

/** Sends nothing that could be done: whoever passes the gate meets a fault of the request, or a mere view. */
async function knock({ method, ...endpoint }: Endpoint, cookie?: string) {
  const url = addressOf({ method, ...endpoint }, { kind: 'token', name: 'all-users' })
  const response = await fetch(`${api.server.url}${url}`, {
    method,
    headers: { ...(cookie !== undefined && { cookie }), 'content-type': 'application/json' },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"":0}' }),
    signal: AbortSignal.timeout(5000),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) await response.body?.cancel()
  else await response.text()
  return response.status
}

it('knows the same permissions as the domain', () => {
  expect(permission.options).toEqual(ALL_PERMISSIONS)
})

it('registers every endpoint of the contract', async () => {
  const { paths } = (await (await fetch(`${api.server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  for (const [, { path, method }] of routes) expect(paths[path]).toHaveProperty(method.toLowerCase())
})

describe('without a session', () => {
  it.each(routes.filter(([, { access }]) => access.type !== 'public'))('%s is refused', async (_, endpoint) => {
    expect(await knock(endpoint)).toBe(401)
  })
})

describe.each(roles)('%s', (role) => {
  it('passes exactly the gates of its permissions', async () => {
    const held: readonly string[] = PREDEFINED_ROLES[role].permissions
    for (const [name, endpoint] of routes) {
      const { access } = endpoint
      if (access.type === 'public' || endpoint.tag === 'session') continue
      const cookie = await api.cookieOf(role)
      const allowed = access.type !== 'permission' || access.anyOf.some((one) => held.includes(one))
      const status = await knock(endpoint, cookie)
      if (!allowed) expect([name, status]).toEqual([name, 403])
      else expect([name, status < 500, status]).toEqual([name, true, status])
    }
  })
})

it('refuses every act to an administrator without a role', async () => {
  const cookie = await api.cookieOf()
  const acts = routes.filter(([, { access }]) => access.type === 'permission')
  const statuses = new Set<number>()
  for (const [, endpoint] of acts) statuses.add(await knock(endpoint, cookie))
  expect([...statuses]).toEqual([403])
})
