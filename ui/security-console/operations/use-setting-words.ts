import type { Setting, SettingValue } from '@driftlock/contracts'
import { useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { slug } from '../worded/slug.ts'
import { useWorded } from '../worded/use-worded.ts'

interface SettingWords {
  meaningOf(setting: Setting): string
  valueOf(value: SettingValue): string
}

/** What a setting means, and its values as they are read. */
export function useSettingWords(): SettingWords {
  const { t } = useTranslation()
  const language = useLanguage()
  const worded = useWorded()
  const number = new Intl.NumberFormat(language)
  return {
    meaningOf: ({ key, text }) => worded({ code: `setting-${slug(key)}`, text }),
    valueOf: (value) => {
      if (typeof value === 'boolean') return t(`search.${value ? 'true' : 'false'}`)
      return typeof value === 'number' ? number.format(value) : value
    },
  }
}
