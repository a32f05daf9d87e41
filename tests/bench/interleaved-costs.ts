/** Long enough for the clock, short enough to be seldom interrupted. */
const BATCH_MS = 0.5
const ROUNDS = 151
const WARM_UP_CALLS = 300

/**
 * What one call of each piece of work costs, in µs: the median of many short batches. The works take turns, so that
 * whatever else the machine does, it does to all of them and to the unit they are divided by.
 */
export function interleavedCosts<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
): Record<Name, number> {
  const names = Object.keys(works) as Name[] // the keys of this very record
  const turns = names.map((name) => {
    const work = works[name]
    batchUs(work, WARM_UP_CALLS)
    const calls = Math.max(1, Math.round((BATCH_MS * 1000) / batchUs(work, Math.max(3, WARM_UP_CALLS / 10))))
    const batches: number[] = []
    return { name, work, calls, batches }
  })
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { work, calls, batches } of turns) batches.push(batchUs(work, calls))
  }
  const costs = turns.map(({ name, batches }) => [name, median(batches)])
  return Object.fromEntries(costs) as Record<Name, number> // of the same names
}

/** µs a call. */
function batchUs(work: () => unknown, calls: number): number {
  const started = performance.now()
  for (let call = 0; call < calls; call += 1) work()
  return ((performance.now() - started) * 1000) / calls
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
