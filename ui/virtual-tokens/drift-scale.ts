/** Sixteen hours: a little more than a resynchronisation searches. */
const FURTHEST_SECONDS = 57_600
const FURTHEST_PLACE = 1000

/** Places of the slider for a drift: fine near the middle, coarse far out. */
export function placeOfDrift(seconds: number): number {
  const share = Math.min(Math.abs(seconds), FURTHEST_SECONDS) / FURTHEST_SECONDS
  return Math.round(Math.sign(seconds) * Math.cbrt(share) * FURTHEST_PLACE)
}

/** Whole seconds, + = ahead. */
export function driftAtPlace(place: number): number {
  return Math.round((place / FURTHEST_PLACE) ** 3 * FURTHEST_SECONDS)
}
