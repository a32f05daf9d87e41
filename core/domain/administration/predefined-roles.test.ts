import { describe, expect, it } from 'vitest'
import { ALL_PERMISSIONS, type Permission, PERMISSIONS, PERMISSIONS_OF_ACTION } from './permissions.ts'
import { PREDEFINED_ROLES, type PredefinedRoleId, type Role } from './predefined-roles.ts'

const roles: readonly Role[] = Object.values(PREDEFINED_ROLES)
const has = (id: PredefinedRoleId, permission: Permission) =>
  PREDEFINED_ROLES[id].permissions.some((held) => held === permission)

it('has the nine roles beside Super Admin', () => {
  expect(roles.map(({ name }) => name)).toEqual([
    'Super Admin',
    'Realm Administrator',
    'Security Domain Administrator',
    'User Administrator',
    'Token Administrator',
    'Token Distributor',
    'Request Approver',
    'Privileged Help Desk Administrator',
    'Help Desk Administrator',
    'Agent Administrator',
  ])
})

describe.each(Object.entries<Role>(PREDEFINED_ROLES))('%s', (id, role) => {
  it('is listed under its own id and names no permission twice', () => {
    expect(role.id).toBe(id)
    expect(new Set(role.permissions).size).toBe(role.permissions.length)
  })
})

it('keeps resynchronisation, emergency access and assignment apart', () => {
  expect(has('help-desk', 'resynchronise-token')).toBe(true)
  expect(has('help-desk', 'issue-emergency-access')).toBe(false)
  expect(has('help-desk', 'assign-token')).toBe(false)
  expect(has('privileged-help-desk', 'issue-emergency-access')).toBe(true)
  expect(has('token-distributor', 'assign-token')).toBe(true)
  expect(has('token-distributor', 'issue-emergency-access')).toBe(false)
  expect(has('token-admin', 'resynchronise-token')).toBe(true)
  expect(has('token-admin', 'unlock-user')).toBe(false)
})

it('lets only the realm, domain and Super Admin roles delegate', () => {
  const delegating = roles.filter(({ permissions }) => permissions.includes('assign-role')).map(({ id }) => id)
  expect(delegating).toEqual(['super-admin', 'root-admin', 'security-domain-admin'])
})

it('leaves keys, restoring and pruning to Super Admin alone', () => {
  for (const permission of ['rotate-keys', 'restore', 'prune-audit', 'create-api-key'] as const) {
    expect(roles.filter(({ permissions }) => permissions.includes(permission)).map(({ id }) => id)).toEqual([
      'super-admin',
    ])
  }
  expect(has('root-admin', 'update-setting')).toBe(true)
})

it('lets a domain administrator hand out every lesser role', () => {
  for (const id of [
    'user-admin',
    'token-admin',
    'token-distributor',
    'request-approver',
    'privileged-help-desk',
    'help-desk',
    'agent-admin',
  ] as const) {
    for (const permission of PREDEFINED_ROLES[id].permissions)
      expect(has('security-domain-admin', permission)).toBe(true)
  }
})

it('has a permission for every act, and beside them only views and the work on requests', () => {
  const ofActions = new Set(Object.values(PERMISSIONS_OF_ACTION).flat())
  const others = ALL_PERMISSIONS.filter((permission) => !ofActions.has(permission))
  expect(others.filter((permission) => !permission.startsWith('view-'))).toEqual([
    'approve-requests',
    'fulfil-requests',
    'run-reports',
  ])
  for (const permission of ALL_PERMISSIONS) expect(PERMISSIONS[permission].length).toBeGreaterThan(6)
})

it('opens to no administrator what only users and the system do', () => {
  const nobodys = Object.entries(PERMISSIONS_OF_ACTION).filter(([, permissions]) => permissions.length === 0)
  expect(nobodys.map(([action]) => action)).toEqual([
    'authenticate',
    'set-pin',
    'log-on-administrator',
    'log-off-administrator',
    'suspect-radius-secret',
    'start-instance',
    'stop-instance',
    'clock-in-doubt',
    'run-job',
    'remove-cloud-tokens',
    // The cloud access service has administrators of its own.
    'create-company',
    'update-company',
    'create-identity-source',
    'import-users',
    'offer-app-registration',
    'register-app',
    'revoke-app',
    'offer-manager-registration',
    'register-manager',
    'rotate-manager-keys',
    'revoke-manager',
    'report-steps',
    'rotate-cloud-key',
    'set-second-factor',
    'renew-set-up-code',
    'remove-administrator',
  ])
})
