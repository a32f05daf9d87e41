import { addMs, unixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RadiusCounts } from '../ports/radius-count-store.ts'
import { addRadiusCounts, keptRadiusCounts } from './radius-counts.ts'

const NOW = unixMs(1_800_000_000_000)
const DAY_MS = 86_400_000

const client = (requests: number, dropped: Readonly<Record<string, number>> = {}) => ({
  requests,
  accepts: requests,
  rejects: 0,
  challenges: 0,
  resent: 0,
  statusAnswers: 0,
  garbagePasswords: 0,
  dropped,
})
const source = (address: string, packets: number, secondsAgo = 0) => ({
  address,
  packets,
  lastSeenAt: addMs(NOW, -secondsAgo * 1000),
})
const counts = (more: Partial<RadiusCounts>): RadiusCounts => ({ since: NOW, clients: {}, unknown: [], ...more })

describe('counts of several instances', () => {
  it('are none of none', () => {
    expect(addRadiusCounts([])).toBeUndefined()
  })

  it('add up by client, reason and source, from the earliest on, last seen first', () => {
    const one = counts({
      clients: { vpn: client(3, { silence: 1 }) },
      unknown: [source('192.0.2.1', 4, 60), source('192.0.2.2', 1, 90)],
    })
    const two = counts({
      since: addMs(NOW, -DAY_MS),
      clients: { vpn: client(4, { silence: 2, overloaded: 1 }), host: client(1) },
      unknown: [source('192.0.2.2', 5, 30)],
    })
    expect(addRadiusCounts([one, two])).toEqual({
      since: addMs(NOW, -DAY_MS),
      clients: { vpn: client(7, { silence: 3, overloaded: 1 }), host: client(1) },
      unknown: [source('192.0.2.2', 6, 30), source('192.0.2.1', 4, 60)],
    })
  })
})

describe('what is kept of counts', () => {
  it('never holds more than a hundred sources, and always those that sent most', () => {
    const sources = fc.uniqueArray(fc.record({ host: fc.nat(5000), packets: fc.integer({ min: 1, max: 9 }) }), {
      selector: ({ host }) => host,
      maxLength: 300,
    })
    fc.assert(
      fc.property(sources, (sent) => {
        const unknown = sent.map(({ host, packets }) => source(`10.0.${host >> 8}.${host & 255}`, packets, host))
        const kept = keptRadiusCounts(counts({ unknown }), NOW).unknown
        expect(kept).toHaveLength(Math.min(100, unknown.length))
        const least = Math.min(...kept.map(({ packets }) => packets))
        const left = unknown.filter(({ address }) => !kept.some((one) => one.address === address))
        expect(left.filter(({ packets }) => packets > least)).toEqual([])
        expect(kept.map(({ lastSeenAt }) => lastSeenAt)).toEqual(
          kept.map(({ lastSeenAt }) => lastSeenAt).toSorted((a, b) => b - a),
        )
      }),
    )
  })

  it('holds no source that has been silent for more than thirty days', () => {
    const unknown = [source('192.0.2.1', 9, 31 * 86_400), source('192.0.2.2', 1, 29 * 86_400)]
    expect(keptRadiusCounts(counts({ unknown }), NOW).unknown).toEqual([unknown[1]])
  })

  it('holds the thousand clients that asked most', () => {
    const clients = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`c${index}`, client(index)]))
    const kept = keptRadiusCounts(counts({ clients }), NOW).clients
    expect(Object.keys(kept)).toHaveLength(1000)
    expect(kept['c0']).toBeUndefined()
  })
})
