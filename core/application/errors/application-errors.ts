/** What kind of refusal an error is; an edge needs no more to choose its status. */
export type ErrorKind = 'forbidden' | 'not-found' | 'conflict' | 'invalid'

/** What an object of an error can be. */
export type ObjectType =
  | 'user'
  | 'token'
  | 'security-domain'
  | 'policy'
  | 'administrator'
  | 'role'
  | 'role-assignment'
  | 'api-key'
  | 'agent'
  | 'radius-client'
  | 'job'
  | 'audit-record'
  | 'company'
  | 'identity-source'
  | 'app'
  | 'manager'
  | 'object'

/** Typed facts of each code: for programs; names of fields are part of the contract. */
export interface ErrorFacts {
  NOT_AUTHORISED: { readonly permission: string; readonly reason: string }
  MORE_THAN_HELD: { readonly missing: readonly string[] }
  NOT_FOUND: { readonly type: ObjectType; readonly id: string }
  ALREADY_EXISTS: { readonly type: ObjectType; readonly field: string; readonly value: string }
  IN_USE: { readonly type: ObjectType; readonly id: string }
  CHANGED_MEANWHILE: { readonly type: ObjectType; readonly id: string }
  INVALID_INPUT: { readonly field: string; readonly faults: readonly string[] }
  TOKEN_ALREADY_ASSIGNED: { readonly serial: string }
  TOKEN_NOT_ASSIGNED: { readonly serial: string }
  TOKEN_EXPIRED: { readonly serial: string }
  TOKEN_PENDING_REPLACEMENT: { readonly serial: string }
  TOO_MANY_TOKENS: { readonly username: string; readonly limit: number }
  NO_TOKEN_AVAILABLE: { readonly kind: string }
  TOKEN_WITHOUT_PIN: { readonly serial: string }
  PIN_REFUSED: { readonly faults: readonly string[] }
  EMERGENCY_ACCESS_REFUSED: { readonly faults: readonly string[] }
  EMERGENCY_PROPOSAL_INVALID: { readonly serial: string }
  NO_EMERGENCY_ACCESS: { readonly serial: string }
  DISTRIBUTION_UNSUITABLE: { readonly serial: string; readonly method: string; readonly cause: string }
  DISTRIBUTION_PENDING: { readonly serial: string }
  NO_PENDING_DISTRIBUTION: { readonly serial: string }
  COUNT_NOT_CONFIRMED: { readonly named: number; readonly confirmed: number }
  LAST_SUPER_ADMINISTRATOR: { readonly userId: string }
  PREDEFINED_ROLE: { readonly role: string }
  FEATURE_NOT_ALLOWED: { readonly setting: string }
  ENABLE_CODE_INVALID: { readonly serial: string }
  JOB_NOT_ACTIVE: { readonly id: string; readonly status: string }
  TOKEN_CLOUD_MANAGED: { readonly serial: string }
  CLOUD_NOT_CONNECTED: { readonly setting: string }
  HA_SWITCHED_OFF: { readonly setting: string }
  SYNC_UNDER_WAY: { readonly lease: string }
}

export type ApplicationErrorCode = keyof ErrorFacts

/**
 * Every error a use case can refuse with. Codes are never reused; retired ones stay listed. `{name}` in a text stands for
 * the fact of that name.
 */
export const APPLICATION_ERRORS: Readonly<
  Record<ApplicationErrorCode, { readonly kind: ErrorKind; readonly text: string }>
