import type { FormatRecord } from '../format-error.ts'
import { refusePskc } from './refuse.ts'
import { textAt, type XmlElement } from './xml-tree.ts'

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))?$/

/** An xs:dateTime as UTC without fractions, `YYYY-MM-DDTHH:MM:SSZ`; without a zone it is taken as UTC. Undefined if it is none. */
export const parseDateTime = (text: string): string | undefined => {
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second)
  // Date.UTC rolls 31 April over to May and reads years below 100 as 19xx; a real date comes back as it was written.
  if (Number.isNaN(wallMs) || formatUtc(wallMs).slice(0, 19) !== text.slice(0, 19)) return undefined
  const offsetMinutes = Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)
  if (offsetMinutes > 14 * 60) return undefined
  const utc = formatUtc(wallMs - (match[7] === '-' ? -1 : 1) * offsetMinutes * 60_000)
  return DATE_TIME.test(utc) ? utc : undefined
}

const formatUtc = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`

/** The first of the elements that has this date; a date that cannot be read is refused. */
export const dateTimeAt = (
  field: 'StartDate' | 'ExpiryDate',
  places: readonly (XmlElement | undefined)[],
  record: FormatRecord,
): string | undefined => {
  const text = places.map((place) => textAt(place, field)).find((found) => found !== undefined)
  if (text === undefined) return undefined
  const cause = 'it is not a date and time like 2031-05-31T00:00:00Z'
  return parseDateTime(text) ?? refusePskc('invalid-field', { record, field }, cause)
}
