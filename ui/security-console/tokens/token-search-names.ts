/** What tokens are searched by; the names of the query and of the address. */
export const tokenSearchNames = [
  'text',
  'serial',
  'userId',
  'assigned',
  'enabled',
  'lost',
  'kind',
  'formFactor',
  'expiresFrom',
  'expiresBefore',
  'securityDomainId',
  'leavesWindowBefore',
  'unusedSince',
  'hasEmergencyAccess',
  'newPinRequired',
  'hasPin',
  'redistributionPending',
  'sort',
] as const

export type TokenSearchName = (typeof tokenSearchNames)[number]
