import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../language/use-language.ts'
import { formatDate, formatDistance, formatMoment } from './format-moment.ts'

interface MomentProps {
  /** Milliseconds since 1970, UTC; absent where it never happened. */
  atMs: number | null | undefined
  /** Also says how long ago or ahead that is. */
  relative?: boolean
  dateOnly?: boolean
  /** Words where there is no such point; "never" where absent. */
  absent?: string
}

/** A point in time in the user's zone, with the zone shown. */
export function Moment({ atMs, relative = false, dateOnly = false, absent }: MomentProps) {
  const { t } = useTranslation('kit')
  const language = useLanguage()
  const [openedAtMs] = useState(() => Date.now())
  if (atMs === null || atMs === undefined) return <>{absent ?? t('time.never')}</>
  const exact = dateOnly ? formatDate(atMs, language) : formatMoment(atMs, language)
  const distance = relative ? (formatDistance(atMs - openedAtMs, language) ?? t('time.now')) : undefined
  return (
    <time dateTime={new Date(atMs).toISOString()}>{distance === undefined ? exact : `${exact} (${distance})`}</time>
  )
}
