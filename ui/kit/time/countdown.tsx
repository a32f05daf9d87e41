import { Progress, ProgressMeasureLocation } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { formatDuration } from './format-moment.ts'
import { useRemaining } from './use-remaining.ts'

interface CountdownProps {
  label: string
  endsAtMs: number
  /** Whole length, for the bar. */
  lengthMs: number
  onEnd?: () => void
}

/** Screen readers hear these moments, not every second. */
const spokenSeconds = new Set([60, 30, 10, 5])

/** A visible countdown to something that is waited for. Nothing is lost when it is over (WCAG 2.2.1): it is no limit. */
export function Countdown({ label, endsAtMs, lengthMs, onEnd }: CountdownProps) {
  const { t } = useTranslation('kit')
  const remainingMs = useRemaining(endsAtMs, onEnd)
  const seconds = Math.ceil(remainingMs / 1000)
  const spoken = spokenSeconds.has(seconds) ? t('time.secondsLeft', { count: seconds }) : ''
  return (
    <div className="driftlock-countdown" role="timer" aria-label={label}>
      <Progress
        value={Math.min(100, (100 * remainingMs) / lengthMs)}
        title={label}
        label={remainingMs === 0 ? t('time.over') : formatDuration(remainingMs)}
        measureLocation={ProgressMeasureLocation.top}
        size="sm"
        aria-label={t('time.remaining')}
        aria-valuetext={t('time.secondsLeft', { count: seconds })}
      />
      <span className="pf-v6-screen-reader" aria-live="polite">
        {spoken}
      </span>
    </div>
  )
}
