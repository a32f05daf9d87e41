import { type TokenDetails, tokenEndpoints } from '@driftlock/contracts'
import { EmptyState, PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { TokenConditionLabel } from '../../conditions/condition-label.tsx'
import { TokenActButtons } from '../acts/token-act-buttons.tsx'
import { useTokenActs } from '../acts/use-token-acts.tsx'
import { DriftPlot } from './drift-plot.tsx'
import { DriftTable } from './drift-table.tsx'
import { ForecastFacts } from './forecast-facts.tsx'
import { TokenFacts } from './token-facts.tsx'
import { WindowFacts } from './window-facts.tsx'

/** One token: its record, windows, the drift of its clock over time, and what is to come. */
export function TokenPage() {
  const { tokenId = '' } = useParams()
  const token = useApiQuery(tokenEndpoints.getToken, { params: { tokenId } }, { refreshMs: 15_000 })
  return <QueryView query={token}>{(shown) => <TokenView token={shown} />}</QueryView>
}

function TokenView({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const acts = useTokenActs()
  return (
    <PageFrame
      title={t('tokens.pageTitle', { serial: token.serial })}
      lead={<TokenConditionLabel condition={token.condition} />}
      above={[{ to: '/tokens', title: t('menu.manageExisting') }]}
      actions={<TokenActButtons acts={acts.offeredFor(token)} serial={token.serial} />}
    >
      <Grid hasGutter>
        <GridItem xl={6}>
          <TokenFacts token={token} />
        </GridItem>
        <GridItem xl={6}>
          <div className="driftlock-gap">
            <WindowFacts token={token} />
            {token.clock && <ForecastFacts token={token} />}
          </div>
        </GridItem>
        {token.clock && (
          <GridItem>
            <DriftHistory token={token} />
          </GridItem>
        )}
      </Grid>
      {acts.dialog}
    </PageFrame>
  )
}

function DriftHistory({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const history = useApiQuery(tokenEndpoints.getDriftHistory, { params: { tokenId: token.id }, query: { limit: 500 } })
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('drift.title')}</CardTitle>
      <CardBody>
        <QueryView query={history}>
          {({ points }) =>
            points.length === 0 ? (
              <EmptyState headingLevel="h3" title={t('drift.none')}>
                {t('drift.noneBody')}
              </EmptyState>
            ) : (
              <>
                <DriftPlot points={points} windows={token.windows} />
                <DriftTable points={points} />
              </>
            )
          }
        </QueryView>
      </CardBody>
    </Card>
  )
}
