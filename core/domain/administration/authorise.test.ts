import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '../directory/security-domain.ts'
import { anyDomainTree, TEST_DOMAINS } from '../testing/domains.ts'
import { type Administrator, authorise, type Grant, heldPermissions, permissionsAt } from './authorise.ts'
import { mayActOnAdministrator, mayGrant, mayRevoke } from './delegation.ts'
import { ALL_PERMISSIONS, type Permission } from './permissions.ts'
import { PREDEFINED_ROLES, type PredefinedRoleId } from './predefined-roles.ts'

const holder = (...grants: readonly [PredefinedRoleId, string][]): Administrator => ({
  grants: grants.map(([role, domainId]) => ({ role: PREDEFINED_ROLES[role], scopeDomainIds: [domainId] })),
})
const may = (administrator: Administrator, permission: Permission, objectDomainId: string | null) =>
  authorise(administrator, { permission, objectDomainId }, TEST_DOMAINS)

const anyRole = fc
  .uniqueArray(
    fc.constantFrom('assign-role' as const, 'revoke-role' as const, 'clear-pin' as const, 'view-users' as const),
  )
  .map((permissions) => ({ id: 'any', name: 'Any', permissions }))
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  role: anyRole,
  scopeDomainIds: fc.uniqueArray(fc.constantFrom('d0', 'd1', 'd2', 'd3'), { minLength: 1, maxLength: 2 }),
})
const fourDomains = anyDomainTree.filter((tree) => tree.size >= 4)

describe('authorise', () => {
  const helpDesk = holder(['help-desk', 'sales'])

  it('allows what the role holds, in the domain of the scope and below it', () => {
    expect(may(helpDesk, 'unlock-user', 'sales')).toEqual({
      allowed: true,
      roleId: 'help-desk',
      scopeDomainId: 'sales',
    })
    expect(may(helpDesk, 'unlock-user', 'coast')).toEqual({
      allowed: true,
      roleId: 'help-desk',
      scopeDomainId: 'sales',
    })
  })

  it('refuses beside and above the scope, and what the role does not hold', () => {
    expect(may(helpDesk, 'unlock-user', 'it')).toEqual({ allowed: false, reason: 'outside-scope' })
    expect(may(helpDesk, 'unlock-user', 'root')).toEqual({ allowed: false, reason: 'outside-scope' })
    expect(may(helpDesk, 'clear-pin', 'sales')).toEqual({ allowed: false, reason: 'permission-not-held' })
    expect(may({ grants: [] }, 'view-users', 'sales')).toEqual({ allowed: false, reason: 'permission-not-held' })
  })

  it('does not join the role of one grant with the scope of another', () => {
    const both = holder(['token-admin', 'it'], ['help-desk', 'sales'])
    expect(may(both, 'import-tokens', 'sales')).toEqual({ allowed: false, reason: 'outside-scope' })
    expect(may(both, 'import-tokens', 'it').allowed).toBe(true)
  })

  it('allows acts on the whole deployment to a scope with the root only', () => {
    expect(may(holder(['super-admin', 'root']), 'back-up', null).allowed).toBe(true)
    expect(may(holder(['super-admin', 'sales']), 'back-up', null)).toEqual({ allowed: false, reason: 'outside-scope' })
  })

  it('allows exactly when one grant holds the permission and a domain at or above the object', () => {
    const act = fc.record({
      permission: fc.constantFrom<Permission>('assign-role', 'clear-pin', 'view-users'),
      objectDomainId: fc.constantFrom('d0', 'd1', 'd2', 'd3'),
    })
    fc.assert(
      fc.property(fourDomains, fc.array(anyGrant, { maxLength: 3 }), act, (domains, grants, wanted) => {
        const expected = grants.some(
          ({ role, scopeDomainIds }) =>
            role.permissions.some((permission) => permission === wanted.permission) &&
            scopeDomainIds.some((id) => isWithin(wanted.objectDomainId, id, domains)),
        )
        expect(authorise({ grants }, wanted, domains).allowed).toBe(expected)
      }),
    )
  })
})

