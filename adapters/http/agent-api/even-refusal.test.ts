import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { evenRefusal } from './even-refusal.ts'
import type { Judgement } from './judge-answer.ts'

const WRONG: Judgement = { type: 'wrong', asked: { methods: [], challenges: [] } }
const ACCEPTED: Judgement = { type: 'accepted', securityDomainId: 'root' }

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/**
 * After how many milliseconds the answer goes whose judgement takes so long.
 * @param pace of the clock beside the timers; below 1 these ring early.
 */
async function leavesAfter(judgement: Judgement, tookMs: number, pace = 1): Promise<number> {
  const from = Date.now()
  const clock = { monotonicMs: () => Date.now() * pace }
  const answer = evenRefusal(clock, async () => {
    await new Promise((resolve) => setTimeout(resolve, tookMs))
    return judgement
  }).then(() => Date.now() - from)
  await vi.advanceTimersByTimeAsync(100)
  return answer
}

it.each([
  [1, 20],
  [13, 20],
  [19, 20],
  [21, 40],
])('lets a refusal that took %i ms go after %i ms', async (tookMs, leavesMs) => {
  expect(await leavesAfter(WRONG, tookMs)).toBe(leavesMs)
})

it('never lets a refusal go before its beat, although a timer rings early', async () => {
  expect(await leavesAfter(WRONG, 1, 0.9)).toBe(23)
})

it('lets an acceptance go at once', async () => {
  expect(await leavesAfter(ACCEPTED, 3)).toBe(3)
})