> = {
  NOT_AUTHORISED: {
    kind: 'forbidden',
    text: 'Not allowed: the permission {permission} is missing here ({reason}). Ask an administrator who may assign roles.',
  },
  MORE_THAN_HELD: {
    kind: 'forbidden',
    text: 'Not allowed: this concerns somebody with permissions that you lack ({missing}).',
  },
  NOT_FOUND: { kind: 'not-found', text: '{type} {id}: there is none. Check the spelling.' },
  ALREADY_EXISTS: { kind: 'conflict', text: '{type}: this {field} is already taken. Choose another one.' },
  IN_USE: { kind: 'conflict', text: '{type} {id}: something still belongs to it. Move or delete that first.' },
  CHANGED_MEANWHILE: {
    kind: 'conflict',
    text: '{type} {id}: somebody changed it since you read it. Read it again and repeat the change.',
  },
  INVALID_INPUT: { kind: 'invalid', text: '{field}: {faults}' },
  TOKEN_ALREADY_ASSIGNED: { kind: 'conflict', text: 'Token {serial} is assigned already. Unassign it first.' },
  TOKEN_NOT_ASSIGNED: { kind: 'conflict', text: 'Token {serial} is assigned to nobody. Assign it first.' },
  TOKEN_EXPIRED: { kind: 'conflict', text: 'Token {serial} has expired. Choose another one.' },
  TOKEN_PENDING_REPLACEMENT: { kind: 'conflict', text: 'Token {serial} is being replaced already.' },
  TOO_MANY_TOKENS: {
    kind: 'conflict',
    text: 'User {username} has {limit} tokens already, which is the limit. Unassign or replace one.',
  },
  NO_TOKEN_AVAILABLE: {
    kind: 'conflict',
    text: 'There is no unassigned, enabled and unexpired {kind} token left in this security domain. Import tokens.',
  },
  TOKEN_WITHOUT_PIN: { kind: 'conflict', text: 'Token {serial} is used without a PIN.' },
  PIN_REFUSED: { kind: 'invalid', text: 'The PIN was not taken: {faults}' },
  EMERGENCY_ACCESS_REFUSED: { kind: 'invalid', text: 'Emergency access was not issued: {faults}' },
  EMERGENCY_PROPOSAL_INVALID: {
    kind: 'invalid',
    text: 'The proposal for token {serial} is too old, was made for something else, or the token changed. Generate the codes again.',
  },
  NO_EMERGENCY_ACCESS: { kind: 'conflict', text: 'Token {serial} has no emergency access.' },
  DISTRIBUTION_UNSUITABLE: { kind: 'conflict', text: 'Token {serial} cannot be distributed as {method}: {cause}' },
  DISTRIBUTION_PENDING: {
    kind: 'conflict',
    text: 'Token {serial} was redistributed and the new copy was not used yet. Undo that first.',
  },
  NO_PENDING_DISTRIBUTION: {
    kind: 'conflict',
    text: 'Token {serial} has no redistribution to undo: there was none, or the new copy is in use.',
  },
  COUNT_NOT_CONFIRMED: {
    kind: 'invalid',
    text: 'This would redistribute {named} tokens, but {confirmed} were confirmed. Confirm exactly that many.',
  },
  LAST_SUPER_ADMINISTRATOR: {
    kind: 'conflict',
    text: 'User {userId} is the last super administrator. Make another one first, or nobody could administer everything.',
  },
  PREDEFINED_ROLE: {
    kind: 'conflict',
    text: 'Role {role} came with the product and stays as it is. Make one of your own.',
  },
  FEATURE_NOT_ALLOWED: {
    kind: 'forbidden',
    text: 'This is not switched on here ({setting}). Ask the help desk.',
  },
  ENABLE_CODE_INVALID: { kind: 'invalid', text: 'The enablement code for token {serial} is wrong or too old.' },
  JOB_NOT_ACTIVE: { kind: 'conflict', text: 'Job {id} is {status}: there is nothing to stop.' },
  TOKEN_CLOUD_MANAGED: {
    kind: 'conflict',
    text: 'Token {serial} is an app’s, kept by the cloud access service. Revoke or register the app there; disable the token here.',
  },
  CLOUD_NOT_CONNECTED: {
    kind: 'conflict',
    text: 'This deployment is not connected to a cloud access service. Have a registration code made there, then: driftlock ha connect CODE URL',
  },
  HA_SWITCHED_OFF: {
    kind: 'conflict',
    text: 'High-availability tokencodes are switched off here. Switch them on with the setting {setting}.',
  },
  SYNC_UNDER_WAY: {
    kind: 'conflict',
    text: 'An instance is synchronising already. Look at its progress with: driftlock ha status',
  },
}
