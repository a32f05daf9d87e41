import { afterFailure, type Reason, userHindrance, verifyPin } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { requirePinToken } from '../pins/require-pin-token.ts'
import { writePin } from '../pins/write-pin.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { requireFeature } from './require-feature.ts'

export interface ChangeMyPinRequest {
  readonly token: string
  /** The PIN the token has; null = "I forgot my PIN", where that is switched on, or the token has none. */
  readonly currentPin: string | null
  readonly newPin: string
}

export type ChangedPin =
  | { readonly outcome: 'changed' }
  /** The present PIN is wrong, or the user may not log on now. */
  | { readonly outcome: 'refused'; readonly reason: Reason }

/**
 * Changes the PIN of one's own token. A wrong present PIN is a guess like any other: it counts against the lockout.
 * @throws ApplicationError `PIN_REFUSED` (the new one), `FEATURE_NOT_ALLOWED`, `TOKEN_WITHOUT_PIN`, `NOT_AUTHORISED`, `NOT_FOUND`.
 */
export async function changeMyPin(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { token: name, currentPin, newPin }: ChangeMyPinRequest,
): Promise<ChangedPin> {
  return administer(ports, { context, action: 'set-pin' }, async (unit) => {
    const token = await findToken(unit.tx, name)
    unit.authoriseOwner(token.record.userId)
    requirePinToken(token)
    const user = await requireOwner(unit.tx, token)
    const { lockout } = policiesInForce(await policyGround(unit.tx), user.user.securityDomainId)
    const hindrance = userHindrance(user.user, lockout, unit.now)
    if (hindrance !== undefined) return { outcome: 'refused', reason: hindrance }
    if (currentPin === null && token.state.pin !== null)
      await requireFeature(unit.tx, 'self_service.features.forgot_pin')
    if (currentPin !== null && !isCurrentPin(token, currentPin, ports.keys)) {
      const guesses = afterFailure(user.user.guesses, { oneFactor: false }, { policy: lockout, now: unit.now })
      await unit.tx.users.updateGuesses(user.user.id, user.user.version, guesses)
      return refuse(unit, user, token)
    }
    await writePin(unit, ports.keys, { token, user, pin: newPin, temporary: false })
    return { outcome: 'changed' }
  })
}

function isCurrentPin({ record, state }: ManagedToken, pin: string, keys: KeyRing): boolean {
  if (state.pin === null) return false
  return verifyPin(pin, { tokenId: record.id, verifier: state.pin.verifier }, keys.pinKeys())
}

function refuse(unit: Unit, user: ManagedUser, token: ManagedToken): ChangedPin {
  const reason = 'wrong-passcode'
  unit.audit({ action: 'set-pin', outcome: 'failure', reason, user, token })
  return { outcome: 'refused', reason }
}
