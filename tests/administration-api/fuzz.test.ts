import { administrationEndpoints, type Endpoint, selfServiceEndpoints } from '@driftlock/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { workMsSince } from '../../core/formats/testing/work-since.ts'
import { addressOf, type ApiServer, makeToken, makeUser, startApi } from './testing/api-server.ts'
import { valueOf } from './testing/arbitrary-of-schema.ts'

const routes: readonly (readonly [string, Endpoint])[] = Object.entries({
  ...administrationEndpoints,
  ...selfServiceEndpoints,
})
/** Of processor time: how busy the machine is otherwise does not count. */
const SLOWEST_MS = 1_000
const RUNS = 12

let api: ApiServer
let cookies: string
let ids: Readonly<Record<string, string>>
let made = 0
beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  made += 1
  const userId = await makeUser(api, `fuzzed-${made}`)
  ids = { userId, tokenId: await makeToken(api, `fuzzed-${made}`, userId), securityDomainId: 'root' }
  cookies = `${await api.cookieOf('super-admin')}; ${await api.ownerCookie(userId)}`
})
afterAll(() => api.close())

const ENDS_SESSIONS = new Set(['logOff', 'revokeAllSessions', 'logOffSelfService', 'changePassword'])

it.each(routes)('%s: never a 500, never a stack trace, never slow', async (name, endpoint) => {
  if (ENDS_SESSIONS.has(name)) return expect(endpoint.access.type).not.toBe('permission')
  const request = fc.record({
    params: partOf(endpoint.params),
    query: partOf(endpoint.query),
    body:
      endpoint.body === undefined ? fc.constant(undefined) : fc.oneof(valueOf(jsonSchema(endpoint.body)), fc.json()),
    known: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ params, query, body, known }) => {
      const { status, text, workMs } = await send(endpoint, {
        params: known ? { ...params, ...ids } : params,
        query,
        body,
      })
      expect({ status: status < 500, text }).toEqual({ status: true, text })
      expect(text).not.toMatch(/\bat .+\.(ts|js|mjs):\d+/)
      expect(workMs).toBeLessThan(SLOWEST_MS)
    }),
    { numRuns: RUNS },
  )
})

function jsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: 'input' })
}

function partOf(schema: z.ZodObject | undefined): fc.Arbitrary<Record<string, unknown>> {
  if (schema === undefined) return fc.constant({})
  return valueOf(jsonSchema(schema)) as fc.Arbitrary<Record<string, unknown>> // an object schema makes objects
}

interface Sent {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly body: unknown
}

async function send(endpoint: Endpoint, { params, query, body }: Sent) {
  const inPath = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value).toWellFormed()]))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const before = process.threadCpuUsage()
  const response = await fetch(`${api.server.url}${addressOf(endpoint, inPath)}?${search.toString()}`, {
    method: endpoint.method,
    headers: {
      cookie: cookies,
      'if-match': '"1"',
      'content-type': endpoint.stream === 'upload' ? 'application/octet-stream' : 'application/json',
    },
    ...(endpoint.method === 'GET' || endpoint.method === 'DELETE' ? {} : { body: JSON.stringify(body) ?? '' }),
  })
  const workMs = workMsSince(before)
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (isStream) await response.body?.cancel()
  return { status: response.status, text: isStream ? '' : await response.text(), workMs }
}
