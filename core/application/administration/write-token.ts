import type { TokenRecord, TokenState } from '@driftlock/domain'
import type { ManagedToken, SeedChange, TokenUpdate } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { changedFacts } from './changed-facts.ts'
import { tokenFacts } from './token-facts.ts'
import type { AuditDraft, Unit } from './unit-of-work.ts'

/** What becomes of a token; parts that are left out stay as they are. */
export interface TokenChanges {
  readonly record?: Partial<Omit<TokenRecord, 'id' | 'serial' | 'kind'>>
  readonly state?: Partial<Omit<TokenState, 'version' | 'pendingSeed'>>
  readonly details?: NonNullable<TokenUpdate['details']>
  readonly seeds?: SeedChange
  readonly setBack?: true
}

/** Whose token it is and under which action its change is audited; further parts of the record as the use case says. */
export interface TokenWrite extends Omit<AuditDraft, 'token' | 'before' | 'after'> {
  readonly user: ManagedUser | undefined
  readonly changes: TokenChanges
}

/** Changes a token under the version that was read, and audits what it was and what it became. @returns the token then. */
export async function writeToken({ tx, audit }: Unit, token: ManagedToken, write: TokenWrite): Promise<ManagedToken> {
  const { changes, ...draft } = write
  const { record, state, details, seeds, setBack } = changes
  const after: ManagedToken = {
    ...token,
    ...details,
    record: { ...token.record, ...record },
    state: { ...token.state, ...state, ...pendingAfter(seeds), version: token.state.version + 1 },
  }
  await tx.tokens.update({
    tokenId: token.record.id,
    version: token.state.version,
    ...(record !== undefined && { record: after.record }),
    ...(state !== undefined && { state: after.state }),
    ...(details !== undefined && { details }),
    ...(seeds !== undefined && { seeds }),
    ...(setBack !== undefined && { setBack }),
  })
  audit({ ...draft, token: after, ...changedFacts(tokenFacts(token), tokenFacts(after)) })
  return after
}

function pendingAfter(seeds: SeedChange | undefined): Partial<Pick<TokenState, 'pendingSeed'>> {
  if (seeds === undefined || seeds.type === 'reseal') return {}
  return { pendingSeed: seeds.type === 'set-pending' }
}
