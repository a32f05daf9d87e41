import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Batcher } from './batcher.ts'

interface Job {
  readonly name: string
  readonly keys: readonly string[]
}

function recording(fails: (jobs: readonly Job[]) => boolean = () => false) {
  const batches: (readonly Job[])[] = []
  const batcher = new Batcher<Job, string>({
    limit: 4,
    keysOf: ({ keys }) => keys,
    isWorthSplitting: () => true,
    run: async (jobs) => {
      batches.push(jobs)
      await sleep(1)
      if (fails(jobs)) throw new Error('a job is bad')
      return jobs.map(({ name }) => name)
    },
  })
  return { batches, batcher }
}

describe('a batcher', () => {
  it('never lets two jobs of one key meet, keeps their order, and answers each with its own answer', async () => {
    const jobs = fc.array(fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 2 }), {
      maxLength: 30,
    })
    await fc.assert(
      fc.asyncProperty(jobs, async (keys) => {
        const { batches, batcher } = recording()
        const all = keys.map((own, index) => ({ name: String(index), keys: [...new Set(own)] }))
        expect(await Promise.all(all.map((job) => batcher.add(job)))).toEqual(all.map(({ name }) => name))
        for (const batch of batches) {
          const met = batch.flatMap((job) => job.keys)
          expect(new Set(met).size).toBe(met.length)
          expect(batch.length).toBeLessThanOrEqual(4)
        }
        for (const key of ['a', 'b', 'c', 'd']) {
          const order = batches.flat().filter((job) => job.keys.includes(key))
          expect(order).toEqual(all.filter((job) => job.keys.includes(key)))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('lets a bad job fail alone', async () => {
    const { batcher } = recording((jobs) => jobs.some(({ name }) => name === 'bad'))
    const answers = await Promise.allSettled(['good', 'bad', 'fine'].map((name) => batcher.add({ name, keys: [name] })))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('runs the next batch while one is kept, and never keeps more than two', async () => {
    const sizes: number[] = []
    const keeping: (() => void)[] = []
    const batcher = new Batcher<number, number>({
      limit: 4,
      keysOf: () => [],
      isWorthSplitting: () => false,
      run: async (jobs) => {
        sizes.push(jobs.length)
        return jobs
      },
      keep: () => new Promise((resolve) => keeping.push(resolve)),
    })
    const all = Array.from({ length: 10 }, (_, job) => batcher.add(job))
    await vi.waitUntil(() => keeping.length === 2)
    await sleep(5)
    expect(sizes).toEqual([4, 4])
    keeping.shift()?.()
    expect(await Promise.all(all.slice(0, 4))).toEqual([0, 1, 2, 3])
    await vi.waitUntil(() => keeping.length === 2)
    expect(sizes).toEqual([4, 4, 2])
    for (const keep of keeping) keep()
    expect(await Promise.all(all.slice(4))).toEqual([4, 5, 6, 7, 8, 9])
  })

  it('tells every job of a batch that could not be kept, tries none again, and goes on', async () => {
    let ran = 0
    let good = false
    const batcher = new Batcher<number, number>({
      limit: 100,
      keysOf: () => [],
      isWorthSplitting: () => true,
      run: async (jobs) => {
        ran += 1
        return jobs
      },
      keep: async () => {
        if (!good) throw new Error('the disk failed')
      },
    })
    const answers = await Promise.allSettled([batcher.add(1), batcher.add(2)])
    expect([ran, answers.map(({ status }) => status)]).toEqual([1, ['rejected', 'rejected']])
    good = true
    expect(await batcher.add(3)).toBe(3)
  })

  it('answers what it took before it closes, and takes nothing more', async () => {
    const { batcher } = recording()
    const taken = batcher.add({ name: 'last', keys: [] })
    await batcher.close()
    expect(await Promise.race([taken, Promise.resolve('not answered')])).toBe('last')
    await expect(batcher.add({ name: 'late', keys: [] })).rejects.toMatchObject({ code: 'STORE_CLOSED' })
  })
})
