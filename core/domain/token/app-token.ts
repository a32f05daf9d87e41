import { defaultWindows } from '../drift/windows.ts'
import type { TokenRecord } from './token.ts'

/** What a newly registered authenticator app shows: TOTP (RFC 6238), eight digits for a minute. */
export const NEW_APP_TOKENCODE = { algorithm: 'sha256', digits: 8, intervalSeconds: 60, seedOctets: 32 } as const

/**
 * The record of an authenticator app's tokencode, alike at the cloud and at a manager: TOTP without a PIN (the app's own
 * PIN never leaves the phone), with the narrow windows of a key fob, because phones keep network time.
 */
export function appTokenRecord(
  app: Pick<TokenRecord, 'id' | 'serial' | 'algorithm' | 'digits' | 'intervalSeconds' | 'enabled' | 'userId'>,
): TokenRecord {
  const { id, serial, algorithm, digits, intervalSeconds, enabled, userId } = app
  return {
    id,
    serial,
    algorithm,
    digits,
    intervalSeconds,
    enabled,
    userId,
    kind: 'totp',
    formFactor: 'software',
    t0Seconds: 0,
    passcodeStyle: 'tokencode-only',
    windows: defaultWindows('totp', 'key-fob', intervalSeconds),
    startsAt: null,
    expiresAt: null,
  }
}
