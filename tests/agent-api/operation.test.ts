import type { Instance } from '@driftlock/driftlock'
import { serverLogger } from '@driftlock/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { clockDoubtFindings } from '../../apps/driftlock/doctor/clock-findings.ts'
import { clockWatcher } from '../../apps/driftlock/serve/watch-clock.ts'
import { type AgentInstance, HandDialogue, oneStep, passcodeOf, startAgentInstance } from './testing/agent-instance.ts'

let server: AgentInstance
let origin: string

beforeAll(async () => {
  server = await startAgentInstance()
  origin = server.running.http.url
})
afterAll(() => server.close())

describe('an instance in operation', () => {
  it('is live and ready', async () => {
    expect((await fetch(`${origin}/healthz/live`)).status).toBe(200)
    const ready = await fetch(`${origin}/healthz/ready`)
    expect(await ready.json()).toMatchObject({ checks: { database: 'ok', keys: 'ok', clock: expect.any(String) } })
  })

  it('has doctor tell that an instance doubted its clock, and why', async () => {
    const { instance } = server
    expect(await clockDoubtFindings(instance)).toEqual([])
    const doubt = { reason: 'wall-clock-jumped', text: 'Put forward by 1 h.', since: instance.clock.now() } as const
    const clockGuard = { ...instance.clockGuard, doubts: () => [doubt] } as unknown as Instance['clockGuard'] // asked for its doubts alone
    await clockWatcher({ ...instance, clockGuard }, serverLogger({ level: 'silent' }))()
    expect(await clockDoubtFindings(instance)).toMatchObject([
      {
        check: 'clock',
        level: 'note',
        text: expect.stringMatching(/^am1 doubted its clock at .*Put forward by 1 h\.$/),
      },
    ])
  })

  it('counts log-ons by edge and outcome, drift, batches and time', async () => {
    const holder = await server.addHolder('counted')
    await HandDialogue.begin(server, 'counted', oneStep(passcodeOf(holder)))
    await HandDialogue.begin(server, 'counted', oneStep('0000000000'))
    const text = await (await fetch(`${origin}/metrics`)).text()
    expect(text).toMatch(/driftlock_logins_total\{edge="agent-api",outcome="accept",instance_name="am1"\} 1/)
    expect(text).toMatch(/driftlock_logins_total\{edge="agent-api",outcome="reject",instance_name="am1"\} 1/)
    expect(text).toMatch(/driftlock_batch_size_count\{instance_name="am1",kind="commit"\} [1-9]/)
    expect(text).toMatch(/driftlock_login_seconds_count\{instance_name="am1",edge="agent-api"\} 2/)
    expect(text).toMatch(/driftlock_clock_in_doubt\{reason="wall-clock-jumped",instance_name="am1"\} 0/)
    expect(text).toMatch(/driftlock_hot_path_queue\{instance_name="am1"\} 0/)
  })

  it('sends strict headers and a request id with every answer, also with errors', async () => {
    for (const path of ['/healthz/live', '/no/such/page']) {
      const { headers } = await fetch(`${origin}${path}`)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*require-trusted-types-for 'script'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-request-id')).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{5,}$/)
    }
  })

  it('answers errors neutrally, under the id that the log has', async () => {
    const response = await fetch(`${origin}/no/such/page`)
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'There is nothing here.',
      status: 404,
      code: 'NOT_FOUND',
      requestId: response.headers.get('x-request-id'),
    })
  })

  it.each([
    ['PATCH', '/api/v1/users', 'GET, HEAD, POST', { code: 'METHOD_NOT_ALLOWED' }],
    ['GET', '/api/v1/self-service/sessions/current/no-such', null, { code: 'NO_SUCH_ROUTE' }],
    ['DELETE', '/api/v1/self-service/tokens', 'GET, HEAD', { code: 'METHOD_NOT_ALLOWED' }],
    ['PUT', '/self-service/log-on', 'GET, HEAD, POST', { code: 'METHOD_NOT_ALLOWED' }],
    [
      'GET',
      '/mfa/v1_1/authn/initialize',
      'POST',
      { attemptResponseCode: 'ERROR', attemptReasonCode: 'INVALID_REQUEST' },
    ],
    ['POST', '/mfa/v1_1/authn/begin', null, { attemptResponseCode: 'ERROR', attemptReasonCode: 'INVALID_REQUEST' }],
  ])(
    'tells a wrong method from a wrong address, in the words of the edge: %s %s',
    async (method, path, allow, body) => {
      const answer = await fetch(`${origin}${path}`, { method, headers: { accept: 'application/json' } })
      expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({
        status: allow ? 405 : 404,
        allow,
      })
      expect(await answer.json()).toMatchObject(body)
    },
  )

  it('refuses bodies and headers beyond their limits', async () => {
    const large = await server.call('initialize', { subjectName: 'x'.repeat(40_000) })
    expect(large.status).toBe(413)
    const headers = { 'x-padding': 'y'.repeat(20_000) }
    expect((await fetch(`${origin}/healthz/live`, { headers })).status).toBe(431)
  })

  it('puts off an address that tries client keys', async () => {
    const keys = Array.from({ length: 32 }, (_, place) => `wrong-${place}`)
    const statuses: number[] = []
    const other = await startAgentInstance({ besides: server, name: 'am2' })
    try {
      for (const key of keys)
        statuses.push((await other.call('status', { authnAttemptId: 'x' }, { 'client-key': key })).status)
    } finally {
      await other.close()
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    expect(statuses.slice(30)).toEqual([429, 429])
  })

  it('finishes what it accepted when it stops, and refuses what comes later', async () => {
    const stopping = await startAgentInstance()
    const holder = await stopping.addHolder('late')
    const accepted = HandDialogue.begin(stopping, 'late', oneStep(passcodeOf(holder)))
    await vi.waitFor(() => expect(stopping.instance.store.pendingLogins()).toBe(1), { interval: 0 })
    const [{ last }] = await Promise.all([accepted, stopping.close()])
    expect(last.attemptResponseCode).toBe('SUCCESS')
    await expect(fetch(`${stopping.running.http.url}/healthz/live`)).rejects.toThrow('fetch failed')
  })
})
