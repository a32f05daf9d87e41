import type { PreparedJob } from '../hot/prepared-job.ts'
import { AUDIT_COLUMNS, type ChainedRow } from '../rows/audit-row.ts'
import { type FencedHead, STATE_TYPES } from './commit-statement.ts'

/** Numbers its parameters in the order in which they are first named, each cast to its type. */
function numbered() {
  const names: string[] = []
  const $ = (name: string, type: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}::${type}`
  }
  return { names, $ }
}

const { names, $ } = numbered()
const stateValues = Object.entries(STATE_TYPES).map(([column, type]) => `${column} = ${$(column, type)}`)
const AUDIT_TYPES: Readonly<Record<string, string>> = { sequence: 'bigint', at: 'bigint', mac: 'bytea' }
const auditValues = AUDIT_COLUMNS.map((column) => $(`audit_${column}`, AUDIT_TYPES[column] ?? 'text'))

/**
 * The commit of one login on its own, the same rules as the batch's statement without its lists: one user, one token, one
 * audit record. At one client it is the shorter way.
 */
export const SINGLE_COMMIT = {
  name: 'single-commit',
  text: `WITH
  locked_user AS MATERIALIZED (SELECT version FROM users WHERE id = ${$('user_id', 'text')} FOR NO KEY UPDATE),
  locked_token AS MATERIALIZED (
    SELECT version, high_water_step FROM tokens
    WHERE id = ${$('token_id', 'text')} AND (SELECT count(*) FROM locked_user) >= 0 FOR NO KEY UPDATE),
  locked_head AS MATERIALIZED (
    SELECT sequence, epoch FROM audit_chains
    WHERE chain_id = ${$('chain_id', 'text')} AND (SELECT count(*) FROM locked_token) >= 0 FOR NO KEY UPDATE),
  verdict AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM locked_head WHERE sequence = ${$('head', 'bigint')} AND epoch = ${$('epoch', 'bigint')}) AS head_stands,
      EXISTS (SELECT FROM locked_user WHERE version = ${$('user_version', 'integer')})
      AND EXISTS (SELECT FROM locked_token WHERE version = ${$('token_version', 'integer')}
        AND (${$('below', 'bigint')} IS NULL OR high_water_step < ${$('below', 'bigint')})
        AND high_water_step <= ${$('high_water_step', 'bigint')}) AS all_hold),
  go AS MATERIALIZED (SELECT FROM verdict WHERE head_stands AND all_hold),
  set_user AS (
    UPDATE users SET guesses = ${$('guesses', 'text')}, locked_at = ${$('locked_at', 'bigint')}, version = version + 1
    FROM go WHERE id = ${$('user_id', 'text')} AND ${$('writes_user', 'boolean')}),
  set_token AS (
    UPDATE tokens SET version = ${$('next_version', 'integer')}, ${stateValues.join(', ')},
      leaves_window_at = CASE WHEN ${$('sets_forecast', 'boolean')} THEN ${$('leaves_window_at', 'bigint')} ELSE leaves_window_at END
    FROM go WHERE id = ${$('token_id', 'text')}),
  set_head AS (
    UPDATE audit_chains SET sequence = ${$('audit_sequence', 'bigint')}, mac = ${$('audit_mac', 'bytea')}
    FROM go WHERE chain_id = ${$('chain_id', 'text')}),
  add_record AS (INSERT INTO audit_records (${AUDIT_COLUMNS.join(', ')}) SELECT ${auditValues.join(', ')} FROM go)
  SELECT head_stands, all_hold, CASE WHEN all_hold THEN NULL ELSE 0 END AS place FROM verdict`,
}

function userValues({ userId, userVersion, guesses }: PreparedJob) {
  return {
    user_id: userId,
    user_version: userVersion,
    writes_user: guesses !== null,
    guesses: guesses?.guesses ?? null,
    locked_at: guesses?.locked_at ?? null,
  }
}

/** @returns the values of the statement, or `undefined` for what only the batch's statement can do. */
export function singleCommitValues(
  jobs: readonly PreparedJob[],
  head: FencedHead,
  linked: readonly ChainedRow[],
): readonly unknown[] | undefined {
  const [job] = jobs
  const [token] = job?.tokens ?? []
  const [record] = linked
  const isSimple = jobs.length === 1 && job?.tokens.length === 1 && linked.length === 1
  if (!isSimple || token === undefined || record === undefined) return undefined
  const { change } = token
  if (change === null || change.promotesPendingSeed) return undefined
  const values: Record<string, unknown> = {
    ...change.columns,
    ...userValues(job),
    token_id: token.id,
    token_version: token.version,
    below: token.highWaterBelow,
    next_version: change.version,
    sets_forecast: change.leavesWindowAt !== undefined,
    leaves_window_at: change.leavesWindowAt ?? null,
    chain_id: head.chainId,
    head: head.sequence,
    epoch: head.epoch,
  }
  for (const column of AUDIT_COLUMNS) values[`audit_${column}`] = record.row[column]
  values['audit_mac'] = Buffer.from(record.row.mac)
  return names.map((name) => values[name])
}
