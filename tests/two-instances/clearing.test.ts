import { clearExpired, uniqueId } from '@driftlock/application'
import { addMs, type UnixMs } from '@driftlock/domain'
import { postgresqlPrograms, type ScratchPostgresql, startScratchPostgresql } from '@driftlock/sql/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, startAgentInstance } from '../agent-api/testing/agent-instance.ts'

const ONE_DAY_MS = 86_400_000
const LEASE_MS = 60_000

/** Of each kind one that is over and one that is not, so long before `now`. */
async function leaveBehind({ instance }: AgentInstance, now: UnixMs): Promise<void> {
  const { store } = instance
  await store.administration.transaction(async (tx) => {
    const user = await tx.users.findByLoginName('somebody')
    if (user === undefined) throw new Error('The holder is there.')
    for (const [id, expiresAt] of [
      ['over', addMs(now, -1)],
      ['open', addMs(now, ONE_DAY_MS)],
    ] as const) {
      const session = {
        console: 'security',
        userId: user.user.id,
        createdAt: now,
        lastSeenAt: now,
        details: {},
      } as const
      await tx.access.saveSession({ ...session, id, expiresAt })
    }
  })
  for (const [id, expiresAt] of [
    ['over', addMs(now, -1)],
    ['open', addMs(now, ONE_DAY_MS)],
  ] as const)
    await store.operations.attempts.insert({ id, state: new Uint8Array(), expiresAt, version: 1 })
  for (const daysAgo of [31, 29]) {
    const finishedAt = addMs(now, -daysAgo * ONE_DAY_MS)
    await store.operations.jobs.enqueue({
      id: `${daysAgo}-days`,
      kind: 'verify-audit',
      status: 'succeeded',
      parameters: null,
      checkpoint: null,
      doneCount: 1,
      totalCount: 1,
      result: null,
      errorCode: null,
      createdBy: 'test',
      createdAt: finishedAt,
      startedAt: finishedAt,
      finishedAt,
      cancelRequested: false,
    })
  }
}

const portsOf = ({ instance }: AgentInstance, clock = instance.clock) => ({
  administration: instance.store.administration,
  operations: instance.store.operations,
  attempts: instance.store.operations.attempts,
  clock,
})

describe('what nobody may use any more', () => {
  let postgresql: ScratchPostgresql
  let one: AgentInstance
  let two: AgentInstance
  beforeAll(async () => {
    postgresql = await startScratchPostgresql()
    one = await startAgentInstance({ database: await postgresql.createDatabase() })
    two = await startAgentInstance({ besides: one, name: 'am2' })
    await one.addHolder('somebody')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
    await postgresql.stop()
  })

  it('is removed by one of two instances, and the rest stays', async () => {
    const { clock, store } = one.instance
    await leaveBehind(one, clock.now())
    const counts = await Promise.all([clearExpired(portsOf(one), 'am1'), clearExpired(portsOf(two), 'am2')])
    const removed = { sessions: 0, attempts: 0, jobs: 0 }
    for (const count of counts) {
      removed.sessions += count?.sessions ?? 0
      removed.attempts += count?.attempts ?? 0
      removed.jobs += count?.jobs ?? 0
    }
    expect(removed).toEqual({ sessions: 1, attempts: 1, jobs: 1 })
    expect(await store.administration.read.access.session('over')).toBeUndefined()
    expect(await store.administration.read.access.session('open')).toBeDefined()
    expect(await store.operations.jobs.find('29-days')).toBeDefined()
  })

  it('is left alone while another instance is at it, and taken over when that one dies', async () => {
    const { clock, store } = one.instance
    const now = clock.now()
    const lease = { holder: `dead-${uniqueId(one.instance)}`, now, until: addMs(now, LEASE_MS) }
    expect(await store.operations.leases.acquire('clear-expired', lease)).toBe(true)
    expect(await clearExpired(portsOf(two), 'am2')).toBeUndefined()
    const later = { ...clock, now: () => addMs(now, LEASE_MS + 1) }
    expect(await clearExpired(portsOf(two, later), 'am2')).toEqual({ sessions: 0, attempts: 0, jobs: 0 })
  })
})

it('has the programs of PostgreSQL', () => {
  expect(postgresqlPrograms()).toBeDefined()
})
