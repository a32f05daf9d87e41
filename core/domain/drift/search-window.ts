import { step, type Step } from '../time.ts'
import type { CodeSource } from '../tokencode/code-source.ts'

export interface WindowSearch {
  /** Whether this is the code that was entered; PINPad passcodes are compared with their PIN taken off. */
  readonly fits: (code: string, at: Step) => boolean
  readonly centre: Step
  /** Either way, both ends included. */
  readonly radiusSteps: number
  /** The high-water step: only a step above it can match. */
  readonly above: Step
  /** Do the same work whether or not a step matched. */
  readonly exhaustive?: boolean
}

export interface FoundStep {
  readonly step: Step
  /** From the centre; + = ahead. */
  readonly stepsOff: number
}

export interface SearchOutcome {
  /** The nearest step above the high-water step that has this code. */
  readonly match?: FoundStep
  /** The nearest step at or below it that has this code: used, or older than one that was. */
  readonly used?: FoundStep
}

/**
 * Looks for a code from the centre out; of two steps equally far the earlier one is taken. Without `exhaustive` it stops
 * at the first match, so a good code of a good clock costs one code. Steps that do not exist (below 0) are passed over.
 */
export function searchWindow(source: CodeSource, search: WindowSearch): SearchOutcome {
  let match: FoundStep | undefined
  let used: FoundStep | undefined
  for (const stepsOff of fromCentreOut(search.radiusSteps)) {
    const at = step(search.centre + BigInt(stepsOff))
    if (at < 0n || at > source.highestStep) continue
    if (!search.fits(source.code(at), at)) continue
    if (at <= search.above) used ??= { step: at, stepsOff }
    else match ??= { step: at, stepsOff }
    if (match && !search.exhaustive) break
  }
  return { ...(match && { match }), ...(used && { used }) }
}

/** 0, -1, 1, -2, 2 … */
function* fromCentreOut(radius: number): Generator<number> {
  yield 0
  for (let distance = 1; distance <= radius; distance += 1) {
    yield -distance
    yield distance
  }
}
