import { type CommitJob, StoreError } from '@driftlock/application'
import type { AuditEntry, TokenChange } from '@driftlock/domain'
import { stateColumns } from '../rows/token-row.ts'
import { guessColumns } from '../rows/user-row.ts'
import { stepText } from '../rows/values.ts'

export interface PreparedChange {
  /** The next version of the row. */
  readonly version: number
  readonly columns: ReturnType<typeof stateColumns>
  readonly promotesPendingSeed: boolean
  /** `undefined` = as it was. */
  readonly leavesWindowAt: number | null | undefined
}

export interface PreparedToken {
  readonly id: string
  /** Must still be the stored version. */
  readonly version: number
  /** The stored high-water step must be below; null = no step is spent. */
  readonly highWaterBelow: string | null
  readonly change: PreparedChange | null
}

/** A job checked and put into columns, before any engine sees it. */
export interface PreparedJob {
  /** null = only the audit records are written. */
  readonly userId: string | null
  readonly userVersion: number
  readonly guesses: ReturnType<typeof guessColumns> | null
  readonly tokens: readonly PreparedToken[]
  readonly audit: readonly AuditEntry[]
  /** Instant of the decision, for seeds that it voids. */
  readonly at: number
}

function invalid(field: string, message: string): StoreError {
  return new StoreError('INVALID_VALUE', message, { facts: { field } })
}

function preparedChange(change: TokenChange, job: CommitJob): PreparedChange {
  return {
    version: change.state.version,
    columns: stateColumns(change.state),
    promotesPendingSeed: change.promotePendingSeed,
    leavesWindowAt: job.leavesWindowAt?.get(change.tokenId),
  }
}

function preparedTokens(job: CommitJob): readonly PreparedToken[] {
  const changes = new Map(job.changes.tokens.map((change) => [change.tokenId, change]))
  const tokens = (job.condition?.tokens ?? []).map(({ tokenId, version, highWaterBelow }) => {
    const change = changes.get(tokenId)
    changes.delete(tokenId)
    if (change !== undefined && change.state.version !== version + 1) {
      throw invalid('state.version', 'A changed token must carry the version of its condition plus one.')
    }
    return {
      id: tokenId,
      version,
      highWaterBelow: highWaterBelow === undefined ? null : stepText(highWaterBelow),
      change: change === undefined ? null : preparedChange(change, job),
    }
  })
  if (changes.size > 0) throw invalid('condition.tokens', 'Every changed token needs a condition.')
  return tokens
}

/** @throws StoreError `INVALID_VALUE` when changes and condition do not fit together: a mistake of the caller. */
export function prepareJob(job: CommitJob): PreparedJob {
  const { condition, changes, audit } = job
  const [first] = audit
  if (first === undefined) throw invalid('audit', 'A commit needs at least one audit entry.')
  if (condition === null && changes.guesses !== undefined) {
    throw invalid('condition', 'A changed guess record needs a condition.')
  }
  return {
    userId: condition?.userId ?? null,
    userVersion: condition?.userVersion ?? 0,
    guesses: changes.guesses === undefined ? null : guessColumns(changes.guesses),
    tokens: preparedTokens(job),
    audit,
    at: first.at,
  }
}
