import { expect, it } from 'vitest'
import { beginsBehindCloud, syncStart } from './sync-start.ts'

const marker = '1700.r9'

it('goes on after the last record while the setting is what the last page left', () => {
  expect(syncStart({ settingMs: 1700, marker, fullUnderWay: false })).toEqual({ type: 'incremental', after: marker })
})

it('fetches everything when the setting was put to 0 (seed 001)', () => {
  expect(syncStart({ settingMs: 0, marker, fullUnderWay: false })).toEqual({ type: 'full' })
  expect(syncStart({ settingMs: 0, marker, fullUnderWay: true })).toEqual({ type: 'full' })
})

it('takes an interrupted full run up where it stopped', () => {
  expect(syncStart({ settingMs: 1700, marker, fullUnderWay: true })).toEqual({ type: 'resumed-full', after: marker })
  expect(syncStart({ settingMs: 0, marker: '0', fullUnderWay: true })).toEqual({ type: 'resumed-full', after: '0' })
})

it('takes up a time that was set by hand with its very first record', () => {
  expect(syncStart({ settingMs: 1500, marker, fullUnderWay: false })).toEqual({ type: 'incremental', after: '1500.-' })
})

it('knows a marker that lies behind everything the cloud has, and takes its last one for no such', () => {
  for (const type of ['incremental', 'resumed-full'] as const) {
    expect(beginsBehindCloud({ type, after: '1700.r9' }, '1699.zz')).toBe(true)
    expect(beginsBehindCloud({ type, after: '1700.r9' }, '1700.r1')).toBe(false)
    expect(beginsBehindCloud({ type, after: '0' }, '0')).toBe(false)
  }
  expect(beginsBehindCloud({ type: 'full' }, '0')).toBe(false)
})
