import type { Job, StoredAttempt } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { sampleId } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'

function queued(kind: string): Job {
  return {
    id: sampleId(),
    kind,
    status: 'queued',
    parameters: { file: 'tokens.xml' },
    checkpoint: null,
    doneCount: 0,
    totalCount: null,
    result: null,
    errorCode: null,
    createdBy: 'someone',
    createdAt: unixMs(1000),
    startedAt: null,
    finishedAt: null,
    cancelRequested: false,
  }
}

const claim = (holder: string, now: number) => ({ holder, now: unixMs(now), until: unixMs(now + 100) })

/** What every engine owes to instances that share it. */
export function operationsSuite(engine: EngineUnderTest): void {
  describe('operations', () => {
    let store: Store
    let other: Store
    beforeAll(async () => {
      const database = await engine.newDatabase()
      store = await openAs('one', database)
      other = await openAs('two', database)
    })
    afterAll(async () => {
      await store.close()
      await other.close()
    })

    it('gives a lease to one instance until it is released or runs out', async () => {
      const asked = [store, other, store, other].map((each, index) =>
        each.operations.leases.acquire('nightly', claim(`i${index}`, 0)),
      )
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
      expect(await store.operations.leases.acquire('nightly', claim('late', 50))).toBe(false)
      expect(await other.operations.leases.acquire('nightly', claim('late', 101))).toBe(true)
      await other.operations.leases.release('nightly', 'late')
      expect(await store.operations.leases.acquire('nightly', claim('next', 102))).toBe(true)
    })

    it('keeps what the RADIUS edge of each instance counted last, for all instances', async () => {
      const counts = (packets: number) => ({
        since: unixMs(1000),
        clients: {},
        unknown: [{ address: '192.0.2.7', packets, lastSeenAt: unixMs(2000) }],
      })
      expect([...(await other.operations.radiusCounts.all())]).toEqual([])
      for (const [name, packets] of [
        ['two', 1],
        ['one', 2],
        ['two', 3],
      ] as const)
        await store.operations.radiusCounts.note(name, counts(packets), unixMs(3000))
      expect([...(await other.operations.radiusCounts.all())]).toEqual([
        ['one', counts(2)],
        ['two', counts(3)],
      ])
    })

    it('lets another instance take up a job where a dead one stopped', async () => {
      const job = queued('rotate')
      await store.operations.jobs.enqueue(job)
      const claimed = await store.operations.jobs.claim({ ...claim('first', 0), kinds: ['rotate'] })
      expect(claimed).toMatchObject({ id: job.id, status: 'running' })
      if (claimed === undefined) return
      expect(
        await store.operations.jobs.report({ ...claimed, doneCount: 40, checkpoint: 'after 40' }, claim('first', 10)),
      ).toBe(true)
      expect(await other.operations.jobs.claim({ ...claim('second', 50), kinds: ['rotate'] })).toBeUndefined()
      const taken = await other.operations.jobs.claim({ ...claim('second', 111), kinds: ['rotate'] })
      expect(taken).toMatchObject({ doneCount: 40, checkpoint: 'after 40' })
      expect(await store.operations.jobs.report(claimed, claim('first', 112))).toBe(false)
      const done = { ...claimed, status: 'succeeded' as const, finishedAt: unixMs(200), result: { sealed: 100 } }
      expect(await other.operations.jobs.report(done, claim('second', 112))).toBe(true)
      expect((await store.operations.jobs.list({ status: 'succeeded' }, { limit: 5 })).items).toMatchObject([
        { id: job.id, result: { sealed: 100 } },
      ])
    })

    it.each(['attempts', 'dialogues'] as const)('keeps many dialogues at once (%s)', async (memory) => {
      const rows = Array.from({ length: 300 }, (_, place) => {
        const state = new Uint8Array([place % 256])
        return { id: sampleId(), state, expiresAt: unixMs(1000 + place), version: 1 }
      })
      const at = (place: number) => (place % 2 === 0 ? store : other).operations[memory]
      await Promise.all(rows.map((row, place) => at(place).insert(row)))
      const again = at(1).insert(rows[0] as StoredAttempt) // 300 were made
      await expect(again).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
      const next = rows.map((row) => ({ ...row, version: 2 }))
      const unknown = { ...next[0], id: sampleId(), version: 2, state: new Uint8Array([1]), expiresAt: unixMs(1) }
      const calls = [...next, ...next, unknown].map((row, place) => at(place).advance(row))
      expect((await Promise.all(calls)).filter(Boolean)).toHaveLength(rows.length)
      expect(await Promise.all(rows.map((row, place) => at(place).find(row.id, unixMs(0))))).toEqual(next)
      expect(await store.operations[memory].removeExpiredBefore(unixMs(2000))).toBe(rows.length)
    })

    it('gives one of two racing answers of a dialogue the next step', async () => {
      const attempt = { id: sampleId(), state: new Uint8Array([1]), expiresAt: unixMs(1000), version: 1 }
      await store.operations.attempts.insert(attempt)
      const next = { ...attempt, state: new Uint8Array([2]), version: 2 }
      const advanced = await Promise.all([store, other].map((each) => each.operations.attempts.advance(next)))
      expect(advanced.toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true])
      expect(await store.operations.attempts.find(attempt.id, unixMs(1001))).toBeUndefined()
      const taken = await Promise.all(
        [store, other].map((each) => each.operations.attempts.take(attempt.id, unixMs(0))),
      )
      expect(taken.filter((each) => each !== undefined)).toEqual([next])
    })

    it('takes dialogues down as they stand, new ones and known ones', async () => {
      const attempt = (version: number) => ({
        id: `saved ${version % 2}`,
        state: new Uint8Array([version]),
        expiresAt: unixMs(1000),
        version,
      })
      await store.operations.attempts.save([])
      await store.operations.attempts.save([attempt(1), attempt(2)])
      await store.operations.attempts.save([attempt(5)])
      expect(await other.operations.attempts.find('saved 1', unixMs(0))).toEqual(attempt(5))
      expect(await other.operations.attempts.find('saved 0', unixMs(0))).toEqual(attempt(2))
      expect(await store.operations.attempts.removeExpiredBefore(unixMs(1001))).toBe(2)
    })

    it('has a request answered by one instance, and the others know the answer', async () => {
      const calls = Array.from({ length: 32 }, (_, i) =>
        (i % 2 === 0 ? store : other).operations.answers.claim('request', unixMs(1000)),
      )
      expect((await Promise.all(calls)).filter(Boolean)).toHaveLength(1)
      expect(await other.operations.answers.find('request', unixMs(1))).toBeUndefined()
      await store.operations.answers.remember('request', new Uint8Array([4, 2]))
      expect(await other.operations.answers.find('request', unixMs(1))).toEqual(new Uint8Array([4, 2]))
      expect(await other.operations.answers.find('request', unixMs(1000))).toBeUndefined()
      await store.operations.answers.forget('request')
      expect(await other.operations.answers.claim('request', unixMs(1000))).toBe(true)
      expect(await store.operations.answers.removeExpiredBefore(unixMs(1001))).toBe(1)
    })

    it('takes up many requests at once, each for one of two instances', async () => {
      const ids = Array.from({ length: 300 }, (_, i) => `request ${i}`)
      const won = await Promise.all(
        [store, other].map((each) => Promise.all(ids.map((id) => each.operations.answers.claim(id, unixMs(1000))))),
      )
      expect(ids.every((_, i) => won[0]?.[i] !== won[1]?.[i])).toBe(true)
    })

    it('knows its instances by name, whatever process they are', async () => {
      const instance = {
        name: 'am1',
        role: 'primary',
        version: '1',
        address: 'a',
        startedAt: unixMs(1),
        heartbeatAt: unixMs(1),
        stoppedAt: null,
      }
      await store.operations.instances.register({ id: 'p1', ...instance })
      await other.operations.instances.register({ id: 'p2', ...instance })
      await other.operations.instances.heartbeat('p2', unixMs(9))
      expect(await store.operations.instances.all()).toEqual([{ id: 'p2', ...instance, heartbeatAt: 9 }])
    })
  })
}
