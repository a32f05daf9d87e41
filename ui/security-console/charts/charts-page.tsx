import { PageFrame } from '@driftlock/ui-kit'
import { Grid, GridItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/session-context.ts'
import { DriftChart } from './drift-chart.tsx'
import { ExpiryChart } from './expiry-chart.tsx'
import { LogOnChart } from './log-on-chart.tsx'
import { NextTokencodeChart } from './next-tokencode-chart.tsx'

/** Reporting > Charts: what is quicker to look at than to read. */
export function ChartsPage() {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <PageFrame title={t('menu.charts')} lead={t('charts.lead')}>
      <Grid hasGutter>
        {may('view-activity') && (
          <GridItem>
            <LogOnChart />
          </GridItem>
        )}
        {may('view-tokens') && (
          <>
            <GridItem xl={6}>
              <DriftChart />
            </GridItem>
            <GridItem xl={6}>
              <ExpiryChart />
            </GridItem>
          </>
        )}
        {may('view-activity') && (
          <GridItem>
            <NextTokencodeChart />
          </GridItem>
        )}
      </Grid>
    </PageFrame>
  )
}
