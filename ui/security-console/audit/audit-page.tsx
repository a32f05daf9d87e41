import { auditEndpoints, type AuditRecord } from '@driftlock/contracts'
import { type Column, PagedTable, PageFrame, pathOf, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useActivityColumns } from '../activity/activity-table.tsx'
import { useActionText } from '../activity/use-action-text.ts'
import { SavedSearches } from '../search/saved-searches.tsx'
import { useSearchFields } from '../search/use-search-fields.ts'
import { useMay } from '../session/session-context.ts'
import { AuditSearch, auditSearchNames } from './audit-search.tsx'
import { VerifyAudit } from './verify-audit.tsx'

/** Reporting > Audit: every record, searchable, and the proof that none was changed. */
export function AuditPage() {
  const { t } = useTranslation()
  const may = useMay()
  const actionText = useActionText()
  const cursor = usePageCursor()
  const search = useSearchFields(auditSearchNames)
  // What the address says is checked by the server like any query.
  const filter = search.values as object
  const query = useApiQuery(
    auditEndpoints.searchAudit,
    { query: { ...filter, ...(cursor.after !== undefined && { after: cursor.after }) } },
    { keepPrevious: true },
  )
  const columns: readonly Column<AuditRecord>[] = [
    {
      id: 'sequence',
      title: t('audit.record'),
      fixed: true,
      cell: (record) => <Link to={`/audit/${record.id}`}>{`${record.chainId.slice(0, 8)} #${record.sequence}`}</Link>,
    },
    // With all of them the table would be wider than most screens.
    ...useActivityColumns().map((column) => ({ ...column, hidden: column.id === 'where' })),
  ]
  return (
    <PageFrame
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={
        may('export-audit') && (
          <Button
            component="a"
            variant="secondary"
            href={pathOf(auditEndpoints.exportAudit.path, { query: { ...filter, format: 'csv' } })}
            download
          >
            {t('audit.export')}
          </Button>
        )
      }
    >
      <div className="driftlock-gap">
        <VerifyAudit />
        <AuditSearch search={search} />
        <PagedTable<AuditRecord>
          label={t('audit.title')}
          name="audit"
          columns={columns}
          query={query}
          cursor={cursor}
          keyOf={(record) => record.id}
          nameOf={(record) => `${actionText(record)} ${record.sequence}`}
          search={<SavedSearches list="audit" />}
        />
      </div>
    </PageFrame>
  )
}
