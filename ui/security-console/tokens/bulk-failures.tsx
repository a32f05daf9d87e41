import type { BulkResult, TokenSummary } from '@driftlock/contracts'
import { type Column, RowsTable } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { DetailsDialog } from '../dialogs/details-dialog.tsx'
import { nameOfToken } from './token-name.ts'

interface BulkFailuresProps {
  tokens: readonly TokenSummary[]
  result: BulkResult
  onClose: () => void
}

type Failure = BulkResult['results'][number]

/** Which of the named tokens were not changed, and why. */
export function BulkFailures({ tokens, result, onClose }: BulkFailuresProps) {
  const { t, i18n } = useTranslation()
  const title = t('bulk.failed', { count: result.failed, done: result.done })
  // The answer names them by their serials alone; the list knows their owners as well.
  const named = new Map(tokens.map((token) => [token.id, token]))
  const nameOf = ({ id, name }: Failure) => {
    const token = named.get(id)
    return token ? nameOfToken(token) : name
  }
  const whyOf = ({ id, code, detail }: Failure) =>
    i18n.exists(`problems.${code}`) ? t(`problems.${code}`, { serial: named.get(id)?.serial }) : detail
  const columns: readonly Column<Failure>[] = [
    { id: 'serial', title: t('tokens.serial'), cell: nameOf },
    { id: 'why', title: t('bulk.why'), cell: whyOf },
  ]
  return (
    <DetailsDialog title={title} onClose={onClose}>
      <RowsTable
        label={title}
        rows={result.results.filter((one) => !one.ok)}
        columns={columns}
        keyOf={(one) => one.id}
        nameOf={nameOf}
      />
    </DetailsDialog>
  )
}
