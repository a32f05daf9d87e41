import type { Permission, TokenSummary } from '@driftlock/contracts'

export type TokenActName =
  | 'resynchronise'
  | 'emergency'
  | 'clear-pin'
  | 'force-new-pin'
  | 'enable'
  | 'enable-code'
  | 'disable'
  | 'mark-lost'
  | 'mark-found'
  | 'end-emergency'
  | 'replace'
  | 'assign'
  | 'unassign'
  | 'distribute'
  | 'redistribute'
  | 'undo-redistribution'
  | 'edit'
  | 'delete'

interface Rule {
  readonly name: TokenActName
  readonly needs: Permission
  readonly fits: (token: TokenSummary) => boolean
  readonly isDanger?: boolean
}

const isAssigned = (token: TokenSummary) => token.owner !== null
const isSoftware = (token: TokenSummary) => token.formFactor === 'software'

/** What can be done to a token, most used first, and when it makes sense. */
const rules: readonly Rule[] = [
  { name: 'resynchronise', needs: 'resynchronise-token', fits: isAssigned },
  { name: 'emergency', needs: 'view-emergency-access', fits: isAssigned },
  { name: 'clear-pin', needs: 'clear-pin', fits: (token) => token.hasPin },
  { name: 'force-new-pin', needs: 'force-new-pin', fits: (token) => token.hasPin && !token.newPinRequired },
  { name: 'enable', needs: 'enable-token', fits: (token) => !token.enabled },
  { name: 'enable-code', needs: 'enable-token', fits: (token) => !token.enabled && isAssigned(token) },
  { name: 'disable', needs: 'enable-token', fits: (token) => token.enabled },
  { name: 'mark-found', needs: 'mark-token-lost', fits: (token) => token.lost },
  { name: 'mark-lost', needs: 'mark-token-lost', fits: (token) => isAssigned(token) && !token.lost },
  { name: 'end-emergency', needs: 'end-emergency-access', fits: (token) => token.hasEmergencyAccess },
  { name: 'replace', needs: 'replace-token', fits: isAssigned },
  { name: 'distribute', needs: 'distribute-token', fits: (token) => isAssigned(token) && isSoftware(token) },
  {
    name: 'redistribute',
    needs: 'redistribute-token',
    fits: (token) => isAssigned(token) && isSoftware(token) && !token.redistributionPending,
  },
  { name: 'undo-redistribution', needs: 'redistribute-token', fits: (token) => token.redistributionPending },
  { name: 'assign', needs: 'assign-token', fits: (token) => !isAssigned(token) },
  { name: 'unassign', needs: 'unassign-token', fits: isAssigned, isDanger: true },
  { name: 'edit', needs: 'update-token', fits: () => true },
  { name: 'delete', needs: 'delete-token', fits: (token) => !isAssigned(token), isDanger: true },
]

export interface FittingAct {
  readonly name: TokenActName
  readonly isDanger: boolean
}

/** The acts that fit a token's state and that the person may do. */
export function fittingActs(token: TokenSummary, may: (permission: Permission) => boolean): readonly FittingAct[] {
  return rules
    .filter((rule) => rule.fits(token) && may(rule.needs))
    .map(({ name, isDanger = false }) => ({ name, isDanger }))
}
