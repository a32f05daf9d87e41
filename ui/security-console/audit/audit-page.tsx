import { auditEndpoints, type AuditRecord } from '@driftlock/contracts'
import { type Column, pathOf } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useActivityColumns } from '../activity/activity-table.tsx'
import { useActionText } from '../activity/use-action-text.ts'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import { useMay } from '../session/session-context.ts'
import { AuditSearchFields, auditSearchNames } from './audit-search-fields.tsx'
import { VerifyAudit } from './verify-audit.tsx'

/** Reporting > Audit: every record, searchable, and the proof that none was changed. */
export function AuditPage() {
  const { t } = useTranslation()
  const may = useMay()
  const actionText = useActionText()
  const list = useList(auditEndpoints.searchAudit, { fields: auditSearchNames })
  const csv = pathOf(auditEndpoints.exportAudit.path, { query: { ...list.search.values, format: 'csv' } })
  return (
    <ListPage<AuditRecord>
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={
        may('export-audit') && (
          <Button component="a" variant="secondary" href={csv} download>
            {t('audit.export')}
          </Button>
        )
      }
      intro={<VerifyAudit />}
      name="audit"
      list={list}
      searchBy={{ savedAs: 'audit', fields: <AuditSearchFields search={list.search} />, isFolded: true }}
      columns={useAuditColumns()}
      nameOf={(record) => `${actionText(record)} ${record.sequence}`}
      nothingYet={{ title: t('audit.none') }}
    />
  )
}

function useAuditColumns(): readonly Column<AuditRecord>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'sequence',
      title: t('audit.record'),
      fixed: true,
      cell: (record) => <Link to={`/audit/${record.id}`}>{`${record.chainId.slice(0, 8)} #${record.sequence}`}</Link>,
    },
    // With all of them the table would be wider than most screens.
    ...useActivityColumns().map((column) => ({ ...column, hidden: column.id === 'where' })),
  ]
}
