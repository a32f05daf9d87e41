import {
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyState as PatternFlyEmptyState,
} from '@patternfly/react-core'
import { SearchIcon } from '@patternfly/react-icons/dist/esm/icons/search-icon'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface EmptyStateProps {
  title?: string
  /** What to do about it. */
  children?: ReactNode
  actions?: ReactNode
  icon?: ComponentType
  headingLevel?: 'h1' | 'h2' | 'h3'
}

/** Nothing is there, and what to do about it. */
export function EmptyState({ title, children, actions, icon = SearchIcon, headingLevel = 'h2' }: EmptyStateProps) {
  const { t } = useTranslation('kit')
  return (
    <PatternFlyEmptyState titleText={title ?? t('states.nothingFound')} headingLevel={headingLevel} icon={icon}>
      {children !== undefined && <EmptyStateBody>{children}</EmptyStateBody>}
      {actions !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </PatternFlyEmptyState>
  )
}
