import { Button, ExpandableSection, Flex, FlexItem, Form } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SavedSearches } from './saved-searches.tsx'
import { SearchText } from './search-text.tsx'
import type { SearchFields } from './use-search-fields.ts'

export interface SearchBarProps {
  search: SearchFields<string>
  /** What the field of the list's `text` looks in; absent where the list has no such field. */
  text?: string
  /** Name of the list under which searches can be saved. */
  savedAs?: string
  /** Further fields, for {@link SearchBar} to lay out. */
  fields?: ReactNode
  /** Set where the further fields are many: they are folded away until they are wanted. */
  isFolded?: boolean
}

/** How a list is searched: one field for most searches, saved searches, and further fields below. */
export function SearchBar(props: SearchBarProps) {
  const { search, text, savedAs, fields, isFolded = false } = props
  const { t } = useTranslation()
  const { values } = search
  return (
    <search className="driftlock-gap">
      <Flex>
        {text !== undefined && (
          <FlexItem grow={{ default: 'grow' }}>
            <SearchText label={text} value={values['text'] ?? ''} onSearch={(wanted) => search.set({ text: wanted })} />
          </FlexItem>
        )}
        {savedAs !== undefined && <SavedSearches list={savedAs} />}
        {Object.keys(values).length > 0 && (
          <Button variant="link" onClick={search.clear}>
            {t('search.clear')}
          </Button>
        )}
      </Flex>
      {fields !== undefined && <FurtherFields search={search} fields={fields} isFolded={isFolded} />}
    </search>
  )
}

type FurtherFieldsProps = Required<Pick<SearchBarProps, 'search' | 'fields' | 'isFolded'>>

function FurtherFields({ search, fields, isFolded }: FurtherFieldsProps) {
  const { t } = useTranslation()
  const further = Object.keys(search.values).filter((name) => name !== 'text').length
  const [open, setOpen] = useState(further > 0)
  const form = (
    <Form className="driftlock-filters" onSubmit={(event) => event.preventDefault()}>
      {fields}
    </Form>
  )
  if (!isFolded) return form
  return (
    <ExpandableSection
      toggleText={further > 0 ? t('search.furtherSet', { count: further }) : t('search.further')}
      isExpanded={open}
      onToggle={(_event, isOpen) => setOpen(isOpen)}
    >
      {form}
    </ExpandableSection>
  )
}
