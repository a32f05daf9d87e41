import type { Job } from '@driftlock/contracts'
import { formatDuration, useLanguage } from '@driftlock/ui-kit'
import { Progress, ProgressMeasureLocation, type ProgressProps } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const variants: Partial<Record<Job['status'], NonNullable<ProgressProps['variant']>>> = {
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'warning',
}

/** How far a job is, how fast, and how long it still takes. */
export function JobProgress({ job }: { job: Job }) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const { doneCount, totalCount, ratePerSecond, secondsLeft, status, error } = job
  const of =
    totalCount === null ? number.format(doneCount) : `${number.format(doneCount)} / ${number.format(totalCount)}`
  const variant = variants[status]
  const done = totalCount === null || totalCount === 0 ? 0 : (100 * doneCount) / totalCount
  return (
    <div role="status">
      <Progress
        title={t(`jobs.status.${status}`)}
        aria-label={t('jobs.progress')}
        value={status === 'succeeded' ? 100 : done}
        label={of}
        measureLocation={ProgressMeasureLocation.top}
        {...(variant && { variant })}
      />
      {status === 'running' && ratePerSecond !== null && (
        <p>
          {t('jobs.rate', { rate: number.format(ratePerSecond) })}
          {secondsLeft !== null && ` · ${t('jobs.left', { left: formatDuration(secondsLeft * 1000) })}`}
        </p>
      )}
      {error && <p>{i18n.exists(`jobs.errors.${error.code}`) ? t(`jobs.errors.${error.code}`) : t('jobs.failed')}</p>}
    </div>
  )
}
