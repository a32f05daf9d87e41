import type { TokenDetails } from '@driftlock/contracts'
import { useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { ClockOff } from './clock-off.tsx'

/** How a token's clock stands, in words; a counter for HOTP. */
export function ClockHealth({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (token.clock === null) return <>{t('tokens.counterAt', { counter: token.counter ?? '0' })}</>
  const { offsetMs, ratePpm, rateProven, health } = token.clock
  const perDay = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Math.abs(ratePpm * 0.0864))
  return (
    <>
      {t(`tokens.health.${health}`)}: <ClockOff offsetMs={token.clock.measuredAt === null ? null : offsetMs} />
      {rateProven && `, ${t(ratePpm >= 0 ? 'tokens.runsFast' : 'tokens.runsSlow', { perDay })}`}
    </>
  )
}
