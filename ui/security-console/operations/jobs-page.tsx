import { type Job, jobEndpoints } from '@driftlock/contracts'
import { type Column, Moment } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAct } from '../acts/use-act.ts'
import { PersonLink } from '../links/person-link.tsx'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import { JobProgress } from './job-progress.tsx'
import { hasEnded } from './job-state.ts'

/** Administration > Jobs: long work and how far it is. */
export function JobsPage() {
  const { t } = useTranslation()
  const act = useAct()
  const list = useList(jobEndpoints.listJobs, { refreshMs: 3000 })
  const cancel = ({ id }: Job) => act(jobEndpoints.cancelJob, { params: { jobId: id } }, { done: t('jobs.cancelled') })
  return (
    <ListPage<Job>
      title={t('menu.jobs')}
      lead={t('jobs.lead')}
      name="jobs"
      list={list}
      columns={useJobColumns()}
      nameOf={(job) => job.kind}
      rowActions={(job) => (hasEnded(job) ? [] : [{ title: t('jobs.cancel'), onChoose: () => void cancel(job) }])}
      nothingYet={{ title: t('jobs.none'), body: t('jobs.noneBody') }}
    />
  )
}

function useJobColumns(): readonly Column<Job>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'kind',
      title: t('jobs.kind'),
      fixed: true,
      cell: (job) => (
        <Link to={`/token-import?job=${job.id}`}>{t(`jobs.kinds.${job.kind}`, { defaultValue: job.kind })}</Link>
      ),
    },
    { id: 'progress', title: t('jobs.progress'), cell: (job) => <JobProgress job={job} /> },
    { id: 'by', title: t('jobs.by'), cell: (job) => <PersonLink username={job.createdBy} /> },
    { id: 'created', title: t('jobs.created'), cell: (job) => <Moment atMs={job.createdAt} /> },
    {
      id: 'finished',
      title: t('jobs.finished'),
      cell: (job) => job.finishedAt !== null && <Moment atMs={job.finishedAt} />,
    },
  ]
}
