import type { PinPolicy } from '../policy/policies.ts'
import { addMs, MS_PER_SECOND, type UnixMs } from '../time.ts'
import type { PinState } from './pin-state.ts'

/** First instant at which the PIN must be changed; null = it does not expire. */
export function pinExpiresAt(state: PinState, policy: PinPolicy): UnixMs | null {
  return policy.maxAgeSeconds === null ? null : addMs(state.setAt, policy.maxAgeSeconds * MS_PER_SECOND)
}

export function isPinExpired(state: PinState, policy: PinPolicy, now: UnixMs): boolean {
  const expiresAt = pinExpiresAt(state, policy)
  return expiresAt !== null && now >= expiresAt
}
