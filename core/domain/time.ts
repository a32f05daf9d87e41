/**
 * Units of time that must not be mixed up. All instants are UTC; there are no zones and no leap seconds in the domain.
 */
declare const unit: unique symbol

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type UnixMs = number & { readonly [unit]: 'UnixMs' }

/** A token's moving factor: the number of an interval (TOTP, SecurID-format) or a counter (HOTP, up to 64 bits). */
export type Step = bigint & { readonly [unit]: 'Step' }

/** "No step was used yet": every real step is above it. */
export const NO_STEP = -1n as Step

export const MS_PER_SECOND = 1000
export const MS_PER_MINUTE = 60_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 86_400_000

/** @returns the instant; fractions of a millisecond are cut off. */
export function unixMs(milliseconds: number): UnixMs {
  return Math.trunc(milliseconds) as UnixMs // branding: the one place where a number becomes an instant
}

export function step(value: bigint | number): Step {
  return BigInt(value) as Step // branding: the one place where a number becomes a step
}

export function addMs(instant: UnixMs, milliseconds: number): UnixMs {
  return unixMs(instant + milliseconds)
}

export function addSteps(from: Step, steps: bigint | number): Step {
  return step(from + BigInt(steps))
}
