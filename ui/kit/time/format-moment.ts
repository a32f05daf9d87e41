/** The user's own time zone, as the browser knows it: "Europe/Berlin". */
export function userZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Date and time in the user's zone with the zone shown: "22 Nov 2026, 06:31 CET". */
export function formatMoment(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(atMs)
}

/** The date alone, in the user's zone. */
export function formatDate(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium' }).format(atMs)
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long ago or ahead, rounded, in one unit: "3 days ago". Undefined below one minute. */
export function formatDistance(fromNowMs: number, language: string): string | undefined {
  const step = steps.find(([, lengthMs]) => Math.abs(fromNowMs) >= lengthMs)
  if (!step) return undefined
  const [unit, lengthMs] = step
  // In numbers alone: "tomorrow" and "next year" name days and years of the calendar, which a length cannot know.
  return new Intl.RelativeTimeFormat(localeOf(language)).format(Math.round(fromNowMs / lengthMs), unit)
}

/** A length of time to the second, 75 000 ms as "1:15". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const tail = String(rest).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

function localeOf(language: string): string {
  // British order and 24 hours: the English of this product is not tied to one country.
  return language === 'en' ? 'en-GB' : language
}