it('lists what a person may do, with the topmost domains', () => {
  const both = holder(['request-approver', 'south'], ['help-desk', 'sales'], ['help-desk', 'it'])
  const held = new Map(heldPermissions(both, TEST_DOMAINS).map(({ permission, domainIds }) => [permission, domainIds]))
  expect(held.get('unlock-user')).toEqual(['sales', 'it'])
  expect(held.get('approve-requests')).toEqual(['south'])
  expect(held.get('view-users')).toEqual(['sales', 'it'])
  expect(held.has('clear-pin')).toBe(false)
  expect(permissionsAt(both, 'coast', TEST_DOMAINS)).toContain('approve-requests')
  expect(permissionsAt(both, 'it', TEST_DOMAINS)).not.toContain('approve-requests')
})

describe('delegation', () => {
  const grant = (role: PredefinedRoleId, ...scopeDomainIds: string[]): Grant => ({
    role: PREDEFINED_ROLES[role],
    scopeDomainIds,
  })
  const domainAdmin = holder(['security-domain-admin', 'sales'])

  it('lets an administrator give what is held, within the scope', () => {
    expect(mayGrant(domainAdmin, grant('help-desk', 'north', 'coast'), TEST_DOMAINS)).toEqual({ allowed: true })
    expect(mayRevoke(domainAdmin, grant('help-desk', 'north'), TEST_DOMAINS)).toEqual({ allowed: true })
  })

  it('refuses to give more than is held, and names what is missing and where', () => {
    const refused = mayGrant(domainAdmin, grant('root-admin', 'north'), TEST_DOMAINS)
    expect(refused).toMatchObject({ allowed: false, reason: 'more-than-held', domainId: 'north' })
    expect(!refused.allowed && refused.missing).toContain('update-setting')
    expect(mayRevoke(domainAdmin, grant('super-admin', 'sales'), TEST_DOMAINS).allowed).toBe(false)
  })

  it('refuses a scope that reaches outside, and a scope of nothing', () => {
    expect(mayGrant(domainAdmin, grant('help-desk', 'north', 'it'), TEST_DOMAINS)).toEqual({
      allowed: false,
      reason: 'may-not-delegate',
      domainId: 'it',
      missing: ['assign-role'],
    })
    const nothing = { allowed: false, reason: 'empty-scope', domainId: null, missing: [] }
    expect(mayGrant(domainAdmin, grant('help-desk'), TEST_DOMAINS)).toEqual(nothing)
  })

  it('lets no help desk delegate, not even its own role', () => {
    for (const role of ['help-desk', 'privileged-help-desk'] as const) {
      expect(mayGrant(holder([role, 'root']), grant(role, 'sales'), TEST_DOMAINS)).toMatchObject({
        allowed: false,
        reason: 'may-not-delegate',
      })
    }
  })

  it('keeps the help desk from the PINs and codes of somebody mightier', () => {
    const helper = holder(['privileged-help-desk', 'root'])
    expect(mayActOnAdministrator(helper, holder(['super-admin', 'root']), TEST_DOMAINS)).toMatchObject({
      allowed: false,
      reason: 'more-than-held',
    })
    expect(mayActOnAdministrator(helper, holder(['help-desk', 'sales']), TEST_DOMAINS)).toEqual({ allowed: true })
    expect(mayActOnAdministrator(helper, { grants: [] }, TEST_DOMAINS)).toEqual({ allowed: true })
  })

  it('never lets a chain of grants give anybody what its first grantor had not', () => {
    const grants = fc.array(anyGrant, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fourDomains, grants, grants, (domains, first, chain) => {
        const root: Administrator = { grants: first }
        let last: Administrator = root
        for (const next of chain) {
          if (mayGrant(last, next, domains).allowed) last = { grants: [next] }
        }
        for (const domainId of domains.keys()) {
          const had = permissionsAt(root, domainId, domains)
          expect(had).toEqual(expect.arrayContaining([...permissionsAt(last, domainId, domains)]))
        }
      }),
    )
  })
})

it('lets Super Admin do everything everywhere', () => {
  const superAdmin = holder(['super-admin', 'root'])
  expect(permissionsAt(superAdmin, 'coast', TEST_DOMAINS)).toEqual(ALL_PERMISSIONS)
  expect(permissionsAt(superAdmin, null, TEST_DOMAINS)).toEqual(ALL_PERMISSIONS)
})
