import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDomainTree, TEST_DOMAINS } from '../testing/domains.ts'
import { domainChain, domainPath, domainsBelow, domainTree, DomainTreeError, isWithin } from './security-domain.ts'
import { securityDomainFaults } from './security-domain-faults.ts'

const ids = (domains: readonly { readonly id: string }[]) => domains.map(({ id }) => id)

it('leads from a domain up to the root', () => {
  expect(ids(domainChain('coast', TEST_DOMAINS))).toEqual(['coast', 'south', 'sales', 'root'])
  expect(ids(domainChain('root', TEST_DOMAINS))).toEqual(['root'])
  expect(domainPath('coast', TEST_DOMAINS)).toBe('Root > Sales > South > Coast')
})

it('covers a domain and what lies below it, and nothing else', () => {
  expect(domainsBelow('sales', TEST_DOMAINS)).toEqual(['sales', 'north', 'south', 'coast'])
  expect(isWithin('coast', 'sales', TEST_DOMAINS)).toBe(true)
  expect(isWithin('sales', 'coast', TEST_DOMAINS)).toBe(false)
  expect(isWithin('it', 'sales', TEST_DOMAINS)).toBe(false)
})

it('refuses a broken tree instead of running in a circle', () => {
  const circle = domainTree([
    { id: 'a', name: 'A', parentId: 'b' },
    { id: 'b', name: 'B', parentId: 'a' },
  ])
  expect(() => domainChain('a', circle)).toThrow(DomainTreeError)
  expect(() => domainChain('x', circle)).toThrow('securityDomain x')
})

describe('saving a domain', () => {
  const faults = (id: string, parentId: string | null, name = 'New') =>
    securityDomainFaults({ id, name, parentId }, TEST_DOMAINS)

  it('takes a new domain below any other, and a move to another parent', () => {
    expect(faults('new', 'coast')).toEqual([])
    expect(faults('south', 'it', 'South')).toEqual([])
    expect(faults('sales', 'root', 'Sales')).toEqual([])
    expect(faults('root', null, 'System')).toEqual([])
  })

  it('refuses a domain below itself', () => {
    expect(faults('sales', 'sales')).toEqual(['circle'])
    expect(faults('sales', 'coast')).toEqual(['circle'])
  })

  it('refuses an unknown parent, a second root and a moved root', () => {
    expect(faults('new', 'nowhere')).toEqual(['unknown-parent'])
    expect(faults('new', null)).toEqual(['root'])
    expect(faults('root', 'sales')).toEqual(['root'])
  })

  it('takes the first domain as the root only', () => {
    expect(securityDomainFaults({ id: 'root', name: 'System', parentId: null }, new Map())).toEqual([])
    expect(securityDomainFaults({ id: 'a', name: 'A', parentId: 'b' }, new Map())).toEqual(['unknown-parent'])
  })

  it('refuses the name of a sibling in any spelling, but not of a cousin', () => {
    expect(faults('new', 'sales', ' NORTH ')).toEqual(['duplicate-name'])
    expect(faults('new', 'it', 'North')).toEqual([])
  })

  it.each(['', ' ', 'a>b', 'x'.repeat(129), 'a\u200bb'])('refuses the name %j', (name) => {
    expect(faults('new', 'sales', name)).toEqual(['name'])
  })

  it('takes sixteen levels and refuses the seventeenth, whether new or moved', () => {
    const levels = Array.from({ length: 16 }, (_, index) => ({
      id: `l${index}`,
      name: `L${index}`,
      parentId: index === 0 ? null : `l${index - 1}`,
    }))
    const branch = [
      { id: 'a', name: 'A', parentId: 'l0' },
      { id: 'b', name: 'B', parentId: 'a' },
      { id: 'c', name: 'C', parentId: 'b' },
    ]
    const tree = domainTree([...levels, ...branch])
    expect(securityDomainFaults({ id: 'new', name: 'New', parentId: 'l14' }, tree)).toEqual([])
    expect(securityDomainFaults({ id: 'new', name: 'New', parentId: 'l15' }, tree)).toEqual(['too-deep'])
    expect(securityDomainFaults({ id: 'a', name: 'A', parentId: 'l12' }, tree)).toEqual([])
    expect(securityDomainFaults({ id: 'a', name: 'A', parentId: 'l13' }, tree)).toEqual(['too-deep'])
  })

  it('always keeps the tree a tree', () => {
    fc.assert(
      fc.property(anyDomainTree, fc.nat(), fc.nat(), (tree, moved, below) => {
        const id = `d${moved % (tree.size + 1)}`
        const changed = { id, name: 'Moved', parentId: `d${below % tree.size}` }
        if (securityDomainFaults(changed, tree).length > 0) return
        const after = domainTree([...tree.values(), changed])
        for (const domainId of after.keys()) expect(domainChain(domainId, after).at(-1)?.id).toBe('d0')
      }),
    )
  })
})
