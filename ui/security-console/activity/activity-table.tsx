import type { ActivityRecord } from '@driftlock/contracts'
import { type Column, Moment, RowsTable } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { OutcomeLabel } from '../conditions/outcome-label.tsx'
import { ActorLink } from '../links/actor-link.tsx'
import { WhereLink } from '../links/where-link.tsx'
import { ReasonWords } from './reason-words.tsx'
import { useActionText } from './use-action-text.ts'

export type ActivityColumn = 'time' | 'action' | 'outcome' | 'reason' | 'who' | 'user' | 'where' | 'token'

interface ActivityTableProps {
  label: string
  records: readonly ActivityRecord[]
  shows: readonly ActivityColumn[]
}

/** The columns that a list of what happened can show. */
export function useActivityColumns(): readonly Column<ActivityRecord>[] {
  const { t } = useTranslation()
  const actionText = useActionText()
  return [
    { id: 'time', title: t('activity.time'), fixed: true, cell: (record) => <Moment atMs={record.at} /> },
    { id: 'action', title: t('activity.action'), cell: actionText },
    { id: 'outcome', title: t('activity.outcome'), cell: (record) => <OutcomeLabel outcome={record.outcome} /> },
    { id: 'reason', title: t('activity.reason'), cell: (record) => <ReasonWords record={record} /> },
    { id: 'who', title: t('activity.who'), cell: (record) => <ActorLink actor={record.actor} /> },
    {
      id: 'user',
      title: t('activity.user'),
      cell: (record) => record.userId && <Link to={`/users/${record.userId}`}>{record.username ?? record.userId}</Link>,
    },
    { id: 'where', title: t('activity.where'), cell: (record) => <WhereLink record={record} /> },
    {
      id: 'token',
      title: t('activity.token'),
      cell: (record) => record.tokenSerial && <Link to={`/tokens/${record.tokenSerial}`}>{record.tokenSerial}</Link>,
    },
  ]
}

/** What happened, one row each. */
export function ActivityTable({ label, records, shows }: ActivityTableProps) {
  const actionText = useActionText()
  const columns = useActivityColumns().filter((column) => shows.some((shown) => shown === column.id))
  return <RowsTable label={label} rows={records} columns={columns} keyOf={(record) => record.id} nameOf={actionText} />
}
