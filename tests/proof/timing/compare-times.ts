export function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN
}

/** The chance that one of `these` is longer than one of `those`; equal ones count half (the U of Mann and Whitney, as a share). */
export function chanceOfLonger(these: readonly number[], those: readonly number[]): number {
  let longer = 0
  for (const one of these) for (const other of those) longer += one > other ? 1 : one === other ? 0.5 : 0
  return longer / (these.length * those.length)
}

/** Of {@link chanceOfLonger} for two samples of this size from the same distribution. */
export function standardError(size: number): number {
  return Math.sqrt((2 * size + 1) / (12 * size * size))
}
