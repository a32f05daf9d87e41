import { EmptyState } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { SearchFields } from '../search/use-search-fields.ts'

/** What a list says while there is nothing it could show. */
export interface NothingYet {
  readonly title: string
  /** What to do about it. */
  readonly body?: string
}

interface NothingListedProps extends NothingYet {
  search: Pick<SearchFields<string>, 'values' | 'clear'>
  headingLevel?: 'h2' | 'h3'
}

/** An empty list: the search finds nothing, and can be taken back; or there is nothing yet. */
export function NothingListed({ search, title, body, headingLevel = 'h2' }: NothingListedProps) {
  const { t } = useTranslation()
  if (Object.keys(search.values).length === 0) {
    return (
      <EmptyState title={title} headingLevel={headingLevel}>
        {body}
      </EmptyState>
    )
  }
  const clear = (
    <Button variant="link" onClick={search.clear}>
      {t('search.clear')}
    </Button>
  )
  return (
    <EmptyState headingLevel={headingLevel} actions={clear}>
      {t('search.nothing')}
    </EmptyState>
  )
}
