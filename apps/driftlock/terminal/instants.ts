import { type UnixMs, unixMs } from '@driftlock/domain'
import { wrongUsage } from './command-error.ts'

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** A length of time as typed: `90s`, `15m`, `12h`, `7d`, `2w`; with a sign where it may go back. @returns milliseconds. */
export function parseDuration(text: string): number {
  const [, sign, count, unit] = /^([+-]?)(\d{1,9})([smhdw])$/.exec(text.trim()) ?? []
  if (count === undefined || unit === undefined)
    throw wrongUsage(`"${text}" is no length of time. Write a number and a unit, such as 90s, 15m, 12h, 7d or 2w.`)
  const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS] // the expression allows only these letters
  return sign === '-' ? -ms : ms
}

/**
 * An instant as typed: `2026-12-31` (its beginning, UTC), `2026-12-31T17:00Z` or with an offset, seconds since 1970 as
 * `@1767200000`, or a time from now such as `7d`; `-7d` lies back.
 */
export function parseInstant(text: string, now: number): UnixMs {
  const typed = text.trim()
  if (typed === 'now') return unixMs(now)
  if (/^@\d{1,12}$/.test(typed)) return unixMs(Number(typed.slice(1)) * 1000)
  if (/^[+-]?\d+[smhdw]$/.test(typed)) return unixMs(now + parseDuration(typed))
  const instant = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(typed)
    ? Date.parse(typed.replace(' ', 'T'))
    : Number.NaN
  if (Number.isNaN(instant))
    throw wrongUsage(
      `"${text}" is no time. Write 2026-12-31, 2026-12-31T17:00Z, @1767200000 or a time from now such as 7d.`,
    )
  return unixMs(instant)
}

/** `2026-12-31 17:00 UTC`: read in any zone. */
export function instantText(instant: number | null): string {
  if (instant === null) return ''
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The same for programs; null stays null. */
export function isoText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

/** `3 days ago`, `in 2 hours`. */
export function fromNowText(instant: number | null, now: number): string {
  if (instant === null) return ''
  const off = Math.abs(instant - now)
  const [size, unit] =
    off < 90_000
      ? [1000, 's']
      : off < 5_400_000
        ? [60_000, 'min']
        : off < 172_800_000
          ? [3_600_000, 'h']
          : [86_400_000, 'days']
  const count = `${Math.round(off / size)} ${unit}`
  return instant <= now ? `${count} ago` : `in ${count}`
}
