import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMarkers, formatMarker, markerText, parseMarker, START_MARKER } from './marker.ts'

const marker = fc.record({
  changeTimeMs: fc.nat({ max: 9_007_199_254_740_991 }),
  recordId: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
})

describe('a marker', () => {
  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(marker, (one) => {
        expect(parseMarker(formatMarker(one))).toEqual({ ...one })
      }),
    )
  })

  it('is 0 at the start of the feed', () => {
    expect(markerText.safeParse(START_MARKER).success).toBe(true)
    expect(parseMarker(START_MARKER)).toBeUndefined()
  })

  it.each(['', '1', '.a', '1.', '-1.a', '01.a', '1.a b', '99999999999999999.a', '9999999999999999.a', '1.é'])(
    'is not %j',
    (text) => {
      expect(markerText.safeParse(text).success).toBe(false)
    },
  )

  it('orders by time, then by identifier', () => {
    const at = (changeTimeMs: number, recordId: string) => ({ changeTimeMs, recordId })
    expect(compareMarkers(at(1, 'z'), at(2, 'a'))).toBeLessThan(0)
    expect(compareMarkers(at(2, 'Z'), at(2, 'a'))).toBeLessThan(0)
    expect(compareMarkers(at(2, 'a'), at(2, 'a'))).toBe(0)
    expect(compareMarkers(at(2, '_'), at(2, 'Z'))).toBeGreaterThan(0)
  })
})
