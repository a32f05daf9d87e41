import { generateSystemPin } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import { requirePinToken } from './require-pin-token.ts'
import { pinChoice, writePin } from './write-pin.ts'

export interface SetPinRequest {
  readonly token: string
  /** Absent = the system makes one that meets the policy. */
  readonly pin?: string
}

/**
 * Sets a temporary PIN for the owner of a token, who must choose another one at the next log-on. Whoever may clear a PIN may
 * do this: both let the user in by the token alone once.
 * @returns the PIN in the clear, to be told to its user once; keep it out of logs.
 * @throws ApplicationError `PIN_REFUSED`, `TOKEN_WITHOUT_PIN`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function setPin(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: SetPinRequest,
): Promise<{ readonly pin: string }> {
  return administer(ports, { context, action: 'set-pin' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'clear-pin', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    requirePinToken(token)
    const policy = policiesInForce(await policyGround(unit.tx), user.user.securityDomainId).token.pin
    const pin = request.pin ?? generateSystemPin(policy, ports.random.bytes(32), pinChoice(token, ports.keys, unit))
    await writePin(unit, ports.keys, { token, user, pin, temporary: true })
    return { pin }
  })
}
