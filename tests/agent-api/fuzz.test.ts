import { randomUUID } from 'node:crypto'
import {
  authnResponseSchema,
  authnStatusResponseSchema,
  cancelAttemptSchema,
  checkStatusSchema,
  initializeSchema,
  promptResourcesQuerySchema,
  resourcesResponseSchema,
  verifySchema,
} from '@driftlock/contracts'
import { type ScratchPostgresql, startScratchPostgresql } from '@driftlock/sql/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { workMsSince } from '../../core/formats/testing/work-since.ts'
import { valueOf } from '../administration-api/testing/arbitrary-of-schema.ts'
import {
  type AgentInstance,
  HandDialogue,
  initializeMessage,
  oneStep,
  outline,
  startAgentInstance,
} from './testing/agent-instance.ts'

/** Of processor time: how busy the machine is otherwise does not count. */
const SLOWEST_MS = 1_000
const RUNS = 60
const USER = 'fuzzed'

let postgresql: ScratchPostgresql
let server: AgentInstance
beforeAll(async () => {
  // Of the two engines the one that refuses more of what may stand in a text.
  postgresql = await startScratchPostgresql()
  server = await startAgentInstance({ database: await postgresql.createDatabase() })
  await server.addHolder(USER)
})
afterAll(async () => {
  await server.close()
  await postgresql.stop()
})

/** A live attempt now and then, so that messages get past the first look. */
async function withLiveAttempt(message: unknown): Promise<unknown> {
  const { last } = await HandDialogue.begin(server, USER, { keepAttempt: true })
  const { authnAttemptId, messageId } = last.context
  const context = { authnAttemptId, messageId: randomUUID(), inResponseTo: messageId }
  return typeof message === 'object' && message !== null ? { ...message, authnAttemptId, context } : message
}

function messageOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: valueOf(z.toJSONSchema(schema, { io: 'input' })), weight: 4 },
    { arbitrary: fc.jsonValue(), weight: 1 },
  )
}

async function inBounds(ask: () => Promise<Response>, answer: z.ZodType): Promise<void> {
  const before = process.threadCpuUsage()
  const response = await ask()
  const text = await response.text()
  const workMs = workMsSince(before)
  expect({ status: response.status, text }).toEqual({
    status: expect.toSatisfy((status: number) => status < 500),
    text,
  })
  expect(text).not.toMatch(/\bat .+\.(ts|js|mjs):\d+/)
  expect({ text, isAnswer: answer.safeParse(JSON.parse(text)).success }).toEqual({ text, isAnswer: true })
  expect(workMs).toBeLessThan(SLOWEST_MS)
}

it.each([
  ['initialize', initializeSchema, authnResponseSchema],
  ['verify', verifySchema, authnResponseSchema],
  ['status', checkStatusSchema, z.union([authnStatusResponseSchema, authnResponseSchema])],
  ['cancel', cancelAttemptSchema, authnResponseSchema],
] as const)(
  '%s: never a 500, never a stack trace, never slow, always an answer of its kind',
  async (call, schema, answer) => {
    const known = fc.record({ message: messageOf(schema), isOurs: fc.boolean(), isLive: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(known, async ({ message, isOurs, isLive }) => {
        const named =
          isOurs && typeof message === 'object' && message !== null
            ? { ...message, clientId: server.clientId }
            : message
        const body = JSON.stringify(isLive ? await withLiveAttempt(named) : named) ?? ''
        const headers = { 'content-type': 'application/json', 'client-key': server.clientKey }
        await inBounds(() => fetch(`${server.url}/authn/${call}`, { method: 'POST', headers, body }), answer)
      }),
      { numRuns: RUNS },
    )
  },
)

it('resources: the same for every question', async () => {
  const query = valueOf(z.toJSONSchema(promptResourcesQuerySchema)) as fc.Arbitrary<Record<string, string>> // an object of texts
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const search = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, value.toWellFormed()]))
      const headers = { 'client-key': server.clientKey }
      const ask = () => fetch(`${server.url}/authn/resources?${search.toString()}`, { headers })
      await inBounds(ask, z.union([resourcesResponseSchema, authnResponseSchema]))
    }),
    { numRuns: RUNS },
  )
})

it.each([
  ['a body that is no JSON', 'application/json', '{"subjectName":'],
  ['an empty body', 'application/json', ''],
  ['a body of another kind', 'text/xml', '<initialize/>'],
  [
    'a name that would change the prototype',
    'application/json',
    '{"__proto__":{"subjectName":"x"},"context":{"messageId":"1"}}',
  ],
  ['deep nesting', 'application/json', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['bytes that are no text', 'application/json', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
])('refuses %s in the terms of the API', async (_, type, body) => {
  const headers = { 'content-type': type, 'client-key': server.clientKey }
  const ask = () => fetch(`${server.url}/authn/initialize`, { method: 'POST', headers, body })
  await inBounds(ask, authnResponseSchema)
  expect((await ask()).status).toBeOneOf([400, 415])
})

it('refuses every name that nobody has alike, whatever characters name and passcode hold', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
    fc.constantFrom('\0', 'a\0b', '\ud800'),
  )
  await fc.assert(
    fc.asyncProperty(text, text, async (subjectName, passcode) => {
      const { status, body } = await server.call(
        'initialize',
        initializeMessage(server, `x${subjectName}`, oneStep(passcode)),
      )
      expect([status, outline(authnResponseSchema.parse(body))]).toEqual([200, 'FAIL SECURID=FAIL'])
    }),
    { numRuns: RUNS },
  )
})
