/** The first wait after a failure. */
const FIRST_MS = 5_000
/** Waits never grow beyond this, however long the cloud is away. */
const LONGEST_MS = 15 * 60_000
/** A regular run comes this much earlier or later at most, so that deployments do not ask all at once. */
const SPREAD = 0.1

/**
 * How long to wait after so many failures in a row: doubled with each, half of it fixed and half by chance, so that
 * deployments that lost the cloud together do not come back together.
 * @param failures at least 1.
 * @param chance four fresh random bytes.
 */
export function backOffMs(failures: number, chance: Uint8Array): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(whole / 2 + (whole / 2) * fractionOf(chance))
}

/** The wait for the next regular run: the interval, a tenth more or less. */
export function nextIntervalMs(intervalMs: number, chance: Uint8Array): number {
  return Math.round(intervalMs * (1 - SPREAD + 2 * SPREAD * fractionOf(chance)))
}

/** From 0 up to, not including, 1. */
function fractionOf([a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32
}
