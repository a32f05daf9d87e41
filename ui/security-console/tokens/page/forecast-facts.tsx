import type { TokenDetails } from '@driftlock/contracts'
import { Moment } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { type Fact, Facts } from '../../facts/facts.tsx'

/** When the token will leave its window, by how often it is used. */
export function ForecastFacts({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const facts = token.forecasts.map<Fact>((forecast) => [
    forecast.everyDays === null ? t('forecast.unused') : t('forecast.everyDays', { count: forecast.everyDays }),
    forecast.leavesWindowAt === null ? (
      t('forecast.never')
    ) : (
      <Moment key={forecast.everyDays} atMs={forecast.leavesWindowAt} dateOnly relative />
    ),
  ])
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('forecast.title')}</CardTitle>
      <CardBody>
        {token.forecasts.some((one) => one.neverSeen) && <p>{t('forecast.neverSeen')}</p>}
        <Facts facts={facts} />
      </CardBody>
    </Card>
  )
}
