import fc from 'fast-check'
import { expect, it } from 'vitest'
import { domainChain } from '../directory/security-domain.ts'
import { anyDomainTree, TEST_DOMAINS } from '../testing/domains.ts'
import { INITIAL_POLICIES } from './defaults.ts'
import type { Policies } from './policies.ts'
import { effectivePolicies, effectivePolicy, type PolicyAssignments } from './effective-policy.ts'

const lockoutOf = (maxFailures: number) => ({ lockout: { ...INITIAL_POLICIES.lockout, maxFailures } })
const assignments: PolicyAssignments = new Map<string, Partial<Policies>>([
  ['root', { token: { ...INITIAL_POLICIES.token, challengeLifetimeSeconds: 100 } }],
  ['sales', lockoutOf(7)],
])

it('takes the policy of the nearest domain above and says where it comes from', () => {
  const found = effectivePolicy('lockout', { domainId: 'coast', domains: TEST_DOMAINS, assignments })
  expect(found.policy.maxFailures).toBe(7)
  expect(found.from).toEqual({ type: 'domain', domainId: 'sales' })
  expect(found.chain).toEqual([
    { domainId: 'coast', sets: false },
    { domainId: 'south', sets: false },
    { domainId: 'sales', sets: true },
    { domainId: 'root', sets: false },
  ])
})

it('falls back to the initial policy where nobody sets one', () => {
  const found = effectivePolicy('lockout', { domainId: 'it', domains: TEST_DOMAINS, assignments })
  expect(found).toMatchObject({ policy: INITIAL_POLICIES.lockout, from: { type: 'default' } })
})

it('inherits each kind by itself', () => {
  const held = effectivePolicies({ domainId: 'north', domains: TEST_DOMAINS, assignments })
  expect(held.token.challengeLifetimeSeconds).toBe(100)
  expect(held.lockout.maxFailures).toBe(7)
  expect(held.offline).toBe(INITIAL_POLICIES.offline)
})

it("is always the domain's own policy when it has one, else exactly what holds for its parent", () => {
  const sets = fc.array(fc.option(fc.integer({ min: 1, max: 100 })), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(anyDomainTree, sets, (domains, limits) => {
      const given: PolicyAssignments = new Map(
        limits.flatMap((limit, index) => (limit === null ? [] : [[`d${index}`, lockoutOf(limit)] as const])),
      )
      for (const { id, parentId } of domains.values()) {
        const held = effectivePolicy('lockout', { domainId: id, domains, assignments: given })
        const own = given.get(id)?.lockout
        if (own !== undefined) expect(held.policy).toBe(own)
        else if (parentId === null) expect(held.from).toEqual({ type: 'default' })
        else {
          const above = effectivePolicy('lockout', { domainId: parentId, domains, assignments: given })
          expect([held.policy, held.from]).toEqual([above.policy, above.from])
        }
        expect(held.chain.map(({ domainId }) => domainId)).toEqual(domainChain(id, domains).map((domain) => domain.id))
      }
    }),
  )
})
