import type * as Fs from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Store } from '../open-store.ts'
import { openAs } from '../testing/conformance/engine-under-test.ts'
import { acceptance, storedUserWithToken, subjectOf } from '../testing/sample-data.ts'

/** The disk, as the test wants it: syncs wait until it lets them end. */
const disk = vi.hoisted(() => ({
  waiting: [] as ((failure: Error | null) => void)[],
  syncedAtOnce: 0,
  failure: undefined as Error | undefined,
}))
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof Fs>()),
  fdatasync: (_: number, done: (failure: Error | null) => void) => void disk.waiting.push(done),
  fdatasyncSync: () => {
    disk.syncedAtOnce += 1
    if (disk.failure !== undefined) throw disk.failure
  },
}))

const PEOPLE = ['ada', 'bob', 'cleo'] as const
let folder: string
let store: Store
beforeEach(async () => {
  Object.assign(disk, { waiting: [], syncedAtOnce: 0, failure: undefined })
  folder = mkdtempSync(join(tmpdir(), 'driftlock-sync-'))
  store = await openAs('one', join(folder, 'store.db'))
  for (const name of PEOPLE) await storedUserWithToken(store, name)
})
afterEach(async () => {
  for (const done of disk.waiting.splice(0)) done(null)
  await store.close()
  rmSync(folder, { recursive: true })
})

const jobFor = async (name: string, next = 1) => acceptance(await subjectOf(store, name), next)

/** Log-ons of all, begun together. */
async function logAllIn(): Promise<readonly Promise<unknown>[]> {
  const jobs = await Promise.all(PEOPLE.map((name) => jobFor(name)))
  return jobs.map((job) => store.authentication.commit(job).catch((error: unknown) => error))
}

it('answers no log-on of a batch before the log is on disk', async () => {
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  await sleep(20)
  expect(await Promise.race([...answers, Promise.resolve('none yet')])).toBe('none yet')
  for (const done of disk.waiting.splice(0)) done(null)
  expect(await Promise.all(answers)).toEqual(PEOPLE.map(() => 'committed'))
})

it('lets look-ups go on while the disk is busy', async () => {
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  expect((await subjectOf(store, 'ada')).user.username).toBe('ada')
  for (const done of disk.waiting.splice(0)) done(null)
  await Promise.all(answers)
})

it('syncs on its own thread for a log-on that nobody waits beside', async () => {
  expect(await store.authentication.commit(await jobFor('ada'))).toBe('committed')
  expect([disk.syncedAtOnce, disk.waiting.length]).toEqual([1, 0])
})

it('leaves a commit that the disk failed in doubt, and takes no more', async () => {
  disk.failure = new Error('EIO')
  await expect(store.authentication.commit(await jobFor('ada'))).rejects.toMatchObject({ code: 'COMMIT_IN_DOUBT' })
  disk.failure = undefined
  await expect(store.authentication.commit(await jobFor('bob'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

it('says so to every log-on of a batch', async () => {
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  for (const done of disk.waiting.splice(0)) done(new Error('EIO'))
  expect(await Promise.all(answers)).toEqual(PEOPLE.map(() => expect.objectContaining({ code: 'COMMIT_IN_DOUBT' })))
})
