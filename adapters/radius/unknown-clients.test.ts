import { expect, it } from 'vitest'
import { UnknownClients } from './unknown-clients.ts'

it('lists who sent what, last seen first', () => {
  const unknown = new UnknownClients()
  for (const [address, nowMs] of [
    ['192.0.2.1', 1],
    ['192.0.2.2', 2],
    ['192.0.2.1', 3],
  ] as const)
    unknown.count(address, nowMs)
  expect(unknown.list()).toEqual([
    { address: '192.0.2.1', packets: 2, lastSeenMs: 3 },
    { address: '192.0.2.2', packets: 1, lastSeenMs: 2 },
  ])
  expect(unknown.packets).toBe(3)
})

it('does not forget who asked again while many addresses send one packet each', () => {
  const unknown = new UnknownClients()
  unknown.count('192.0.2.1', 0)
  unknown.count('192.0.2.1', 1)
  for (let sent = 0; sent < 10_000; sent += 1) unknown.count(`2001:db8::${sent.toString(16)}`, 2 + sent)
  const listed = unknown.list()
  expect(listed).toHaveLength(501)
  expect(listed.at(-1)).toEqual({ address: '192.0.2.1', packets: 2, lastSeenMs: 1 })
  expect(unknown.packets).toBe(10_002)
})

it('remembers at most a thousand, however often they ask', () => {
  const unknown = new UnknownClients()
  for (let sent = 0; sent < 6000; sent += 1) unknown.count(`2001:db8::${Math.floor(sent / 3).toString(16)}`, sent)
  expect(unknown.list()).toHaveLength(500)
})
