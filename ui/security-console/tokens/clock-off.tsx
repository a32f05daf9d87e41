import { useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { lengthInWords } from './clock-words.ts'

/** How far a clock is off, in words. + = ahead of the server. */
export function ClockOff({ offsetMs }: { offsetMs: number | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (offsetMs === null) return <>{t('tokens.clockUnknown')}</>
  if (Math.abs(offsetMs) < 500) return <>{t('tokens.clockExact')}</>
  const length = lengthInWords(offsetMs, language)
  return <>{t(offsetMs > 0 ? 'tokens.clockAhead' : 'tokens.clockBehind', { length })}</>
}
