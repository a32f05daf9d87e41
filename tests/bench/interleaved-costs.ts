/** Long enough for the clock and for warm caches, short enough to be seldom interrupted. */
const BATCH_MS = 0.5
const ROUNDS = 151
const WARM_UP_MS = 60

/**
 * What one call of each piece of work costs, in µs: the lower quartile of many short batches, because on a busy machine half
 * of them may have been interrupted. The works take turns, so that whatever else the machine does, it does to all of them and
 * to the unit they are divided by.
 */
export function interleavedCosts<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
): Record<Name, number> {
  const names = Object.keys(works) as Name[] // the keys of this very record
  const turns = names.map((name) => {
    const work = works[name]
    const calls = Math.max(1, Math.round((BATCH_MS * 1000) / warmUs(work)))
    const batches: number[] = []
    return { name, work, calls, batches }
  })
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { work, calls, batches } of turns) batches.push(batchUs(work, calls))
  }
  const costs = turns.map(({ name, batches }) => [name, lowerQuartile(batches)])
  return Object.fromEntries(costs) as Record<Name, number> // of the same names
}

/** µs a call once the work is compiled: the best of the batches of the warming-up. */
function warmUs(work: () => unknown): number {
  const end = performance.now() + WARM_UP_MS
  let best = Number.POSITIVE_INFINITY
  for (let calls = 1; performance.now() < end; calls = Math.min(calls * 2, 256))
    best = Math.min(best, batchUs(work, calls))
  return best
}

/** µs a call. */
function batchUs(work: () => unknown, calls: number): number {
  const started = performance.now()
  for (let call = 0; call < calls; call += 1) work()
  return ((performance.now() - started) * 1000) / calls
}

function lowerQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 4)] ?? Number.NaN
}
