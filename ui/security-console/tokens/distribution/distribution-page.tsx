import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../lists/list-page.tsx'
import { useList } from '../../lists/use-list.ts'
import type { TokenActName } from '../acts/token-act.ts'
import { useTokenActs } from '../acts/use-token-acts.tsx'
import { useTokenColumns } from '../use-token-columns.tsx'
import { RedistributeDialog } from './redistribute-dialog.tsx'

const fields = ['text', 'redistributionPending'] as const
const distributionActs: ReadonlySet<TokenActName> = new Set(['distribute', 'redistribute', 'undo-redistribution'])

/** Distribution of software tokens: never more than were selected, and the old copies work until the new ones are used. */
export function DistributionPage() {
  const { t } = useTranslation()
  const acts = useTokenActs()
  const [chosen, setChosen] = useState<{ tokens: readonly TokenSummary[]; clear: () => void }>()
  const list = useList(tokenEndpoints.listTokens, {
    fields,
    always: { formFactor: 'software', assigned: 'true', count: 'true' },
  })
  const close = () => {
    chosen?.clear()
    setChosen(undefined)
  }
  return (
    <ListPage<TokenSummary>
      title={t('distribution.title')}
      lead={t('distribution.lead')}
      intro={<Alert variant="info" isInline component="p" title={t('distribution.safe')} />}
      name="distribution"
      list={list}
      searchBy={{ text: t('tokens.searchText') }}
      columns={useTokenColumns()}
      nameOf={(token) => token.serial}
      rowActions={(token) => {
        const offered = acts.offeredFor(token).filter((act) => distributionActs.has(act.name))
        return offered.map((act) => ({ title: act.title, onChoose: act.run }))
      }}
      bulkActions={(tokens, clear) => (
        <Button onClick={() => setChosen({ tokens, clear })}>
          {t('distribution.redistribute', { count: tokens.length })}
        </Button>
      )}
      nothingYet={{ title: t('distribution.none'), body: t('distribution.noneBody') }}
    >
      {acts.dialog}
      {chosen && <RedistributeDialog tokens={chosen.tokens} onClose={close} />}
    </ListPage>
  )
}
