import { ALL_PERMISSIONS, type Permission } from './permissions.ts'

/** A named set of permissions; where they hold is said by the grant that gives the role to an administrator. */
export interface Role {
  readonly id: string
  readonly name: string
  readonly permissions: readonly Permission[]
}

const LOOK_UP = [
  'view-users',
  'view-tokens',
  'view-emergency-access',
  'view-security-domains',
  'view-activity',
] as const

const HELP_DESK = [...LOOK_UP, 'unlock-user', 'enable-user', 'resynchronise-token', 'explain-passcode'] as const

/** Help with a token or PIN that can end in a log-on as the user: kept from the plain help desk. */
const PRIVILEGED_HELP_DESK = [
  ...HELP_DESK,
  'enable-token',
  'mark-token-lost',
  'clear-pin',
  'force-new-pin',
  'issue-emergency-access',
  'end-emergency-access',
  'assign-token',
  'unassign-token',
  'replace-token',
] as const

const USER_WORK = ['create-user', 'update-user', 'enable-user', 'delete-user', 'unlock-user'] as const

const TOKEN_WORK = [
  ...PRIVILEGED_HELP_DESK.filter((permission) => permission !== 'enable-user' && permission !== 'unlock-user'),
  'import-tokens',
  'update-token',
  'delete-token',
  'set-back-token',
  'distribute-token',
  'redistribute-token',
] as const

const AGENT_WORK = [
  'view-agents',
  'create-agent',
  'update-agent',
  'delete-agent',
  'view-radius-clients',
  'create-radius-client',
  'update-radius-client',
  'delete-radius-client',
] as const

const DELEGATION = ['view-administrators', 'create-administrator', 'assign-role', 'revoke-role'] as const

const REQUEST_WORK = ['view-requests', 'approve-requests', 'fulfil-requests'] as const

const DOMAIN_WORK: readonly Permission[] = [
  ...new Set<Permission>([
    ...USER_WORK,
    ...TOKEN_WORK,
    ...AGENT_WORK,
    ...DELEGATION,
    ...REQUEST_WORK,
    'create-security-domain',
    'update-security-domain',
    'delete-security-domain',
    'view-policies',
    'update-policy',
    'run-reports',
    'view-audit',
    'export-audit',
  ]),
]

/** What belongs to the deployment as a whole; the root administrator holds all but these, which lose or reveal data. */
const SUPER_ADMIN_ONLY: ReadonlySet<Permission> = new Set(['rotate-keys', 'restore', 'prune-audit', 'create-api-key'])

/** The ten roles of authentication-manager §6.4. Only Super Admin holds everything; the help desks cannot delegate. */
export const PREDEFINED_ROLES = {
  'super-admin': { id: 'super-admin', name: 'Super Admin', permissions: ALL_PERMISSIONS },
  'root-admin': {
    id: 'root-admin',
    name: 'Realm Administrator',
    permissions: ALL_PERMISSIONS.filter((permission) => !SUPER_ADMIN_ONLY.has(permission)),
  },
  'security-domain-admin': {
    id: 'security-domain-admin',
    name: 'Security Domain Administrator',
    permissions: DOMAIN_WORK,
  },
  'user-admin': {
    id: 'user-admin',
    name: 'User Administrator',
    permissions: unique([...LOOK_UP, ...USER_WORK, 'run-reports']),
  },
  'token-admin': {
    id: 'token-admin',
    name: 'Token Administrator',
    permissions: unique([...TOKEN_WORK, 'run-reports']),
  },
  'token-distributor': {
    id: 'token-distributor',
    name: 'Token Distributor',
    permissions: unique([
      'view-users',
      'view-tokens',
      'view-security-domains',
      'view-requests',
      'fulfil-requests',
      'assign-token',
      'distribute-token',
    ]),
  },
  'request-approver': {
    id: 'request-approver',
    name: 'Request Approver',
    permissions: ['view-users', 'view-tokens', 'view-security-domains', 'view-requests', 'approve-requests'],
  },
  'privileged-help-desk': {
    id: 'privileged-help-desk',
    name: 'Privileged Help Desk Administrator',
    permissions: PRIVILEGED_HELP_DESK,
  },
  'help-desk': { id: 'help-desk', name: 'Help Desk Administrator', permissions: HELP_DESK },
  'agent-admin': {
    id: 'agent-admin',
    name: 'Agent Administrator',
    permissions: unique([...AGENT_WORK, 'view-security-domains', 'view-activity']),
  },
} as const satisfies Record<string, Role>

export type PredefinedRoleId = keyof typeof PREDEFINED_ROLES

function unique(permissions: readonly Permission[]): readonly Permission[] {
  return [...new Set(permissions)]
}
