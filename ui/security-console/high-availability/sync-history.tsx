import { highAvailabilityEndpoints, type SyncRunView } from '@driftlock/contracts'
import { type Column, EmptyState, Moment, PagedTable } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { useList } from '../lists/use-list.ts'

const statusOf = { running: 'info', succeeded: 'success', failed: 'danger', interrupted: 'warning' } as const
const COUNTS = ['fetched', 'added', 'updated', 'revoked', 'unmatched', 'removed'] as const

/** Runs of the synchronisation, newest first. */
export function SyncHistory() {
  const { t } = useTranslation()
  const { query, cursor } = useList(highAvailabilityEndpoints.listSyncRuns, {
    always: { limit: '10' },
    cursorName: 'run',
    refreshMs: 5_000,
  })
  const columns: readonly Column<SyncRunView>[] = [
    { id: 'started', title: t('ha.started'), fixed: true, cell: (run) => <Moment atMs={run.startedAt} /> },
    { id: 'kind', title: t('ha.kind'), cell: (run) => t(`ha.kinds.${run.kind}`) },
    {
      id: 'outcome',
      title: t('ha.outcome'),
      cell: (run) => <StatusLabel status={statusOf[run.outcome]}>{t(`ha.outcomes.${run.outcome}`)}</StatusLabel>,
    },
    ...COUNTS.map(
      (name): Column<SyncRunView> => ({
        id: name,
        title: t(`ha.counts.${name}`),
        cell: (run) => run.counts[name],
      }),
    ),
    { id: 'error', title: t('ha.error'), cell: (run) => run.errorText },
    { id: 'instance', title: t('ha.instance'), hidden: true, cell: (run) => run.instance },
  ]
  return (
    <PagedTable<SyncRunView>
      label={t('ha.history')}
      name="ha-history"
      columns={columns}
      query={query}
      cursor={cursor}
      keyOf={(run) => run.id}
      nameOf={(run) => run.id}
      empty={<EmptyState headingLevel="h3" title={t('ha.noRuns')} />}
    />
  )
}
