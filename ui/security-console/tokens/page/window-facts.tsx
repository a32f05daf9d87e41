import type { TokenDetails } from '@driftlock/contracts'
import { useLanguage } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../facts/facts.tsx'
import { ClockHealth } from '../clock-health.tsx'
import { lengthInWords } from '../clock-words.ts'

/** Where a code would be looked for at this moment, and what happens in each window. */
export function WindowFacts({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { windowsNow, nextTokencode } = token
  const width = (value: number) =>
    windowsNow.unit === 'counters'
      ? t('tokens.countersAhead', { count: Math.round(value) })
      : `± ${lengthInWords(value * 1000, language)}`
  const limit = nextTokencode.limit === null ? t('tokens.unlimited') : String(nextTokencode.limit)
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('tokens.windowsTitle')}</CardTitle>
      <CardBody>
        <Facts
          facts={[
            [t('tokens.clock'), <ClockHealth key="clock" token={token} />],
            [t('tokens.window.small'), `${width(windowsNow.small)} · ${t('tokens.window.smallMeaning')}`],
            [t('tokens.window.medium'), `${width(windowsNow.medium)} · ${t('tokens.window.mediumMeaning')}`],
            [t('tokens.window.large'), `${width(windowsNow.large)} · ${t('tokens.window.largeMeaning')}`],
            [
              t('tokens.nextTokencode'),
              nextTokencode.due
                ? t('tokens.nextTokencodeDue')
                : t('tokens.badTokencodes', { count: nextTokencode.badTokencodeCount, limit }),
            ],
          ]}
        />
      </CardBody>
    </Card>
  )
}
