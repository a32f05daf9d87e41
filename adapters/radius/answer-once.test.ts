import type { SharedAnswers } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { beforeEach, expect, it } from 'vitest'
import { AnswerOnce } from './answer-once.ts'
import type { RadiusAnswer } from './ports.ts'

const accept: RadiusAnswer = { code: 'accept', replyAttributes: [{ type: 25, value: Uint8Array.of(1, 2) }] }
const keys = {
  sealText: (_: string, bound: readonly string[], content: Uint8Array) =>
    `${bound.join(' ')}|${Buffer.from(content).toString('base64')}`,
  openText: (_: string, bound: readonly string[], text: string) => {
    const [sealedFor, content = ''] = text.split('|')
    return sealedFor === bound.join(' ') ? new Uint8Array(Buffer.from(content, 'base64')) : undefined
  },
}

/** What two instances share, in memory. */
class MemoryAnswers implements SharedAnswers {
  readonly rows = new Map<string, Uint8Array | undefined>()
  async claim(id: string): Promise<boolean> {
    if (this.rows.has(id)) return false
    this.rows.set(id, undefined)
    return true
  }
  async remember(id: string, answer: Uint8Array): Promise<void> {
    this.rows.set(id, answer)
  }
  async find(id: string): Promise<Uint8Array | undefined> {
    return this.rows.get(id)
  }
  async forget(id: string): Promise<void> {
    this.rows.delete(id)
  }
  async removeExpiredBefore(): Promise<number> {
    return 0
  }
}

let nowMs = 0
let shared: MemoryAnswers
const instance = (memory?: SharedAnswers) =>
  new AnswerOnce({
    keys,
    clock: { now: () => unixMs(nowMs), monotonicMs: () => nowMs },
    onError: () => undefined,
    ...(memory && { shared: memory }),
  })

beforeEach(() => {
  nowMs = 0
  shared = new MemoryAnswers()
})

it('evaluates a request once, and gives copies the answer while it is remembered', async () => {
  const once = instance()
  let evaluated = 0
  const ask = () =>
    once.answer('request', async () => {
      evaluated += 1
      return accept
    })
  expect(await Promise.all([ask(), ask()])).toEqual([accept, accept])
  nowMs = 29_000
  await ask()
  expect(evaluated).toBe(1)
  nowMs = 31_000
  await ask()
  expect(evaluated).toBe(2)
})

it('gives another instance the answer of the first, octets and all', async () => {
  const evaluation = async (taken: () => Promise<void>): Promise<RadiusAnswer> => {
    await taken()
    return accept
  }
  expect(await instance(shared).answer('request', evaluation)).toEqual(accept)
  let committed = false
  const second = instance(shared).answer('request', async (taken) => {
    await taken()
    committed = true
    return { code: 'reject' }
  })
  expect(await second).toEqual(accept)
  expect(committed).toBe(false)
})

it('lets a copy be evaluated when the first failed before anything was decided', async () => {
  const failing = instance(shared).answer('request', async (taken) => {
    await taken()
    throw Object.assign(new Error('away'), { code: 'STORE_UNAVAILABLE' })
  })
  await expect(failing).rejects.toThrow('away')
  expect(shared.rows.has('request')).toBe(false)
})

it('keeps a request taken when it is in doubt whether it was committed', async () => {
  const doubtful = instance(shared).answer('request', async (taken) => {
    await taken()
    throw Object.assign(new Error('lost'), { code: 'COMMIT_IN_DOUBT' })
  })
  await expect(doubtful).rejects.toThrow('lost')
  expect(shared.rows.has('request')).toBe(true)
})
