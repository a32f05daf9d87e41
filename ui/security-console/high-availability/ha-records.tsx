import { type HighAvailabilityRecord, highAvailabilityEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable } from '@driftlock/ui-kit'
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { NothingListed } from '../lists/nothing-listed.tsx'
import { useList } from '../lists/use-list.ts'
import { SearchText } from '../search/search-text.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'

const CONDITIONS = ['unmatched', 'matched', 'revoked', 'deleted-here'] as const
const statusOf = { matched: 'success', unmatched: 'warning', revoked: 'info', 'deleted-here': 'danger' } as const
const fields = ['condition', 'text'] as const

/** Records by what became of them; those without a user first, because they need somebody. */
export function HaRecords() {
  const { t } = useTranslation()
  // Where the address chooses none, what stands first here is asked for.
  const list = useList(highAvailabilityEndpoints.listHaRecords, { fields, first: { condition: CONDITIONS[0] } })
  const columns: readonly Column<HighAvailabilityRecord>[] = [
    { id: 'serial', title: t('ha.serial'), fixed: true, cell: serialCell },
    { id: 'attribute', title: t('ha.attribute'), cell: attributeCell },
    { id: 'source', title: t('ha.source'), cell: (record) => record.identitySource },
    { id: 'condition', title: t('ha.condition'), cell: (record) => <RecordCondition record={record} /> },
    { id: 'user', title: t('ha.user'), cell: userCell },
    { id: 'changed', title: t('ha.changed'), cell: (record) => <Moment atMs={record.updatedAt} relative /> },
  ]
  return (
    <>
      <RecordSearch search={list.search} />
      <PagedTable<HighAvailabilityRecord>
        label={t('ha.records')}
        name="ha-records"
        columns={columns}
        query={list.query}
        cursor={list.cursor}
        keyOf={(record) => record.recordId}
        nameOf={(record) => record.serial}
        empty={<NothingListed search={list.search} title={t('ha.noRecords')} headingLevel="h3" />}
      />
    </>
  )
}

function RecordSearch({ search: { values, set } }: { search: SearchFields<(typeof fields)[number]> }) {
  const { t } = useTranslation()
  return (
    <search className="driftlock-gap">
      <ToggleGroup aria-label={t('ha.condition')}>
        {CONDITIONS.map((one) => (
          <ToggleGroupItem
            key={one}
            text={t(`ha.conditions.${one}`)}
            buttonId={`ha-${one}`}
            isSelected={(values.condition ?? CONDITIONS[0]) === one}
            onChange={() => set({ condition: one })}
          />
        ))}
      </ToggleGroup>
      <SearchText label={t('ha.search')} value={values.text ?? ''} onSearch={(text) => set({ text })} />
    </search>
  )
}

function RecordCondition({ record: { condition, reason } }: { record: HighAvailabilityRecord }) {
  const { t } = useTranslation()
  return (
    <StatusLabel status={statusOf[condition]}>
      {reason === null ? t(`ha.conditions.${condition}`) : t(`ha.reasons.${reason}`)}
    </StatusLabel>
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
