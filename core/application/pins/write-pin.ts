import { newPinState, PIN_FAULTS, type PinChoice, pinFaults, type PinPolicy } from '@driftlock/domain'
import type { Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

/** A PIN for a token, by whom it is set. */
export interface PinWrite {
  readonly token: ManagedToken
  readonly user: ManagedUser
  readonly pin: string
  /** The user must choose their own at the next log-on: the PIN was set by somebody else. */
  readonly temporary: boolean
}

/** Sets a PIN that meets the policy of its owner's security domain. @throws ApplicationError `PIN_REFUSED`. */
export async function writePin(
  unit: Unit,
  keys: KeyRing,
  { token, user, pin, temporary }: PinWrite,
): Promise<ManagedToken> {
  const policy = policiesInForce(await policyGround(unit.tx), user.user.securityDomainId).token.pin
  const choice = { ...pinChoice(token, keys, unit), changeRequired: temporary || token.state.newPinRequired }
  const faults = pinFaults(pin, policy, choice)
  if (faults.length > 0) throw new ApplicationError('PIN_REFUSED', { faults: faults.map((fault) => PIN_FAULTS[fault]) })
  return writeToken(unit, token, {
    action: 'set-pin',
    user,
    changes: {
      state: { pin: nextPin(pin, policy, choice), clearedPin: null, proposedPin: null, newPinRequired: temporary },
    },
  })
}

export function pinChoice({ record, state }: ManagedToken, keys: KeyRing, { now }: Pick<Unit, 'now'>): PinChoice {
  const { id: tokenId, passcodeStyle: style, digits, formFactor } = record
  const { pin, clearedPin: cleared = null } = state
  return { state: pin, cleared, tokenId, keys: keys.pinKeys(), now, style, digits, formFactor }
}

function nextPin(pin: string, { historyCount }: PinPolicy, { state, cleared, tokenId, keys, now }: PinChoice) {
  return newPinState(pin, { previous: state ?? cleared ?? null, tokenId, keys, now, historyCount })
}
