import type { PinPolicy } from '../policy/policies.ts'
import type { UnixMs } from '../time.ts'
import { isPinExpired } from './pin-age.ts'
import type { Token } from '../token/token.ts'

/** Whether the next login with this token must set a PIN: none yet, cleared, forced, or too old by the policy. */
export function isInNewPinMode(token: Pick<Token, 'record' | 'state'>, rules: PinPolicy, now: UnixMs): boolean {
  if (needsNewPin(token)) return true
  const { pin } = token.state
  return token.record.passcodeStyle !== 'tokencode-only' && pin !== null && isPinExpired(pin, rules, now)
}

/** The same without the age of the PIN, for lists over many policies. */
export function needsNewPin({ record, state }: Pick<Token, 'record' | 'state'>): boolean {
  return record.passcodeStyle !== 'tokencode-only' && (state.pin === null || state.newPinRequired)
}
