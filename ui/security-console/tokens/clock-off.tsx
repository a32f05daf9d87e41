import { useTranslation } from 'react-i18next'
import { useClockOff } from './use-clock-off.ts'

/** How far a clock is off, in words. + = ahead of the server. */
export function ClockOff({ offsetMs }: { offsetMs: number | null }) {
  const { t } = useTranslation()
  const clockOff = useClockOff()
  return <>{offsetMs === null ? t('tokens.clockUnknown') : clockOff(offsetMs)}</>
}
