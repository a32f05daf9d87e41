import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { PagedTable, PageFrame, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchText } from '../../search/search-text.tsx'
import { useSearchFields } from '../../search/use-search-fields.ts'
import { useTokenActs } from '../acts/use-token-acts.tsx'
import { useTokenColumns } from '../use-token-columns.tsx'
import { RedistributeDialog } from './redistribute-dialog.tsx'

/** Distribution of software tokens: never more than were selected, and the old copies work until the new ones are used. */
export function DistributionPage() {
  const { t } = useTranslation()
  const cursor = usePageCursor()
  const search = useSearchFields(['text', 'redistributionPending'])
  const acts = useTokenActs()
  const [chosen, setChosen] = useState<{ tokens: readonly TokenSummary[]; clear: () => void }>()
  const query = useApiQuery(
    tokenEndpoints.listTokens,
    {
      query: {
        ...(search.values as object), // checked by the server like any query
        formFactor: 'software',
        assigned: 'true',
        count: 'true',
        ...(cursor.after !== undefined && { after: cursor.after }),
      },
    },
    { keepPrevious: true },
  )
  return (
    <PageFrame title={t('distribution.title')} lead={t('distribution.lead')}>
      <div className="driftlock-gap">
        <Alert variant="info" isInline component="p" title={t('distribution.safe')} />
        <PagedTable<TokenSummary>
          label={t('distribution.title')}
          name="distribution"
          columns={useTokenColumns()}
          query={query}
          cursor={cursor}
          keyOf={(token) => token.id}
          nameOf={(token) => token.serial}
          search={
            <SearchText
              label={t('tokens.searchText')}
              value={search.values.text ?? ''}
              onSearch={(text) => search.set({ text })}
            />
          }
          rowActions={(token) =>
            acts
              .offeredFor(token)
              .filter((act) => ['distribute', 'redistribute', 'undo-redistribution'].includes(act.name))
              .map((act) => ({ title: act.title, onChoose: act.run }))
          }
          bulkActions={(tokens, clear) => (
            <Button onClick={() => setChosen({ tokens, clear })}>
              {t('distribution.redistribute', { count: tokens.length })}
            </Button>
          )}
        />
      </div>
      {acts.dialog}
      {chosen && (
        <RedistributeDialog
          tokens={chosen.tokens}
          onClose={() => {
            chosen.clear()
            setChosen(undefined)
          }}
        />
      )}
    </PageFrame>
  )
}
