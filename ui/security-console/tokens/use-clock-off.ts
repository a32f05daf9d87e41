import { useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { lengthInWords } from './clock-words.ts'

/** How far a clock is off, in words: "14 hr 3 min behind". + = ahead of the server. */
export function useClockOff(): (offsetMs: number) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return (offsetMs) => {
    if (Math.abs(offsetMs) < 500) return t('tokens.clockExact')
    const length = lengthInWords(offsetMs, language)
    return t(offsetMs > 0 ? 'tokens.clockAhead' : 'tokens.clockBehind', { length })
  }
}
