import { keyedHash } from '../keyed-hash.ts'
import type { PinKeys } from './pin-state.ts'

/** Bytes kept of the fingerprint: enough to know the same text again, of no use to find it. */
const FINGERPRINT_BYTES = 8

/** A short keyed fingerprint of a wrong passcode, so that the same one sent again is known without being kept. */
export function passcodeFingerprint(passcode: string, userId: string, keys: PinKeys): string {
  const mac = keyedHash(keys.current.key, ['driftlock wrong passcode 1', userId, passcode])
  return Array.from(mac.subarray(0, FINGERPRINT_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
