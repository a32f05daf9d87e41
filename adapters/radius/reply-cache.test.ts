import { describe, expect, it } from 'vitest'
import { ReplyCache, type CachedRequest } from './reply-cache.ts'

const limits = { lifetimeMs: 10_000, maxReplies: 3, maxInFlight: 2 }
const packet = Uint8Array.of(1, 2, 3)
const reply = Uint8Array.of(9)

function begun(cache: ReplyCache, key: string, octets = packet, nowMs = 0): CachedRequest {
  const lookup = cache.begin(key, octets, nowMs)
  if (lookup.kind !== 'new') throw new Error(`expected a new request, got ${lookup.kind}`)
  return lookup.request
}

describe('a duplicate', () => {
  it('is dropped while the first is worked on, then answered with the same octets', () => {
    const cache = new ReplyCache(limits)
    const request = begun(cache, 'a')
    expect(cache.begin('a', Uint8Array.from(packet), 1)).toEqual({ kind: 'in-flight' })
    expect(cache.finish(request, reply, 2)).toBe(true)
    expect(cache.begin('a', Uint8Array.from(packet), 3)).toEqual({ kind: 'resend', reply })
  })

  it('is a new request once the answer is older than its lifetime', () => {
    const cache = new ReplyCache(limits)
    cache.finish(begun(cache, 'a'), reply, 5)
    expect(cache.begin('a', packet, 10_004).kind).toBe('resend')
    expect(cache.begin('a', packet, 10_005).kind).toBe('new')
  })

  it.each([
    [1, 5000],
    [60_000, 30_000],
  ])('has a lifetime within 5 to 30 s even when %i ms are asked for', (lifetimeMs, kept) => {
    const cache = new ReplyCache({ ...limits, lifetimeMs })
    cache.finish(begun(cache, 'a'), reply, 0)
    expect(cache.begin('a', packet, kept - 1).kind).toBe('resend')
    expect(cache.begin('a', packet, kept).kind).toBe('new')
  })

  it('is worked on anew when the first has hung for 30 s', () => {
    const cache = new ReplyCache(limits)
    begun(cache, 'a')
    expect(cache.begin('a', packet, 29_999).kind).toBe('in-flight')
    expect(cache.begin('a', packet, 30_000).kind).toBe('new')
  })
})

describe('another packet under the same key', () => {
  const other = Uint8Array.of(1, 2, 4)

  it('purges the answer', () => {
    const cache = new ReplyCache(limits)
    cache.finish(begun(cache, 'a'), reply, 0)
    cache.finish(begun(cache, 'a', other), undefined, 1)
    expect(cache.begin('a', packet, 2).kind).toBe('new')
  })

  it('supersedes the one being worked on, whose answer must not be sent', () => {
    const cache = new ReplyCache(limits)
    const first = begun(cache, 'a')
    const second = begun(cache, 'a', other)
    expect(cache.finish(first, reply, 1)).toBe(false)
    expect(cache.finish(second, reply, 2)).toBe(true)
    expect(cache.begin('a', other, 3)).toEqual({ kind: 'resend', reply })
  })
})

it('is forgotten when it ends in silence', () => {
  const cache = new ReplyCache(limits)
  cache.finish(begun(cache, 'a'), undefined, 0)
  expect(cache.size).toBe(0)
})

it('keeps the newest answers and begins no more work than its limits say', () => {
  const cache = new ReplyCache(limits)
  for (const key of ['a', 'b', 'c', 'd']) cache.finish(begun(cache, key), reply, 0)
  expect(cache.size).toBe(3)
  expect(cache.begin('d', packet, 1).kind).toBe('resend')
  begun(cache, 'a')
  begun(cache, 'e')
  expect(cache.begin('f', packet, 1)).toEqual({ kind: 'overloaded' })
})
