/** Days in the month of a proleptic Gregorian year. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days from 1970-01-01 to a Gregorian date; years start in March so that the leap day comes last. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + dayOfYear - 719468
}

/**
 * Reads a calendar date written year, month, day with one separator, such as `2026/05/01` or `2026-05-01`.
 * @returns days since 1970-01-01 UTC, or undefined when it is no date that exists.
 */
export function parseCivilDay(text: string, separator: '/' | '-'): number | undefined {
  const parts = text.split(separator)
  if (parts.length !== 3 || !/^\d{4}$/.test(parts[0] ?? '')) return undefined
  if (!parts.slice(1).every((part) => /^\d{2}$/.test(part))) return undefined
  const [year = 0, month = 0, day = 0] = parts.map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return dayNumber(year, month, day)
}

/** Writes days since 1970-01-01 UTC as year, month and day with the separator between; years 0000-9999. */
export function formatCivilDay(day: number, separator: '/' | '-'): string {
  const fromMarch0 = day + 719468
  const era = Math.floor(fromMarch0 / 146097)
  const dayOfEra = fromMarch0 - era * 146097
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096)
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const centuryLeaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - (365 * yearOfEra + centuryLeaps)
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  return [`${year}`.padStart(4, '0'), `${month}`.padStart(2, '0'), `${dayOfMonth}`.padStart(2, '0')].join(separator)
}
