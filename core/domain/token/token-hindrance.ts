import type { Reason } from '../authentication/reasons.ts'
import type { UnixMs } from '../time.ts'
import type { TokenRecord } from './token.ts'

/** Why a token of this record cannot serve now, whatever its codes say; undefined = it can. */
export function tokenHindrance(record: TokenRecord, now: UnixMs): Reason | undefined {
  if (record.expiresAt !== null && now >= record.expiresAt) return 'token-expired'
  if (record.startsAt !== null && now < record.startsAt) return 'token-not-started'
  return record.enabled ? undefined : 'token-disabled'
}
