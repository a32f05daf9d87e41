import type * as Aes from '@noble/ciphers/aes.js'
import { expect, it, vi } from 'vitest'
import { virtualRecord, virtualSource } from '../testing/virtual-token.ts'
import { addSteps, step, unixMs } from '../time.ts'
import { stepAt } from './steps.ts'

const counted = vi.hoisted(() => ({ blocks: 0 }))
vi.mock('@noble/ciphers/aes.js', async (importOriginal) => {
  const original = await importOriginal<typeof Aes>()
  const encrypt: typeof original.unsafe.encrypt = (...block) => {
    counted.blocks += 1
    return original.unsafe.encrypt(...block)
  }
  return { ...original, unsafe: { ...original.unsafe, encrypt } }
})

// 12:38:42 on 1 May ± 12 h: a year, a month, two days and 25 hours, then a block for four codes.
it.each([
  [60, 720, 1 + 1 + 2 + 25 + 361],
  [30, 1440, 1 + 1 + 2 + 25 + 721],
])(
  'searches ±12 h of a %i s token for one AES block a stage and stretch, and again for none',
  (interval, radius, blocks) => {
    const record = virtualRecord({ kind: 'securid', intervalSeconds: interval })
    const source = virtualSource(record)
    const centre = stepAt(record, unixMs(1_777_639_122_000))
    counted.blocks = 0
    const search = () => source.codes(addSteps(centre, -radius), addSteps(centre, radius))
    const codes = search()
    expect([codes.length, counted.blocks]).toEqual([2 * radius + 1, blocks])
    expect(search()).toEqual(codes)
    expect(counted.blocks).toBe(blocks)
  },
)

it('forgets what it computed before that takes much memory, and computes it again alike', () => {
  const source = virtualSource(virtualRecord({ kind: 'securid' }))
  const stretches = (from: number) => Array.from({ length: 1100 }, (_, at) => source.code(step(from + 4 * at)))
  const first = stretches(29_000_000)
  stretches(29_100_000)
  counted.blocks = 0
  expect(stretches(29_000_000)).toEqual(first)
  expect(counted.blocks).toBeGreaterThanOrEqual(1100)
})

it('keeps apart the months of neighbouring years', () => {
  const at = (year: number, month: number) =>
    stepAt(virtualRecord({ kind: 'securid' }), unixMs(Date.UTC(year, month, 9)))
  const months = Array.from({ length: 36 }, (_, month) => at(2025, month))
  const together = virtualSource(virtualRecord({ kind: 'securid' }))
  for (const month of months) {
    expect(together.code(month)).toBe(virtualSource(virtualRecord({ kind: 'securid' })).code(month))
  }
})
