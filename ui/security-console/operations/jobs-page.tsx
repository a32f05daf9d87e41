import { type Job, jobEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, PageFrame, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { JobProgress } from './job-progress.tsx'
import { hasEnded } from './job-state.ts'

/** Administration > Jobs: long work and how far it is. */
export function JobsPage() {
  const { t } = useTranslation()
  const act = useAct()
  const cursor = usePageCursor()
  const query = useApiQuery(
    jobEndpoints.listJobs,
    { query: cursor.after === undefined ? {} : { after: cursor.after } },
    { keepPrevious: true, refreshMs: 3000 },
  )
  const columns: readonly Column<Job>[] = [
    {
      id: 'kind',
      title: t('jobs.kind'),
      fixed: true,
      cell: (job) => t(`jobs.kinds.${job.kind}`, { defaultValue: job.kind }),
    },
    { id: 'progress', title: t('jobs.progress'), cell: (job) => <JobProgress job={job} /> },
    { id: 'by', title: t('jobs.by'), cell: (job) => job.createdBy },
    { id: 'created', title: t('jobs.created'), cell: (job) => <Moment atMs={job.createdAt} /> },
    {
      id: 'finished',
      title: t('jobs.finished'),
      cell: (job) => job.finishedAt !== null && <Moment atMs={job.finishedAt} />,
    },
  ]
  return (
    <PageFrame title={t('menu.jobs')}>
      <PagedTable<Job>
        label={t('menu.jobs')}
        name="jobs"
        columns={columns}
        query={query}
        cursor={cursor}
        keyOf={(job) => job.id}
        nameOf={(job) => job.kind}
        rowActions={(job) =>
          hasEnded(job)
            ? []
            : [
                {
                  title: t('jobs.cancel'),
                  onChoose: () =>
                    void act(jobEndpoints.cancelJob, { params: { jobId: job.id } }, { done: t('jobs.cancelled') }),
                },
              ]
        }
      />
    </PageFrame>
  )
}
