import type { ChainHead } from '@driftlock/application'
import type { PreparedJob } from '../hot/prepared-job.ts'
import { AUDIT_COLUMNS, type ChainedRow } from '../rows/audit-row.ts'

/** The state columns of a token as PostgreSQL types, in the order of the statement. */
export const STATE_TYPES = {
  high_water_step: 'bigint',
  clock_offset_ms: 'double precision',
  clock_rate_ppm: 'double precision',
  clock_offset_variance: 'double precision',
  clock_covariance: 'double precision',
  clock_rate_variance: 'double precision',
  clock_measured_at: 'bigint',
  clock_measurements: 'integer',
  bad_tokencode_count: 'integer',
  challenge_spent_step: 'bigint',
  pin: 'text',
  new_pin_required: 'integer',
  proposed_pin: 'text',
  last_accepted_at: 'bigint',
  last_used_day: 'integer',
  lost: 'integer',
  emergency: 'text',
} as const

const AUDIT_TYPES: Readonly<Record<string, string>> = { sequence: 'bigint', at: 'bigint', mac: 'text' }
const auditFields = AUDIT_COLUMNS.map((column) => `${column} ${AUDIT_TYPES[column] ?? 'text'}`).join(', ')
const auditValues = AUDIT_COLUMNS.map((column) => (column === 'mac' ? `decode(a.mac, 'hex')` : `a.${column}`)).join(
  ', ',
)
const stateFields = Object.entries(STATE_TYPES).map(([column, type]) => `${column} ${type}`)
const stateValues = Object.keys(STATE_TYPES).map((column) => `${column} = c.${column}`)

/**
 * One statement for a whole batch, all or nothing: it looks whether every job still holds, and writes only if they all do;
 * otherwise it names the losers. Rows are locked in the order users, tokens (both by id), head of the chain, the same in
 * every process, so that batches cannot wait for each other in a ring. The head must be the one the records were linked
 * to; its epoch shuts out a statement whose connection was given up.
 */
export const COMMIT = {
  name: 'commit',
  text: `WITH
  jobs AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS j
    (place integer, user_id text, version integer, writes boolean, guesses text, locked_at bigint)),
  claims AS MATERIALIZED (SELECT * FROM json_to_recordset($2) AS t (place integer, id text, version integer, below bigint,
    writes boolean, next_version integer, promotes boolean, sets_forecast boolean, leaves_window_at bigint, ${stateFields.join(', ')})),
  locked_users AS MATERIALIZED (
    SELECT id, version FROM users WHERE id = ANY ($4) ORDER BY id FOR NO KEY UPDATE),
  locked_tokens AS MATERIALIZED (
    SELECT id, version, high_water_step, seed, pending_seed FROM tokens
    WHERE id = ANY ($5) AND (SELECT count(*) FROM locked_users) >= 0 ORDER BY id FOR NO KEY UPDATE),
  locked_head AS MATERIALIZED (
    SELECT sequence, epoch FROM audit_chains
    WHERE chain_id = $6 AND (SELECT count(*) FROM locked_tokens) >= 0 FOR NO KEY UPDATE),
  losers AS MATERIALIZED (
    SELECT j.place FROM jobs j WHERE j.user_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM locked_users u WHERE u.id = j.user_id AND u.version = j.version)
    UNION SELECT c.place FROM claims c WHERE NOT EXISTS (
      SELECT FROM locked_tokens t WHERE t.id = c.id AND t.version = c.version
        AND (c.below IS NULL OR t.high_water_step < c.below)
        AND (NOT c.writes OR t.high_water_step <= c.high_water_step))),
  verdict AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM locked_head WHERE sequence = $7 AND epoch = $8) AS head_stands,
      NOT EXISTS (SELECT FROM losers) AS all_hold),
  go AS MATERIALIZED (SELECT FROM verdict WHERE head_stands AND all_hold),
  set_users AS (
    UPDATE users u SET guesses = j.guesses, locked_at = j.locked_at, version = j.version + 1
    FROM jobs j, go WHERE u.id = j.user_id AND j.writes),
  set_tokens AS (
    UPDATE tokens t SET version = c.next_version, ${stateValues.join(', ')},
      leaves_window_at = CASE WHEN c.sets_forecast THEN c.leaves_window_at ELSE t.leaves_window_at END,
      seed = CASE WHEN c.promotes AND t.pending_seed IS NOT NULL THEN t.pending_seed ELSE t.seed END,
      seed_fingerprint = CASE WHEN c.promotes AND t.pending_seed IS NOT NULL THEN NULL ELSE t.seed_fingerprint END,
      pending_seed = CASE WHEN c.promotes THEN NULL ELSE t.pending_seed END
    FROM claims c, go WHERE t.id = c.id AND c.writes),
  keep_voided AS (
    INSERT INTO voided_seeds (token_id, voided_at, seed)
    SELECT t.id, $10, t.seed FROM locked_tokens t JOIN claims c ON c.id = t.id, go
    WHERE c.writes AND c.promotes AND t.pending_seed IS NOT NULL),
  set_head AS (
    UPDATE audit_chains h SET sequence = $9, mac = $11 FROM go WHERE h.chain_id = $6),
  add_records AS (
    INSERT INTO audit_records (${AUDIT_COLUMNS.join(', ')})
    SELECT ${auditValues} FROM go, json_to_recordset($3) AS a (${auditFields}))
  SELECT v.head_stands, v.all_hold, l.place FROM verdict v LEFT JOIN losers l ON true`,
}

export interface VerdictRow {
  readonly head_stands: boolean
  readonly all_hold: boolean
  /** Place of a job that no longer holds. */
  readonly place: number | null
}

/** The head of this process's chain, and the epoch it may write in. */
export interface FencedHead extends ChainHead {
  readonly epoch: number
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

function claimsOf(job: PreparedJob, place: number) {
  return job.tokens.map(({ id, version, highWaterBelow, change }) => ({
    place,
    id,
    version,
    below: highWaterBelow,
    writes: change !== null,
    ...(change !== null && {
      next_version: change.version,
      promotes: change.promotesPendingSeed,
      sets_forecast: change.leavesWindowAt !== undefined,
      leaves_window_at: change.leavesWindowAt ?? null,
      ...change.columns,
    }),
  }))
}

function userClaimOf(job: PreparedJob, place: number) {
  return { place, user_id: job.userId, version: job.userVersion, writes: job.guesses !== null, ...job.guesses }
}

/** @returns the values of the statement, $1 to $11. */
export function commitValues(
  jobs: readonly PreparedJob[],
  head: FencedHead,
  linked: readonly ChainedRow[],
): readonly unknown[] {
  const claims = jobs.flatMap(claimsOf)
  const last = linked.at(-1)?.head ?? head
  return [
    JSON.stringify(jobs.map(userClaimOf)),
    JSON.stringify(claims),
    JSON.stringify(linked.map(({ row }) => ({ ...row, mac: hex(row.mac) }))),
    jobs.flatMap(({ userId }) => userId ?? []),
    claims.map(({ id }) => id),
    head.chainId,
    head.sequence,
    head.epoch,
    last.sequence,
    jobs[0]?.at ?? 0,
    Buffer.from(last.mac),
  ]
}
