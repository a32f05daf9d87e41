import type { AttemptArchive, StoredAttempt } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { describe, expect, it } from 'vitest'
import { LONGEST_ATTEMPT_MS } from './attempt-register.ts'
import { ProcessAttemptMemory } from './process-attempt-memory.ts'

const NOW = unixMs(1_800_000_000_000)

function attempt(version: number, id = 'a'): StoredAttempt {
  return { id, state: new Uint8Array([version]), expiresAt: unixMs(NOW + 60_000), version }
}

/** The table of attempts, as far as the memory asks for it. */
function makeArchive() {
  const rows = new Map<string, StoredAttempt>()
  const table = { rows, isDown: false, finds: 0 }
  const archive: AttemptArchive = {
    insert: async (row) => void rows.set(row.id, row),
    advance: async (row) => rows.set(row.id, row) === rows,
    async find(id, now) {
      table.finds += 1
      const row = rows.get(id)
      return row !== undefined && row.expiresAt > now ? row : undefined
    },
    async take(id) {
      const row = rows.get(id)
      rows.delete(id)
      return row
    },
    removeExpiredBefore: async () => 0,
    async save(given) {
      if (table.isDown) throw new Error('the disk is full')
      for (const row of given) rows.set(row.id, row)
    },
  }
  return { table, archive }
}

function startProcess({ archive }: { readonly archive: AttemptArchive }) {
  const time = { monotonicMs: 0 }
  const errors: unknown[] = []
  const clock = { now: () => NOW, monotonicMs: () => time.monotonicMs }
  return { memory: new ProcessAttemptMemory({ archive, clock, onError: (error) => errors.push(error) }), time, errors }
}

describe('attempts in the memory of a process', () => {
  it('outlive the process, at the step where they stood', async () => {
    const disk = makeArchive()
    const before = startProcess(disk)
    await before.memory.insert(attempt(1))
    expect(await before.memory.advance(attempt(2))).toBe(true)
    await before.memory.close()
    const after = startProcess(disk)
    expect(await after.memory.advance(attempt(2))).toBe(false)
    await expect(after.memory.insert(attempt(1))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
    expect(await after.memory.advance(attempt(3))).toBe(true)
    expect(await after.memory.find('a', NOW)).toEqual(attempt(3))
  })

  it('are taken up by one of many calls that come at once after a restart', async () => {
    const disk = makeArchive()
    const before = startProcess(disk)
    await before.memory.insert(attempt(1))
    await before.memory.close()
    const after = startProcess(disk)
    const calls = Array.from({ length: 32 }, () => after.memory.advance(attempt(2)))
    expect((await Promise.all(calls)).filter(Boolean)).toHaveLength(1)
    const inserts = Array.from({ length: 8 }, () => after.memory.insert(attempt(1, 'b')).then(() => true))
    expect((await Promise.allSettled(inserts)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('are written down a moment later without anybody waiting', async () => {
    const disk = makeArchive()
    const { memory } = startProcess(disk)
    for (let number = 0; number < 200; number += 1) await memory.insert(attempt(1, `many ${number}`))
    expect(disk.table.rows.size).toBe(0)
    await expect.poll(() => disk.table.rows.size).toBe(200)
  })

  it('are kept while nothing can be written, and written afterwards', async () => {
    const disk = makeArchive()
    const { memory, errors } = startProcess(disk)
    disk.table.isDown = true
    await memory.insert(attempt(1))
    await memory.close()
    expect(errors).toHaveLength(1)
    disk.table.isDown = false
    await memory.advance(attempt(2))
    await memory.close()
    expect(disk.table.rows.get('a')).toEqual(attempt(2))
  })

  it('are gone for good once they are taken', async () => {
    const disk = makeArchive()
    const { memory } = startProcess(disk)
    await memory.insert(attempt(1))
    await memory.close()
    const taken = await Promise.all([memory.take('a', NOW), memory.take('a', NOW)])
    expect(taken.filter((row) => row !== undefined)).toEqual([attempt(1)])
    expect(await startProcess(disk).memory.find('a', NOW)).toBeUndefined()
  })

  it('ask the database only while something of an earlier process may be there', async () => {
    const disk = makeArchive()
    const { memory, time } = startProcess(disk)
    await memory.insert(attempt(1))
    expect(disk.table.finds).toBe(1)
    time.monotonicMs = LONGEST_ATTEMPT_MS + 1
    await memory.insert(attempt(1, 'b'))
    expect(await memory.find('c', NOW)).toBeUndefined()
    expect(disk.table.finds).toBe(1)
  })
})
