import { NO_STEP, type Step } from '../time.ts'
import type { CloudRecord } from './cloud-token.ts'
import type { Match, UnmatchedReason } from './match-user.ts'

/** A record as it is kept here. */
export interface HeldRecord extends Omit<CloudRecord, 'lastUsedStep'> {
  readonly companyId: string
  /** null = unmatched or revoked. */
  readonly userId: string | null
  /** null = matched or revoked. */
  readonly reason: UnmatchedReason | null
  /** The token that the seed is sealed for; there need not be one now. */
  readonly tokenId: string | null
  /** Its token is in the store: a matched record without one was deleted here by an administrator. */
  readonly hasToken: boolean
  /** The seed is here: with the token, or waiting for its user. */
  readonly hasSeed: boolean
  /** Highest step that the cloud and this deployment both know as used. */
  readonly sharedStep: Step
}

/** Why a record is looked at. */
export type PlanOccasion =
  /** The cloud said that it changed. */
  | 'change'
  /** A full run, or the resynchronisation of one user: whatever is not here is brought back. */
  | 'full'
  /** Users, sources or the rule of matching changed here. */
  | 'rematch'

export interface RecordPlan {
  readonly record: CloudRecord
  readonly held: HeldRecord | undefined
  /** Where the record belongs now. */
  readonly place: Match | { readonly type: 'revoked' }
  /** `unseal`: the seed is new, or not here any more; `drop`: no code may be checked with it again. */
  readonly seed: 'keep' | 'unseal' | 'drop'
  /** Its token is deleted here and stays so: only a full run brings it back (seed 001). */
  readonly leaveDeleted: boolean
  readonly outcome: 'added' | 'updated' | 'revoked' | 'unchanged'
}

/**
 * What one record of the cloud changes here. The seed is opened only where it is new or missing; a record that is here
 * already as the cloud has it changes nothing, so that a page can be applied any number of times.
 */
export function planRecord(
  record: CloudRecord,
  held: HeldRecord | undefined,
  {
    match,
    occasion,
    companyId,
  }: { readonly match: Match; readonly occasion: PlanOccasion; readonly companyId: string },
): RecordPlan {
  if (record.state === 'revoked') return planRevoked(record, held, companyId)
  if (held === undefined) return { record, held, place: match, seed: 'unseal', leaveDeleted: false, outcome: 'added' }
  const newSeed = held.state === 'revoked' || held.seedVersion !== record.seedVersion
  const leaveDeleted = isDeletedHere(held) && !newSeed && occasion !== 'full'
  const seed = newSeed || (!held.hasSeed && !leaveDeleted) ? 'unseal' : 'keep'
  // Without its seed a record is never the same: a token that was deleted here comes back with a full run.
  const same = seed === 'keep' && isSame(record, held, companyId) && isPlaced(held, match)
  return { record, held, place: match, seed, leaveDeleted, outcome: same ? 'unchanged' : 'updated' }
}

function planRevoked(record: CloudRecord, held: HeldRecord | undefined, companyId: string): RecordPlan {
  const wasRevoked = held?.state === 'revoked'
  const outcome = !wasRevoked ? 'revoked' : isSame(record, held, companyId) ? 'unchanged' : 'updated'
  return { record, held, place: { type: 'revoked' }, seed: 'drop', leaveDeleted: false, outcome }
}

/** A matched record without its token: an administrator deleted it here. */
export function isDeletedHere(held: Pick<HeldRecord, 'state' | 'userId' | 'hasToken'>): boolean {
  return held.state === 'active' && held.userId !== null && !held.hasToken
}

function isPlaced(held: HeldRecord, match: Match): boolean {
  return match.type === 'matched' ? held.userId === match.userId : held.userId === null && held.reason === match.reason
}

const COMPARED = [
  'serial',
  'userAttribute',
  'identitySource',
  'algorithm',
  'digits',
  'intervalSeconds',
  'state',
  'seedVersion',
  'changeTimeMs',
] as const satisfies readonly (keyof CloudRecord & keyof HeldRecord)[]

function isSame(record: CloudRecord, held: HeldRecord, companyId: string): boolean {
  const { lastUsedStep } = record
  return (
    held.companyId === companyId &&
    (lastUsedStep ?? NO_STEP) <= held.sharedStep &&
    COMPARED.every((field) => record[field] === held[field])
  )
}
