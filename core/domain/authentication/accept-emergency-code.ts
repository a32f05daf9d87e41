import type { EmergencyAccess } from '../emergency/emergency-access.ts'
import type { UnixMs } from '../time.ts'
import { type Acceptance, successTrace } from './accept.ts'
import { withProposedPin } from '../pin/clear-pin.ts'
import { conditionalChanges, wiped } from './conditional-changes.ts'
import type { Decision } from './decision.ts'
import type { Verdict } from './verdict.ts'

/**
 * An emergency code in place of the tokencode: a code of a set is spent, a temporary fixed one stays. The token's version
 * rises either way, so of two simultaneous uses of one code only the first can be committed.
 */
export function acceptEmergencyCode(acceptance: Acceptance): Decision {
  const { snapshot, now, reason, verdict } = acceptance
  const { token } = verdict
  return {
    outcome: 'accept',
    reason,
    tokenId: token.record.id,
    ...conditionalChanges(
      snapshot.user,
      [{ token, next: { emergency: spend(token.state.emergency, verdict, now), ...usedPin(verdict) } }],
      wiped(snapshot.user.guesses),
    ),
    trace: successTrace(acceptance),
  }
}

function spend(emergency: EmergencyAccess | null, { oneTimeIndex }: Verdict, now: UnixMs): EmergencyAccess | null {
  if (emergency === null || emergency.method.type !== 'one-time-set') return emergency
  const codes = emergency.method.codes.map((code, index) => (index === oneTimeIndex ? { ...code, usedAt: now } : code))
  return { ...emergency, method: { type: 'one-time-set', codes } }
}

/** A PIN set a moment ago is used with an emergency code as with a tokencode. */
function usedPin({ byProposedPin, token }: Verdict): object {
  return byProposedPin ? withProposedPin(token.state) : {}
}
