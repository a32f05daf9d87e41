import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core'
import type { ReactNode } from 'react'

export type Fact = readonly [term: string, description: ReactNode]

interface FactsProps {
  facts: readonly Fact[]
  /** Terms above their descriptions where there is little room. */
  isStacked?: boolean
  columns?: 1 | 2 | 3
}

/** Names and values of one thing. */
export function Facts({ facts, isStacked = false, columns = 1 }: FactsProps) {
  return (
    <DescriptionList
      isCompact
      isHorizontal={!isStacked}
      {...(columns > 1 && {
        columnModifier: { default: '1Col', lg: '2Col', ...(columns === 3 && { xl: '3Col' as const }) },
      })}
    >
      {facts.map(([term, description]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{description}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  )
}
