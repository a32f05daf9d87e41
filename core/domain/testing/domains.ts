import fc from 'fast-check'
import { type DomainTree, domainTree, type SecurityDomain } from '../directory/security-domain.ts'

/** root > sales > (north, south > coast), root > it; names are the ids with a capital. */
export const TEST_DOMAINS: DomainTree = domainTree([
  domain('root', null),
  domain('sales', 'root'),
  domain('north', 'sales'),
  domain('south', 'sales'),
  domain('coast', 'south'),
  domain('it', 'root'),
])

function domain(id: string, parentId: string | null): SecurityDomain {
  return { id, name: id.charAt(0).toUpperCase() + id.slice(1), parentId }
}

/** Any tree of up to 12 domains d0 (the root), d1 … where each hangs below an earlier one. */
export const anyDomainTree: fc.Arbitrary<DomainTree> = fc
  .array(fc.nat(), { maxLength: 11 })
  .map((choices) =>
    domainTree([
      domain('d0', null),
      ...choices.map((choice, index) => domain(`d${index + 1}`, `d${choice % (index + 1)}`)),
    ]),
  )
