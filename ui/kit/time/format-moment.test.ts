import { describe, expect, it } from 'vitest'
import { formatDistance, formatDuration } from './format-moment.ts'

const dayMs = 86_400_000

describe('a distance from now', () => {
  it('is rounded to one unit', () => {
    expect(formatDistance(3 * 365 * dayMs - dayMs, 'en')).toBe('in 3 years')
    expect(formatDistance(-100_000, 'en')).toBe('2 minutes ago')
    expect(formatDistance(45 * dayMs, 'de')).toBe('in 2 Monaten')
  })

  it('never names a day or year of the calendar: 36 hours ahead may be two midnights away', () => {
    expect(formatDistance(1.4 * dayMs, 'en')).toBe('in 1 day')
    expect(formatDistance(-1.4 * 365 * dayMs, 'de')).toBe('vor 1 Jahr')
  })

  it('is no number below a minute', () => {
    expect(formatDistance(59_000, 'en')).toBeUndefined()
  })
})

describe('a length of time', () => {
  it('has hours only where it needs them', () => {
    expect(formatDuration(75_000)).toBe('1:15')
    expect(formatDuration(3_675_000)).toBe('1:01:15')
  })
})
