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
  slowByMs: 0,
  failure: undefined as Error | undefined,
}))
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof Fs>()),
  fdatasync: (_: number, done: (failure: Error | null) => void) => void disk.waiting.push(done),
  fdatasyncSync: () => {
    disk.syncedAtOnce += 1
    for (const end = performance.now() + disk.slowByMs; performance.now() < end; );
    if (disk.failure !== undefined) throw disk.failure
  },
}))

const PEOPLE = ['ada', 'bob', 'cleo'] as const
let folder: string
let store: Store
beforeEach(async () => {
  Object.assign(disk, { waiting: [], syncedAtOnce: 0, slowByMs: 0, failure: undefined })
  folder = mkdtempSync(join(tmpdir(), 'driftlock-sync-'))
  store = await openAs('one', join(folder, 'store.db'))
  for (const name of [...PEOPLE, 'slow']) await storedUserWithToken(store, name)
})
afterEach(async () => {
  for (const done of disk.waiting.splice(0)) done(null)
  await store.close()
  rmSync(folder, { recursive: true })
})

/** Three slow syncs: from then on they are another thread's. */
async function findTheDiskSlow(): Promise<void> {
  disk.slowByMs = 2
  for (const next of [1, 2, 3]) await store.authentication.commit(await jobFor('slow', next))
}

const jobFor = async (name: string, next = 1) => acceptance(await subjectOf(store, name), next)

/** Log-ons of all, begun together. */
async function logAllIn(names: readonly string[] = PEOPLE): Promise<readonly Promise<unknown>[]> {
  const jobs = await Promise.all(names.map((name) => jobFor(name)))
  return jobs.map((job) => store.authentication.commit(job).catch((error: unknown) => error))
}

it('answers no log-on of a batch before the log is on disk', async () => {
  await findTheDiskSlow()
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  await sleep(20)
  expect(await Promise.race([...answers, Promise.resolve('none yet')])).toBe('none yet')
  for (const done of disk.waiting.splice(0)) done(null)
  expect(await Promise.all(answers)).toEqual(PEOPLE.map(() => 'committed'))
})

it('lets look-ups go on while the disk is busy', async () => {
  await findTheDiskSlow()
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  expect((await subjectOf(store, 'ada')).user.username).toBe('ada')
  for (const done of disk.waiting.splice(0)) done(null)
  await Promise.all(answers)
})

it('commits the next batch while the disk is busy, and syncs it after the first', async () => {
  await findTheDiskSlow()
  const first = await logAllIn(['ada', 'bob'])
  await vi.waitUntil(() => disk.waiting.length === 1)
  const [cleo] = await logAllIn(['cleo'])
  await vi.waitUntil(async () => (await subjectOf(store, 'cleo')).tokens[0]?.state.version === 2)
  expect(disk.waiting).toHaveLength(1)
  disk.waiting.splice(0)[0]?.(null)
  expect(await Promise.all(first)).toEqual(['committed', 'committed'])
  await vi.waitUntil(() => disk.waiting.length === 1)
  expect(await Promise.race([cleo, Promise.resolve('not yet')])).toBe('not yet')
  disk.waiting.splice(0)[0]?.(null)
  expect(await cleo).toBe('committed')
})

it('leaves also the next batch in doubt when the disk failed the one before it', async () => {
  await findTheDiskSlow()
  const first = await logAllIn(['ada', 'bob'])
  await vi.waitUntil(() => disk.waiting.length === 1)
  const [cleo] = await logAllIn(['cleo'])
  await vi.waitUntil(async () => (await subjectOf(store, 'cleo')).tokens[0]?.state.version === 2)
  disk.waiting.splice(0)[0]?.(new Error('EIO'))
  const inDoubt = expect.objectContaining({ code: 'COMMIT_IN_DOUBT' })
  expect(await Promise.all([...first, cleo])).toEqual([inDoubt, inDoubt, inDoubt])
  expect(disk.waiting).toHaveLength(0)
})

it('syncs on its own thread while the disk is quick', async () => {
  expect(await Promise.all(await logAllIn())).toEqual(PEOPLE.map(() => 'committed'))
  expect([disk.syncedAtOnce, disk.waiting.length]).toEqual([1, 0])
})

it('syncs on its own thread again when a slow disk has become quick', async () => {
  await findTheDiskSlow()
  disk.slowByMs = 0
  for (let next = 4; next < 104; next++) {
    const answer = store.authentication.commit(await jobFor('slow', next))
    await vi.waitUntil(() => disk.waiting.length === 1, { interval: 1 })
    disk.waiting.splice(0)[0]?.(null)
    await answer
  }
  expect(disk.syncedAtOnce).toBe(3)
  await store.authentication.commit(await jobFor('slow', 104))
  await store.authentication.commit(await jobFor('slow', 105))
  expect([disk.syncedAtOnce, disk.waiting.length]).toEqual([5, 0])
})

it('leaves a commit that the disk failed in doubt, and takes no more', async () => {
  disk.failure = new Error('EIO')
  await expect(store.authentication.commit(await jobFor('ada'))).rejects.toMatchObject({ code: 'COMMIT_IN_DOUBT' })
  disk.failure = undefined
  await expect(store.authentication.commit(await jobFor('bob'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

it('says so to every log-on of a batch', async () => {
  await findTheDiskSlow()
  const answers = await logAllIn()
  await vi.waitUntil(() => disk.waiting.length > 0)
  for (const done of disk.waiting.splice(0)) done(new Error('EIO'))
  expect(await Promise.all(answers)).toEqual(PEOPLE.map(() => expect.objectContaining({ code: 'COMMIT_IN_DOUBT' })))
})
