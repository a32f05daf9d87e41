import { type Instance, instanceEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PageFrame, QueryView, RowsTable, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'
import ClockDoubts from './clock-doubts.tsx'

const statusOf = { running: 'success', lost: 'warning', stopped: 'danger' } as const

/** Setup > Instances: which run, and whether the one that answers trusts its clock. */
export function InstancesPage() {
  const { t } = useTranslation()
  const instances = useApiQuery(instanceEndpoints.listInstances, {}, { refreshMs: 10_000 })
  const columns: readonly Column<Instance>[] = [
    {
      id: 'name',
      title: t('instances.name'),
      cell: (one) => (one.answersThis ? t('instances.answers', { name: one.name }) : one.name),
    },
    { id: 'role', title: t('instances.role'), cell: (one) => one.role },
    {
      id: 'condition',
      title: t('instances.state'),
      cell: (one) => (
        <StatusLabel status={statusOf[one.condition]}>{t(`instances.conditions.${one.condition}`)}</StatusLabel>
      ),
    },
    { id: 'version', title: t('instances.version'), cell: (one) => one.version },
    { id: 'address', title: t('instances.address'), cell: (one) => one.address },
    { id: 'started', title: t('instances.started'), cell: (one) => <Moment atMs={one.startedAt} /> },
    { id: 'heartbeat', title: t('instances.heartbeat'), cell: (one) => <Moment atMs={one.heartbeatAt} relative /> },
  ]
  return (
    <PageFrame title={t('menu.instances')}>
      <QueryView query={instances}>
        {({ items, clockDoubts, serverTime }) => (
          <div className="driftlock-gap">
            <ClockDoubts doubts={clockDoubts} />
            <p>
              {t('instances.serverTime')} <Moment atMs={serverTime} />
            </p>
            <RowsTable
              label={t('menu.instances')}
              rows={items}
              columns={columns}
              keyOf={(one) => one.id}
              nameOf={(one) => one.name}
            />
          </div>
        )}
      </QueryView>
    </PageFrame>
  )
}
