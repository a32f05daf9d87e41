import { Title } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { NavigationLink } from './navigation.tsx'

interface PageFrameProps {
  /** The page's one h1; also the browser's title. */
  title: string
  /** One sentence on what the page is for. */
  lead?: ReactNode
  /** Pages above this one. */
  above?: readonly NavigationLink[]
  /** Buttons for the whole page. */
  actions?: ReactNode
  children: ReactNode
}

const noPages: readonly NavigationLink[] = []

/** Title, way back and content of one page. */
export function PageFrame({ title, lead, above = noPages, actions, children }: PageFrameProps) {
  return (
    <>
      <title>{`${title} · Driftlock`}</title>
      <header className="driftlock-page-head">
        {above.length > 0 && <PagesAbove pages={above} title={title} />}
        <div className="driftlock-row driftlock-row-apart">
          <Title headingLevel="h1">{title}</Title>
          {actions !== undefined && <div className="driftlock-row">{actions}</div>}
        </div>
        {lead !== undefined && <p>{lead}</p>}
      </header>
      <div className="driftlock-content">{children}</div>
    </>
  )
}

function PagesAbove({ pages, title }: { pages: readonly NavigationLink[]; title: string }) {
  const { t } = useTranslation('kit')
  return (
    <nav aria-label={t('shell.breadcrumb')} className="driftlock-above">
      <ol>
        {pages.map((page) => (
          <li key={page.to}>
            <Link to={page.to}>{page.title}</Link>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  )
}
