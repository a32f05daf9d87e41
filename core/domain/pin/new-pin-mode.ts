import type { PinPolicy } from '../policy/policies.ts'
import type { UnixMs } from '../time.ts'
import { isPinExpired } from './pin-age.ts'
import type { Token } from '../token/token.ts'

/** Whether the next login with this token must set a PIN: none yet, cleared, forced, or too old by the policy. */
export function isInNewPinMode(token: Token, rules: PinPolicy, now: UnixMs): boolean {
  if (token.record.passcodeStyle === 'tokencode-only') return false
  const { pin, newPinRequired } = token.state
  if (pin === null || newPinRequired) return true
  return isPinExpired(pin, rules, now)
}
