import type { UnknownRadiusClient } from '@driftlock/contracts'
import { type Column, Moment, RowsTable } from '@driftlock/ui-kit'
import { Alert, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { RadiusActivity } from './use-radius-activity.ts'

/** Senders of RADIUS packets that are no client, last seen first; nothing while there are none. */
export function UnknownRadiusClients({ activity }: { activity: RadiusActivity }) {
  const { t } = useTranslation()
  const columns: readonly Column<UnknownRadiusClient>[] = [
    { id: 'address', title: t('radius.address'), fixed: true, cell: ({ address }) => address },
    { id: 'packets', title: t('radius.packets'), cell: ({ packets }) => packets },
    { id: 'seen', title: t('agents.lastSeen'), cell: ({ lastSeenAt }) => <Moment atMs={lastSeenAt} /> },
  ]
  if (activity.unknown.length === 0) {
    const title = t('radius.notServedHere')
    return activity.isServedHere ? null : <Alert isInline component="p" variant="info" title={title} />
  }
  return (
    <section aria-labelledby="unknown-radius-clients">
      <Content component="h2" id="unknown-radius-clients">
        {t('radius.unknownTitle')}
      </Content>
      <Content component="p">{t('radius.unknownLead')}</Content>
      <RowsTable
        label={t('radius.unknownTitle')}
        rows={activity.unknown}
        columns={columns}
        keyOf={({ address }) => address}
        nameOf={({ address }) => address}
      />
    </section>
  )
}
