import { withoutPin } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { requirePinToken } from './require-pin-token.ts'

/**
 * Clears the PIN of a token: its user logs in with the tokencode alone once and sets a new one, which must be neither the
 * cleared one nor one of its history.
 * @throws ApplicationError `TOKEN_WITHOUT_PIN`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function clearPin(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'clear-pin' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'clear-pin', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    requirePinToken(token)
    const state = { ...withoutPin(token.state), newPinRequired: true }
    return writeToken(unit, token, { action: 'clear-pin', user, changes: { state } })
  })
}
