import type { ImportResult } from '@driftlock/contracts'
import { LinkButton, type Column, RowsTable } from '@driftlock/ui-kit'
import { Alert, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../facts/facts.tsx'
import { useWorded } from '../../worded/use-worded.ts'

type Fault = ImportResult['faults'][number]
type Duplicate = ImportResult['duplicates'][number]

/** What an import read, took and refused, record by record. */
export function ImportReport({ result }: { result: ImportResult }) {
  const { t } = useTranslation()
  const bad = result.faultCount
  const dryRun = result.outcome === 'dry-run'
  return (
    <>
      <Alert
        variant={result.outcome === 'refused' ? 'danger' : bad > 0 ? 'warning' : 'success'}
        isInline
        isLiveRegion
        component="p"
        title={t(`import.outcomes.${result.outcome}`, { count: result.inserted + result.replaced })}
      />
      <Facts
        facts={[
          [t('import.readAs'), result.format],
          [t('import.read'), String(result.recordCount)],
          [t(dryRun ? 'import.wouldInsert' : 'import.inserted'), String(result.inserted)],
          [t('import.replaced'), String(result.replaced)],
          [t('import.skipped'), String(result.skipped)],
          [t('import.faults'), String(bad)],
        ]}
      />
      {bad > 0 && <Faults faults={result.faults} />}
      {result.duplicates.length > 0 && <Duplicates duplicates={result.duplicates} />}
      {result.outcome === 'imported' && <LinkButton to="/tokens?assigned=false">{t('import.show')}</LinkButton>}
    </>
  )
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const columns: readonly Column<Fault>[] = [
    { id: 'record', title: t('import.record'), cell: (fault) => fault.record ?? t('import.wholeFile') },
    { id: 'serial', title: t('tokens.serial'), cell: (fault) => fault.serial ?? '' },
    { id: 'field', title: t('import.field'), cell: (fault) => fault.field ?? '' },
    { id: 'cause', title: t('import.cause'), cell: (fault) => worded(fault) },
  ]
  return (
    <>
      <Title headingLevel="h3">{t('import.faults')}</Title>
      <RowsTable
        label={t('import.faults')}
        rows={faults}
        columns={columns}
        keyOf={(fault) => `${fault.record} ${fault.field} ${fault.text}`}
        nameOf={(fault) => String(fault.record)}
      />
    </>
  )
}

function Duplicates({ duplicates }: { duplicates: readonly Duplicate[] }) {
  const { t } = useTranslation()
  const columns: readonly Column<Duplicate>[] = [
    { id: 'record', title: t('import.record'), cell: (one) => one.record },
    { id: 'serial', title: t('tokens.serial'), cell: (one) => one.serial },
    { id: 'with', title: t('import.duplicateOf'), cell: (one) => t(`import.duplicateIn.${one.with}`) },
    { id: 'assigned', title: t('tokens.owner'), cell: (one) => (one.assigned ? t('import.isAssigned') : '') },
  ]
  return (
    <>
      <Title headingLevel="h3">{t('import.duplicatesFound')}</Title>
      <RowsTable
        label={t('import.duplicatesFound')}
        rows={duplicates}
        columns={columns}
        keyOf={(one) => `${one.record} ${one.with}`}
        nameOf={(one) => one.serial}
      />
    </>
  )
}
