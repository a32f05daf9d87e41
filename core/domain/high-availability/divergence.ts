import type { RecordPlan } from './plan-record.ts'
import { isDeletedHere } from './plan-record.ts'

/** How this deployment differed from the cloud where it should not have, as a full run found it. */
export interface Divergence {
  /** The cloud had them, they were not here. */
  readonly missing: number
  /** Their tokens were deleted here by an administrator. */
  readonly deletedHere: number
  /** Here otherwise than there. */
  readonly different: number
  /** Here, but no more at the cloud. */
  readonly gone: number
}

export const NO_DIVERGENCE: Divergence = { missing: 0, deletedHere: 0, different: 0, gone: 0 }

/**
 * What a record met in a full run tells. Only what an earlier run should have brought counts: a record that changed after
 * the marker of before (`upToMs`) is news, not divergence; with no marker of before everything is news.
 */
export function divergenceOf({ record, held, outcome }: RecordPlan, upToMs: number): keyof Divergence | undefined {
  if (held !== undefined && isDeletedHere(held) && record.state === 'active') return 'deletedHere'
  if (outcome === 'unchanged' || record.changeTimeMs > upToMs) return undefined
  if (held === undefined) return record.state === 'active' ? 'missing' : undefined
  return 'different'
}

export function addDivergence(sum: Divergence, kind: keyof Divergence | undefined, count = 1): Divergence {
  return kind === undefined ? sum : { ...sum, [kind]: sum[kind] + count }
}
