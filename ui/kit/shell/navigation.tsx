import { AngleDownIcon } from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

export interface NavigationLink {
  readonly to: string
  readonly title: string
  /** Beginning of further addresses that belong to it. */
  readonly covers?: string
}

export interface NavigationGroup {
  readonly title: string
  readonly links: readonly NavigationLink[]
}

export type NavigationEntry = NavigationLink | NavigationGroup

interface NavigationProps {
  entries: readonly NavigationEntry[]
  onFollow: () => void
}

/** The console's main navigation; the link of the open page, or of a page above it, is marked. */
export function Navigation({ entries, onFollow }: NavigationProps) {
  const { t } = useTranslation('kit')
  return (
    <nav aria-label={t('shell.navigation')} className="driftlock-navigation">
      <ul>
        {entries.map((entry) => (
          <li key={entry.title}>
            {'to' in entry ? (
              <NavigationItem link={entry} onFollow={onFollow} />
            ) : (
              <NavigationSection group={entry} onFollow={onFollow} />
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NavigationSection({ group, onFollow }: { group: NavigationGroup; onFollow: () => void }) {
  const { pathname } = useLocation()
  const id = useId()
  const holdsPage = group.links.some((link) => isOpen(link, pathname))
  // Opened or closed by hand; until then open where it holds the page.
  const [chosen, setChosen] = useState<boolean>()
  const expanded = chosen ?? holdsPage
  return (
    <>
      <button
        type="button"
        aria-expanded={expanded}
        aria-controls={id}
        onClick={() => {
          setChosen(!expanded)
        }}
      >
        {group.title}
        <AngleDownIcon />
      </button>
      <ul id={id} hidden={!expanded}>
        {group.links.map((link) => (
          <li key={link.to}>
            <NavigationItem link={link} onFollow={onFollow} />
          </li>
        ))}
      </ul>
    </>
  )
}

function NavigationItem({ link, onFollow }: { link: NavigationLink; onFollow: () => void }) {
  const { pathname } = useLocation()
  return (
    <Link to={link.to} onClick={onFollow} {...(isOpen(link, pathname) && { 'aria-current': 'page' as const })}>
      {link.title}
    </Link>
  )
}

function isOpen({ to, covers = to }: NavigationLink, pathname: string): boolean {
  return pathname === to || (covers !== '/' && pathname.startsWith(`${covers}/`))
}
