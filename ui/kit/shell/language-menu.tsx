import { LanguageIcon } from '@patternfly/react-icons/dist/esm/icons/language-icon'
import { useTranslation } from 'react-i18next'
import { switchLanguage } from '../language/i18n.ts'
import { type Language, languageNames, languages } from '../language/language.ts'
import { useLanguage } from '../language/use-language.ts'
import { ChoiceMenu } from './choice-menu.tsx'

interface LanguageMenuProps {
  /** Tells the server, where it keeps the language too. */
  onChosen?: (language: Language) => void
}

/** Switches the language where one is: the page, its fields and its place stay. */
export function LanguageMenu({ onChosen }: LanguageMenuProps) {
  const { t, i18n } = useTranslation('kit')
  return (
    <ChoiceMenu
      label={t('shell.language')}
      icon={<LanguageIcon />}
      choices={languages}
      chosen={useLanguage()}
      nameOf={(language) => languageNames[language]}
      isLanguage
      onChoose={(language) => {
        void switchLanguage(i18n, language)
        onChosen?.(language)
      }}
    />
  )
}
