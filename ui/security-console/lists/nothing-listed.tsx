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
  /** Looks on, where the search took so long that it gave what it had. */
  goOn?: (() => void) | undefined
  headingLevel?: 'h2' | 'h3'
}

/** An empty list: the search finds nothing, or nothing yet, and can be taken back or go on; or there is nothing. */
export function NothingListed({ search, goOn, title, body, headingLevel = 'h2' }: NothingListedProps) {
  const { t } = useTranslation()
  if (Object.keys(search.values).length === 0) {
    return (
      <EmptyState title={title} headingLevel={headingLevel}>
        {body}
      </EmptyState>
    )
  }
  const actions = (
    <>
      {goOn && <Button onClick={goOn}>{t('search.goOn')}</Button>}
      <Button variant="link" onClick={search.clear}>
        {t('search.clear')}
      </Button>
    </>
  )
  return (
    <EmptyState headingLevel={headingLevel} actions={actions}>
      {t(goOn === undefined ? 'search.nothing' : 'search.nothingSoFar')}
    </EmptyState>
  )
}
