import { type Step, step } from '../time.ts'
import type { CodeSource } from '../tokencode/code-source.ts'
import { sameCode } from '../tokencode/same-code.ts'
import type { FoundStep, SearchOutcome } from './search-window.ts'

export interface PairSearch {
  /** Two successive codes, in the order they were shown. */
  readonly first: string
  readonly second: string
  readonly centre: Step
  /** How far the first code may lie from the centre, either way, both ends included. */
  readonly radiusSteps: number
  /** The high-water step: both steps must be above it. */
  readonly above: Step
  /** A device clock that was set back: steps at or below the high-water step may match too (administrators only). */
  readonly allowBelow?: boolean
}

/**
 * Looks for two successive codes at successive steps and judges them together: nothing tells whether one of them alone
 * was found, and the work is the same whatever is found. Steps in the outcome are those of the *first* code; `used` is
 * the nearest pair that the high-water step forbids.
 */
export function searchPair(source: CodeSource, search: PairSearch): SearchOutcome {
  const { centre, above } = search
  const lowest = step(clamp(centre - BigInt(search.radiusSteps), source.highestStep))
  const highest = step(clamp(centre + BigInt(search.radiusSteps) + 1n, source.highestStep))
  const codes = source.codes(lowest, highest)
  const firstOff = Number(lowest - centre)
  const firstAllowedOff = search.allowBelow ? Number.NEGATIVE_INFINITY : Number(above - centre) + 1
  let match: number | undefined
  let used: number | undefined
  let before = false
  for (const [index, code] of codes.entries()) {
    const isFirst = sameCode(code, search.first)
    // No short cut: every code is compared with both.
    const isPair = Number(sameCode(code, search.second)) & Number(before)
    before = isFirst
    if (isPair === 0) continue
    const stepsOff = firstOff + index - 1
    if (stepsOff >= firstAllowedOff) match = nearer(match, stepsOff)
    else used = nearer(used, stepsOff)
  }
  const found = (stepsOff: number): FoundStep => ({ step: step(centre + BigInt(stepsOff)), stepsOff })
  return { ...(match !== undefined && { match: found(match) }), ...(used !== undefined && { used: found(used) }) }
}

function clamp(value: bigint, highest: bigint): bigint {
  if (value < 0n) return 0n
  return value > highest ? highest : value
}

function nearer(known: number | undefined, other: number): number {
  return known === undefined || Math.abs(other) < Math.abs(known) ? other : known
}
