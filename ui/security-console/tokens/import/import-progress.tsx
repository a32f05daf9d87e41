import { importResult, type Job, job as jobSchema, jobEndpoints } from '@driftlock/contracts'
import { QueryView, useApi, useApiQuery, useEventStream } from '@driftlock/ui-kit'
import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '../../operations/job-progress.tsx'
import { hasEnded } from '../../operations/job-state.ts'
import { ImportReport } from './import-report.tsx'

/** An import as it goes on, and its report when it has ended. */
export function ImportProgress({ jobId }: { jobId: string }) {
  const job = useApiQuery(jobEndpoints.getJob, { params: { jobId } })
  return <QueryView query={job}>{(found) => <FollowedImport job={found} />}</QueryView>
}

/** The stream is followed; a poll stands in where it breaks. */
function FollowedImport({ job: first }: { job: Job }) {
  const { t } = useTranslation()
  const api = useApi()
  const queries = useQueryClient()
  const [streamed, setStreamed] = useState(first)
  const params = { jobId: first.id }
  const state = useEventStream(jobEndpoints.watchJob, {
    input: { params },
    schema: jobSchema,
    name: 'job',
    enabled: !hasEnded(streamed),
    onEvent: (job) => {
      setStreamed(job)
      if (hasEnded(job)) void queries.invalidateQueries()
    },
  })
  const polled = useApiQuery(
    jobEndpoints.getJob,
    { params },
    { enabled: state === 'lost' && !hasEnded(streamed), refreshMs: 1000 },
  )
  const job = hasEnded(streamed) ? streamed : (polled.data ?? streamed)
  const result = importResult.safeParse(job.result)
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('import.progress')}</CardTitle>
      <CardBody className="driftlock-gap">
        <JobProgress job={job} />
        {!hasEnded(job) && (
          <div>
            <Button variant="secondary" onClick={() => void api.call(jobEndpoints.cancelJob, { params })}>
              {t('jobs.cancel')}
            </Button>
          </div>
        )}
        {result.success && <ImportReport result={result.data} />}
      </CardBody>
    </Card>
  )
}
