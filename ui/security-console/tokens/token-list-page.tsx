import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { LinkButton } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import { useMay } from '../session/session-context.ts'
import { useTokenActs } from './acts/use-token-acts.tsx'
import { BulkTokenActs } from './bulk-token-acts.tsx'
import { tokenSearchNames } from './token-search-names.ts'
import { TokenSearchFields } from './token-search-fields.tsx'
import { useTokenColumns } from './use-token-columns.tsx'

/** Authentication > SecurID Tokens > Manage Existing: a page at a time, however many there are. */
export function TokenListPage() {
  const { t } = useTranslation()
  const may = useMay()
  const acts = useTokenActs()
  const list = useList(tokenEndpoints.listTokens, { fields: tokenSearchNames, always: { count: 'true' } })
  return (
    <ListPage<TokenSummary>
      title={t('tokens.listTitle')}
      lead={t('tokens.listLead')}
      actions={may('import-tokens') && <LinkButton to="/token-import">{t('tokens.import')}</LinkButton>}
      name="tokens"
      list={list}
      searchBy={{
        text: t('tokens.searchText'),
        savedAs: 'tokens',
        fields: <TokenSearchFields search={list.search} />,
        isFolded: true,
      }}
      columns={useTokenColumns()}
      sortedFirst="serial"
      nameOf={(token) => token.serial}
      rowActions={(token) =>
        acts.offeredFor(token).map((act) => ({ title: act.title, isDanger: act.isDanger, onChoose: act.run }))
      }
      bulkActions={(tokens, clear) => <BulkTokenActs tokens={tokens} onDone={clear} />}
      nothingYet={{ title: t('tokens.none'), body: t('tokens.noneBody') }}
    >
      {acts.dialog}
    </ListPage>
  )
}
