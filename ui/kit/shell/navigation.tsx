import { Nav, NavExpandable, NavItem, NavList } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

export interface NavigationLink {
  readonly to: string
  readonly title: string
}

export interface NavigationGroup {
  readonly title: string
  readonly links: readonly NavigationLink[]
}

export type NavigationEntry = NavigationLink | NavigationGroup

interface NavigationProps {
  entries: readonly NavigationEntry[]
  onFollow?: () => void
}

/** The console's main navigation; the link of the open page, or of a page above it, is marked. */
export function Navigation({ entries, onFollow }: NavigationProps) {
  const { t } = useTranslation('kit')
  const { pathname } = useLocation()
  return (
    <Nav aria-label={t('shell.navigation')} {...(onFollow && { onSelect: onFollow })}>
      <NavList>
        {entries.map((entry) =>
          'to' in entry ? (
            <NavigationItem key={entry.to} link={entry} pathname={pathname} />
          ) : (
            <NavExpandable
              key={entry.title}
              title={entry.title}
              isActive={entry.links.some((link) => isOpen(link, pathname))}
              isExpanded={entry.links.some((link) => isOpen(link, pathname))}
            >
              {entry.links.map((link) => (
                <NavigationItem key={link.to} link={link} pathname={pathname} />
              ))}
            </NavExpandable>
          ),
        )}
      </NavList>
    </Nav>
  )
}

function NavigationItem({ link, pathname }: { link: NavigationLink; pathname: string }) {
  const open = isOpen(link, pathname)
  return (
    <NavItem isActive={open}>
      <Link to={link.to} {...(open && { 'aria-current': 'page' as const })}>
        {link.title}
      </Link>
    </NavItem>
  )
}

function isOpen({ to }: NavigationLink, pathname: string): boolean {
  return pathname === to || (to !== '/' && pathname.startsWith(`${to}/`))
}
