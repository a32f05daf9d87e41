import { type HighAvailabilityRecord, highAvailabilityEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { SearchText } from '../search/search-text.tsx'

const CONDITIONS = ['unmatched', 'matched', 'revoked', 'deleted-here'] as const
const statusOf = { matched: 'success', unmatched: 'warning', revoked: 'info', 'deleted-here': 'danger' } as const

/** Records by what became of them; those without a user first, because they need somebody. */
export function HaRecords() {
  const { t } = useTranslation()
  const cursor = usePageCursor()
  const [condition, setCondition] = useState<HighAvailabilityRecord['condition']>('unmatched')
  const [text, setText] = useState('')
  const query = useApiQuery(
    highAvailabilityEndpoints.listHaRecords,
    {
      query: {
        condition,
        ...(text !== '' && { text }),
        ...(cursor.after !== undefined && { after: cursor.after }),
      },
    },
    { keepPrevious: true },
  )
  const columns: readonly Column<HighAvailabilityRecord>[] = [
    { id: 'serial', title: t('ha.serial'), fixed: true, cell: serialCell },
    { id: 'attribute', title: t('ha.attribute'), cell: attributeCell },
    { id: 'source', title: t('ha.source'), cell: (record) => record.identitySource },
    {
      id: 'condition',
      title: t('ha.condition'),
      cell: (record) => (
        <StatusLabel status={statusOf[record.condition]}>
          {record.reason === null ? t(`ha.conditions.${record.condition}`) : t(`ha.reasons.${record.reason}`)}
        </StatusLabel>
      ),
    },
    { id: 'user', title: t('ha.user'), cell: userCell },
    { id: 'changed', title: t('ha.changed'), cell: (record) => <Moment atMs={record.updatedAt} relative /> },
  ]
  return (
    <PagedTable<HighAvailabilityRecord>
      label={t('ha.records')}
      name="ha-records"
      columns={columns}
      query={query}
      cursor={cursor}
      keyOf={(record) => record.recordId}
      nameOf={(record) => record.serial}
      search={
        <>
          <ToggleGroup aria-label={t('ha.condition')}>
            {CONDITIONS.map((one) => (
              <ToggleGroupItem
                key={one}
                text={t(`ha.conditions.${one}`)}
                buttonId={`ha-${one}`}
                isSelected={condition === one}
                onChange={() => setCondition(one)}
              />
            ))}
          </ToggleGroup>
          <SearchText label={t('ha.search')} value={text} onSearch={setText} />
        </>
      }
    />
  )
}

function attributeCell({ userAttribute }: HighAvailabilityRecord) {
  return <span className="driftlock-breakable">{userAttribute}</span>
}

function serialCell({ serial, tokenId }: HighAvailabilityRecord) {
  return tokenId === null ? serial : <Link to={`/tokens/${tokenId}`}>{serial}</Link>
}

function userCell({ userId, username }: HighAvailabilityRecord) {
  return userId === null ? null : <Link to={`/users/${userId}`}>{username}</Link>
}
