import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Language } from '../language/language.ts'
import { OfflineBanner } from '../states/offline-banner.tsx'
import { Brand } from './brand.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { Navigation, type NavigationEntry } from './navigation.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { mainId, useArrival } from './use-arrival.ts'
import { UserMenu } from './user-menu.tsx'

interface ConsoleShellProps {
  product: string
  navigation: readonly NavigationEntry[]
  userName: string
  onLogOff: () => void
  onLanguageChosen?: (language: Language) => void
  /** Further entries of the user's menu, as DropdownItem. */
  userMenu?: ReactNode
  /** Between the brand and the menus: a quick search. */
  tools?: ReactNode
  children: ReactNode
}

const wide = () => matchMedia('(min-width: 75rem)').matches

/** The frame of every page of a console: skip link, masthead, navigation, main content. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { t } = useTranslation('kit')
  const [navigationOpen, setNavigationOpen] = useState(wide)
  useArrival()
  const closeOnPhone = () => {
    if (!wide()) setNavigationOpen(false)
  }
  const toggle = (
    <PageToggleButton
      isHamburgerButton
      aria-label={t('shell.toggleNavigation')}
      isSidebarOpen={navigationOpen}
      onSidebarToggle={() => {
        setNavigationOpen(!navigationOpen)
      }}
    />
  )
  return (
    <Page
      mainContainerId={mainId}
      mainTabIndex={-1}
      skipToContent={<SkipToContent href={`#${mainId}`}>{t('shell.skip')}</SkipToContent>}
      masthead={<ShellMasthead {...props} toggle={toggle} />}
      sidebar={
        <PageSidebar isSidebarOpen={navigationOpen}>
          <PageSidebarBody>
            <Navigation entries={props.navigation} onFollow={closeOnPhone} />
          </PageSidebarBody>
        </PageSidebar>
      }
    >
      <OfflineBanner />
      {props.children}
    </Page>
  )
}

function ShellMasthead(props: ConsoleShellProps & { toggle: ReactNode }) {
  const { product, userName, onLogOff, onLanguageChosen, userMenu, tools, toggle } = props
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>{toggle}</MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(link: object) => <Link {...link} to="/" />}>
            <Brand product={product} />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            {tools !== undefined && <ToolbarItem>{tools}</ToolbarItem>}
            <ToolbarGroup variant="action-group-plain" align={{ default: 'alignEnd' }}>
              <ToolbarItem>
                <LanguageMenu {...(onLanguageChosen && { onChosen: onLanguageChosen })} />
              </ToolbarItem>
              <ToolbarItem>
                <ThemeMenu />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu name={userName} onLogOff={onLogOff}>
                  {userMenu}
                </UserMenu>
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  )
}
