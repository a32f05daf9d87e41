import type { RecordWrite } from '@driftlock/application'
import { appTokenRecord, type Step, UNKNOWN_CLOCK } from '@driftlock/domain'
import { sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { clockColumns } from '../rows/clock-row.ts'
import { stepText } from '../rows/values.ts'
import type { TokenColumns } from '../schema/tables.ts'

interface AppTokenChange {
  readonly owner: { readonly userId: string; readonly securityDomainId: string }
  /** Highest step the cloud knows as used. */
  readonly shared: Step
}

/**
 * Brings the token of a record up to what the cloud says, in one statement that a log-on at the same moment cannot undo: the
 * high-water step only rises. Whether the token is enabled, lost or under emergency access is settled here and stays.
 * @returns false when there is no such token any more.
 */
export async function changeAppToken(
  queries: Queries,
  write: RecordWrite,
  { owner, shared }: AppTokenChange,
): Promise<boolean> {
  const { record, held, seed, tokenId } = write
  const { algorithm, digits, intervalSeconds } = record
  const movesOwner = held?.userId !== owner.userId
  const { windows } = appTokenRecord({ ...record, id: tokenId, enabled: true, userId: owner.userId })
  const columns = {
    algorithm,
    digits,
    interval_seconds: intervalSeconds,
    ...(held?.intervalSeconds !== intervalSeconds && {
      window_small: windows.small,
      window_medium: windows.medium,
      window_large: windows.large,
    }),
    ...(typeof seed !== 'string' && { seed, ...freshClock(record.clockOffsetMs) }),
    ...(movesOwner && { user_id: owner.userId, security_domain_id: owner.securityDomainId, ...FRESH_FOR_OWNER }),
  } satisfies Partial<TokenColumns>
  const step = stepText(shared)
  const result = await queries
    .updateTable('tokens')
    .set({
      ...columns,
      high_water_step: sql<string>`CASE WHEN high_water_step < CAST(${step} AS BIGINT) THEN CAST(${step} AS BIGINT) ELSE high_water_step END`,
      version: sql<number>`version + 1`,
      ...(movesOwner && { owner_key: sql<string>`(SELECT username_key FROM users WHERE id = ${owner.userId})` }),
    })
    .where('id', '=', tokenId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Another seed is another app: what was learned of the old one's clock says nothing of it. */
function freshClock(clockOffsetMs: number | null) {
  return {
    ...clockColumns({ ...UNKNOWN_CLOCK, offsetMs: clockOffsetMs ?? 0 }),
    bad_tokencode_count: 0,
    leaves_window_at: null,
  }
}

const FRESH_FOR_OWNER = {
  emergency: null,
  lost: 0,
  bad_tokencode_count: 0,
  last_accepted_at: null,
} as const
