import { recoveredTokenHindrance } from '../emergency/emergency-rules.ts'
import type { UnixMs } from '../time.ts'
import { tokenHindrance } from '../token/token-hindrance.ts'
import type { Token } from '../token/token.ts'
import type { Reason } from './reasons.ts'

/** Why a token's own codes are refused now, whatever they are: its record, emergency access, or the cloud's word. */
export function tokenRefusal(token: Token, now: UnixMs): Reason | undefined {
  const own = tokenHindrance(token.record, now) ?? recoveredTokenHindrance(token, now)
  return own ?? (token.refusedByCloud === true ? 'refused-by-cloud' : undefined)
}
