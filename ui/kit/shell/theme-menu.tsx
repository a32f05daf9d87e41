import { AdjustIcon } from '@patternfly/react-icons/dist/esm/icons/adjust-icon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from './choice-menu.tsx'
import { chooseTheme, chosenTheme, type Theme, themes } from './theme.ts'

/** Light, dark, or as the system. */
export function ThemeMenu() {
  const { t } = useTranslation('kit')
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  return (
    <ChoiceMenu
      label={t('shell.theme')}
      icon={<AdjustIcon />}
      choices={themes}
      chosen={theme}
      nameOf={(choice) => t(`shell.themes.${choice}`)}
      onChoose={(choice) => {
        chooseTheme(choice)
        setTheme(choice)
      }}
    />
  )
}
