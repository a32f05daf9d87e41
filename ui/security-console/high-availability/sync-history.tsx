import { highAvailabilityEndpoints, type SyncRunView } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'

const statusOf = { running: 'info', succeeded: 'success', failed: 'danger', interrupted: 'warning' } as const
const COUNTS = ['fetched', 'added', 'updated', 'revoked', 'unmatched', 'removed'] as const

/** Runs of the synchronisation, newest first. */
export function SyncHistory() {
  const { t } = useTranslation()
  const cursor = usePageCursor()
  const query = useApiQuery(
    highAvailabilityEndpoints.listSyncRuns,
    { query: { limit: 10, ...(cursor.after !== undefined && { after: cursor.after }) } },
    { keepPrevious: true, refreshMs: 5_000 },
  )
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
    />
  )
}
