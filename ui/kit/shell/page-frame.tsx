import { Breadcrumb, BreadcrumbItem, Content, Flex, FlexItem, Title } from '@patternfly/react-core'
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
  const { t } = useTranslation('kit')
  return (
    <>
      <title>{`${title} · Driftlock`}</title>
      <header className="driftlock-page-head">
        {above.length > 0 && (
          <Breadcrumb aria-label={t('shell.breadcrumb')} className="driftlock-breadcrumb">
            {above.map((link) => (
              <BreadcrumbItem
                key={link.to}
                render={({ className }) => (
                  <Link className={className} to={link.to}>
                    {link.title}
                  </Link>
                )}
              />
            ))}
            <BreadcrumbItem isActive>{title}</BreadcrumbItem>
          </Breadcrumb>
        )}
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <FlexItem>
            <Title headingLevel="h1">{title}</Title>
          </FlexItem>
          {actions !== undefined && <FlexItem>{actions}</FlexItem>}
        </Flex>
        {lead !== undefined && <Content component="p">{lead}</Content>}
      </header>
      <div className="driftlock-content">{children}</div>
    </>
  )
}
