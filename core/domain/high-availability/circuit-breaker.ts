/**
 * Keeps log-ons from waiting for a cloud that does not answer. `closed`: asked as usual; `open`: not asked until
 * `retryAtMs`; `trying`: one call is on its way to find out. Times are of a steady clock.
 */
export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly opens: number; readonly retryAtMs: number }
  | { readonly state: 'trying'; readonly opens: number; readonly startedAtMs: number }

export const CLOSED_BREAKER: Breaker = { state: 'closed', failures: 0 }

/** Failures in a row that open it. */
const FAILURES_TO_OPEN = 3
const FIRST_OPEN_MS = 5_000
const LONGEST_OPEN_MS = 120_000
/** A try whose end was never told is given up. */
const TRY_LOST_MS = 60_000

/** Whether a call may be made now, and what the breaker is once it is made. */
export function admitCall(breaker: Breaker, nowMs: number): { readonly admitted: boolean; readonly breaker: Breaker } {
  switch (breaker.state) {
    case 'closed':
      return { admitted: true, breaker }
    case 'open':
      if (nowMs < breaker.retryAtMs) return { admitted: false, breaker }
      return { admitted: true, breaker: { state: 'trying', opens: breaker.opens, startedAtMs: nowMs } }
    case 'trying':
      if (nowMs - breaker.startedAtMs < TRY_LOST_MS) return { admitted: false, breaker }
      return { admitted: true, breaker: { ...breaker, startedAtMs: nowMs } }
  }
}

/** What the breaker is after a call that was answered. */
export function callAnswered(): Breaker {
  return CLOSED_BREAKER
}

/** What the breaker is after a call that was not answered in time, or not at all. */
export function callFailed(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.state === 'closed') {
    const failures = breaker.failures + 1
    return failures < FAILURES_TO_OPEN ? { state: 'closed', failures } : opened(1, nowMs)
  }
  // A call that began before it opened tells nothing new.
  return breaker.state === 'open' ? breaker : opened(breaker.opens + 1, nowMs)
}

function opened(opens: number, nowMs: number): Breaker {
  const openMs = Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(opens - 1, 10))
  return { state: 'open', opens, retryAtMs: nowMs + openMs }
}
