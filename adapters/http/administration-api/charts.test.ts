import { unixMs } from '@driftlock/domain'
import { expect, it } from 'vitest'
import { filledSlots } from './charts.ts'

const HOUR_MS = 3_600_000

it('fills a chart without gaps, from the slot in which the time begins', () => {
  const fill = filledSlots({ from: unixMs(90 * 60_000), before: unixMs(3 * HOUR_MS), slotMs: HOUR_MS })
  const nothing = { success: 0, failure: 0, warning: 0 }
  expect(fill([{ slotStart: unixMs(2 * HOUR_MS), outcome: 'failure', count: 4 }])).toEqual([
    { slotStart: HOUR_MS, ...nothing },
    { slotStart: 2 * HOUR_MS, ...nothing, failure: 4 },
  ])
})

it('begins no slot before the first instant there is', () => {
  const earliest = unixMs(-8_640_000_000_000_000)
  const slots = filledSlots({ from: earliest, before: unixMs(earliest + HOUR_MS), slotMs: 7 * HOUR_MS })([])
  expect(slots).toEqual([{ slotStart: earliest, success: 0, failure: 0, warning: 0 }])
})
