import { type MyLogOn, selfServiceEndpoints } from '@driftlock/contracts'
import { type Column, EmptyState, Moment, PagedTable, PageFrame, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { Label } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const statuses = { success: 'success', failure: 'danger', warning: 'warning' } as const

/** "Was this you?": the log-ons of the one who is logged on, newest first. */
export function HistoryPage() {
  const { t } = useTranslation()
  const cursor = usePageCursor()
  const inWords = useLogOnWords()
  const query = { limit: 25, ...(cursor.after !== undefined && { after: cursor.after }) }
  const logOns = useApiQuery(selfServiceEndpoints.listMyLogOns, { query }, { keepPrevious: true })
  return (
    <PageFrame title={t('history.title')} lead={t('history.lead')}>
      <PagedTable
        label={t('history.title')}
        name="my-log-ons"
        columns={useColumns()}
        query={logOns}
        cursor={cursor}
        keyOf={(row) => row.id}
        nameOf={inWords}
        empty={<EmptyState title={t('history.none')}>{t('history.noneBody')}</EmptyState>}
      />
    </PageFrame>
  )
}

function useColumns(): readonly Column<MyLogOn>[] {
  const { t } = useTranslation()
  return [
    { id: 'at', title: t('history.at'), cell: (row) => <Moment atMs={row.at} relative />, fixed: true },
    {
      id: 'outcome',
      title: t('history.outcome'),
      cell: (row) => <Label status={statuses[row.outcome]}>{t(`history.outcomes.${row.outcome}`)}</Label>,
    },
    { id: 'through', title: t('history.through'), cell: (row) => row.through },
    { id: 'token', title: t('history.token'), cell: (row) => row.tokenSerial ?? '–' },
    { id: 'address', title: t('history.address'), cell: (row) => row.clientAddress ?? '–' },
    { id: 'detail', title: t('history.detail'), cell: useLogOnWords() },
  ]
}

/** What came of a log-on, in the language of the page; in English where the server knows something newer. */
function useLogOnWords(): (row: MyLogOn) => string {
  const { t, i18n } = useTranslation()
  return ({ code, text }) => (i18n.exists(`history.texts.${code}`) ? t(`history.texts.${code}`) : text)
}
