import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStore, type Store } from '../../open-store.ts'
import { plainAuditChain } from '../plain-audit-chain.ts'
import { acceptance, sampleEntry, storedUserWithToken, subjectOf } from '../sample-data.ts'
import { startScratchPostgresql } from '../scratch-postgresql.ts'
import { openAs, postgresqlUnderTest } from './engine-under-test.ts'
import { type Acknowledged, keepLoggingIn } from './login-load.ts'

const engine = postgresqlUnderTest()

async function terminateOthers(url: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'driftlock' AND datname = current_database()`)
  await client.end()
}

async function recordsOf(store: Store): Promise<ReadonlySet<string>> {
  const links = await store.administration.read.auditLog.links('one', 0, 1_000_000)
  expect(links.map(({ sequence }) => sequence)).toEqual(links.map((_, index) => index + 1))
  return new Set(links.map(({ id }) => id))
}

describe('the store on PostgreSQL when connections break', () => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

  it('finds out about commits in doubt: what was acknowledged is there once, what was refused is not', async () => {
    const url = await engine.newDatabase()
    const store = await openAs('one', url)
    const users = Array.from({ length: 8 }, (_, index) => `doubt-${index}`)
    for (const username of users) await storedUserWithToken(store, username)
    const acknowledged: Acknowledged[] = []
    let goesOn = true
    const load = users.map((username) =>
      keepLoggingIn(store.authentication, username, {
        tell: (login) => acknowledged.push(login),
        goesOn: () => goesOn,
      }),
    )
    for (let round = 0; round < 12; round++) {
      await sleep(40)
      await terminateOthers(url)
    }
    await engine.server().crashAndRestart()
    const before = acknowledged.length
    await vi.waitUntil(() => acknowledged.length > Math.max(before, 50), { timeout: 30_000 })
    goesOn = false
    await Promise.all(load)
    const records = await recordsOf(store)
    expect(acknowledged.length).toBeGreaterThan(50)
    expect(acknowledged.filter(({ auditId }) => !records.has(auditId))).toEqual([])
    expect(records.size).toBe(acknowledged.length)
    for (const username of users) {
      const [token] = (await subjectOf(store, username)).tokens
      const own = acknowledged.filter(({ tokenId }) => tokenId === token?.record.id)
      // Steps begin at 0.
      expect(Number(token?.state.highWaterStep) + 1).toBe(own.length)
    }
    await store.close()
  })

  it('links behind records that the administration writes in between', async () => {
    const store = await openAs('one', await engine.newDatabase())
    const subjects = await Promise.all(
      Array.from({ length: 10 }, (_, index) => storedUserWithToken(store, `between-${index}`)),
    )
    const logins = subjects.map((subject) => store.authentication.commit(acceptance(subject, 1)))
    const acts = Array.from({ length: 10 }, () =>
      store.administration.transaction(async (tx) => tx.audit(sampleEntry({ action: 'update-user' }))),
    )
    await Promise.all([...logins, ...acts])
    expect((await recordsOf(store)).size).toBe(20)
    await store.close()
  })
})

describe('a PostgreSQL server that may lose what it acknowledged', () => {
  it('is refused, unless it was allowed: then the store says so', async () => {
    const scratch = await startScratchPostgresql(['fsync=off'])
    try {
      const options = { database: await scratch.createDatabase(), auditChain: plainAuditChain('one') }
      await expect(openStore(options)).rejects.toMatchObject({ code: 'STORE_UNSAFE', facts: { settings: 'fsync' } })
      const store = await openStore({ ...options, allowUnsafeDatabase: true })
      expect(store.warnings).toHaveLength(1)
      await store.close()
    } finally {
      await scratch.stop()
    }
  })
})
