import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

  it('answers what it took before it closes, and takes nothing more', async () => {
    const { batcher } = recording()
    const taken = batcher.add({ name: 'last', keys: [] })
    await batcher.close()
    expect(await Promise.race([taken, Promise.resolve('not answered')])).toBe('last')
    await expect(batcher.add({ name: 'late', keys: [] })).rejects.toMatchObject({ code: 'STORE_CLOSED' })
  })
})
