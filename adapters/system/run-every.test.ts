import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runEvery } from './run-every.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a repeated task', () => {
  it('runs at once and again after each interval', async () => {
    const run = vi.fn<() => Promise<void>>(async () => {})
    const repetition = runEvery({ intervalMs: 1000, run, onError: () => {} })
    await vi.advanceTimersByTimeAsync(3500)
    expect(run).toHaveBeenCalledTimes(4)
    await repetition.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(run).toHaveBeenCalledTimes(4)
  })

  it('never overlaps itself, however long it takes', async () => {
    let running = 0
    let most = 0
    const run = vi.fn<() => Promise<void>>(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2500))
      running--
    })
    const repetition = runEvery({ intervalMs: 1000, run, onError: () => {} })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(most).toBe(1)
    expect(run).toHaveBeenCalledTimes(3)
    const stopped = repetition.stop()
    await vi.advanceTimersByTimeAsync(2500)
    await stopped
    expect(running).toBe(0)
  })

  it('reports a failure and goes on', async () => {
    const failures: unknown[] = []
    const run = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('no database')))
    const repetition = runEvery({ intervalMs: 1000, run, onError: (error) => failures.push(error) })
    await vi.advanceTimersByTimeAsync(1500)
    expect(failures).toHaveLength(2)
    await repetition.stop()
  })
})
