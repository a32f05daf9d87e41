import { Button, SkipToContent } from '@patternfly/react-core'
import { BarsIcon } from '@patternfly/react-icons/dist/esm/icons/bars-icon'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Language } from '../language/language.ts'
import type { MenuEntry } from '../menus/menu-entry.ts'
import { OfflineBanner } from '../states/offline-banner.tsx'
import { Brand } from './brand.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { Navigation, type NavigationEntry } from './navigation.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { mainId, useArrival } from './use-arrival.ts'
import { useNavigationOpen } from './use-navigation-open.ts'
import { UserMenu } from './user-menu.tsx'

interface ConsoleShellProps {
  product: string
  navigation: readonly NavigationEntry[]
  userName: string
  onLogOff: () => void
  onLanguageChosen?: (language: Language) => void
  /** Further entries of the user's menu. */
  userMenu?: readonly MenuEntry[]
  /** Between the brand and the menus: a quick search. */
  tools?: ReactNode
  children: ReactNode
}

const navigationId = 'driftlock-navigation'
const noEntries: readonly MenuEntry[] = []

/**
 * The frame of every page of a console: skip link, masthead, navigation, main content.
 * Own markup: PatternFly's Page brings a drawer that no page of ours opens, 30 KiB of every first load.
 */
export function ConsoleShell(props: ConsoleShellProps) {
  const { t } = useTranslation('kit')
  const navigation = useNavigationOpen()
  useArrival()
  const toggle = (
    <Button
      variant="plain"
      icon={<BarsIcon />}
      aria-label={t('shell.toggleNavigation')}
      aria-expanded={navigation.isOpen}
      aria-controls={navigationId}
      onClick={navigation.toggle}
    />
  )
  return (
    <div className="driftlock-frame">
      <SkipToContent
        href={`#${mainId}`}
        onClick={(event) => {
          // The address stays the page's own: a fragment would be another entry of the back button.
          event.preventDefault()
          document.getElementById(mainId)?.focus()
        }}
      >
        {t('shell.skip')}
      </SkipToContent>
      <ShellMasthead {...props} toggle={toggle} />
      <div className="driftlock-sidebar" id={navigationId} hidden={!navigation.isOpen}>
        <Navigation entries={props.navigation} onFollow={navigation.uncover} />
      </div>
      <main className="driftlock-main" id={mainId} tabIndex={-1}>
        <OfflineBanner />
        {props.children}
      </main>
    </div>
  )
}

function ShellMasthead(props: ConsoleShellProps & { toggle: ReactNode }) {
  const { product, userName, onLogOff, onLanguageChosen, userMenu = noEntries, tools, toggle } = props
  return (
    <header className="driftlock-masthead">
      {toggle}
      <Link to="/" className="driftlock-home">
        <Brand product={product} />
      </Link>
      <div className="driftlock-tools">{tools}</div>
      <div className="driftlock-menus">
        <LanguageMenu {...(onLanguageChosen && { onChosen: onLanguageChosen })} />
        <ThemeMenu />
        <UserMenu name={userName} onLogOff={onLogOff} entries={userMenu} />
      </div>
    </header>
  )
}
