import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { PagedTable, PageFrame, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../forms/link-button.tsx'
import { useSearchFields } from '../search/use-search-fields.ts'
import { useMay } from '../session/session-context.ts'
import { useTokenActs } from './acts/use-token-acts.tsx'
import { BulkTokenActs } from './bulk-token-acts.tsx'
import { tokenSearchNames } from './token-search-names.ts'
import { TokenSearch } from './token-search.tsx'
import { useTokenColumns } from './use-token-columns.tsx'

/** Authentication > SecurID Tokens > Manage Existing: a page at a time, however many there are. */
export function TokenListPage() {
  const { t } = useTranslation()
  const may = useMay()
  const cursor = usePageCursor()
  const search = useSearchFields(tokenSearchNames)
  const acts = useTokenActs()
  const query = useApiQuery(
    tokenEndpoints.listTokens,
    // What the address says is checked by the server like any query.
    {
      query: {
        ...(search.values as object), // fields of a form: a plain object
        count: 'true',
        ...(cursor.after !== undefined && { after: cursor.after }),
      },
    },
    { keepPrevious: true },
  )
  return (
    <PageFrame
      title={t('tokens.listTitle')}
      lead={t('tokens.listLead')}
      actions={may('import-tokens') && <LinkButton to="/token-import">{t('tokens.import')}</LinkButton>}
    >
      <TokenSearch search={search} />
      <PagedTable<TokenSummary>
        label={t('tokens.listTitle')}
        name="tokens"
        columns={useTokenColumns()}
        query={query}
        cursor={cursor}
        keyOf={(token) => token.id}
        nameOf={(token) => token.serial}
        rowActions={(token) =>
          acts.offeredFor(token).map((act) => ({ title: act.title, isDanger: act.isDanger, onChoose: act.run }))
        }
        bulkActions={(tokens, clear) => <BulkTokenActs tokens={tokens} onDone={clear} />}
      />
      {acts.dialog}
    </PageFrame>
  )
}
