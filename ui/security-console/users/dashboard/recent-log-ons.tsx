import type { ActivityRecord } from '@driftlock/contracts'
import { LinkButton, EmptyState } from '@driftlock/ui-kit'
import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { ActivityTable } from '../../activity/activity-table.tsx'
import { useMay } from '../../session/session-context.ts'

interface RecentLogOnsProps {
  records: readonly ActivityRecord[]
  userId: string
}

/** The last log-ons with their reasons in words. */
export function RecentLogOns({ records, userId }: RecentLogOnsProps) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Card isCompact>
      <CardHeader
        actions={{
          actions: may('view-audit') && (
            <LinkButton to={`/audit?userId=${userId}`} variant="link">
              {t('dashboard.allActivity')}
            </LinkButton>
          ),
          hasNoOffset: true,
        }}
      >
        <CardTitle component="h2">{t('dashboard.recent')}</CardTitle>
      </CardHeader>
      <CardBody>
        {records.length === 0 ? (
          <EmptyState headingLevel="h3" title={t('dashboard.noLogOns')} />
        ) : (
          <ActivityTable
            label={t('dashboard.recent')}
            records={records}
            shows={['time', 'outcome', 'reason', 'where', 'token']}
          />
        )}
      </CardBody>
    </Card>
  )
}
