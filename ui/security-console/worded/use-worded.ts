import type { Worded } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'

/** The server's words for a code in the language of the page; in English where the code is newer than the page. */
export function useWorded(): (worded: Worded) => string {
  const { t, i18n } = useTranslation()
  return ({ code, text }) => (i18n.language !== 'en' && i18n.exists(`words.${code}`) ? t(`words.${code}`) : text)
}
