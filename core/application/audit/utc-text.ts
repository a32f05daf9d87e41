import { MS_PER_DAY, type UnixMs } from '@driftlock/domain'

/**
 * An instant as ISO 8601 text in UTC, `2026-11-22T04:30:00.000Z`: the same as a Date would give, for the years 0-9999.
 * Days are counted in eras of 400 years that begin on 1 March, so that the leap day is the last of its year.
 */
export function utcText(instant: UnixMs): string {
  const days = Math.floor(instant / MS_PER_DAY)
  const ms = instant - days * MS_PER_DAY
  const sinceEraZero = days + 719_468 // 1970-01-01 is this many days after 0000-03-01
  const era = Math.floor(sinceEraZero / 146_097)
  const dayOfEra = sinceEraZero - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
  return `${date}T${clock.map((part) => padded(part, 2)).join(':')}.${padded(ms % 1000, 3)}Z`
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
