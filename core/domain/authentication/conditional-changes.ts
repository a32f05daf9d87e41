import { type GuessRecord, NO_GUESSES, type User } from '../directory/user.ts'
import type { Token, TokenState } from '../token/token.ts'
import type { Changes, Condition, TokenChange } from './decision.ts'

/** Changes of a decision together with what they rest on; the two are only ever made together. */
export interface ConditionalChanges {
  readonly changes: Changes
  readonly condition: Condition
}

/** A token's next state; version and, where a step is spent, the high-water condition follow from it. */
export interface NextToken {
  readonly token: Token
  readonly next: Partial<Omit<TokenState, 'version'>>
  readonly promotePendingSeed?: boolean
}

/** Every change raises its token's version by one, and its condition names the version that was read. */
export function conditionalChanges(
  user: User,
  tokens: readonly NextToken[],
  guesses?: GuessRecord,
): ConditionalChanges {
  return {
    changes: {
      tokens: tokens.map(toChange),
      ...(guesses !== undefined && { guesses }),
    },
    condition: {
      userId: user.id,
      userVersion: user.version,
      tokens: tokens.map(({ token, next }) => ({
        tokenId: token.record.id,
        version: token.state.version,
        ...(next.highWaterStep !== undefined && { highWaterBelow: next.highWaterStep }),
      })),
    },
  }
}

/** The guess record after a success: wiped, or left alone where there is nothing to wipe (no write on the usual path). */
export function wiped(guesses: GuessRecord): GuessRecord | undefined {
  const clean = guesses.failedAt.length === 0 && guesses.lockedAt === null && guesses.recentWrong.length === 0
  return clean ? undefined : NO_GUESSES
}

function toChange({ token, next, promotePendingSeed = false }: NextToken): TokenChange {
  const state: TokenState = { ...token.state, ...next, version: token.state.version + 1 }
  return { tokenId: token.record.id, state, promotePendingSeed }
}
