import type { Clock } from '@driftlock/application'
import { type UnixMs, unixMs } from '@driftlock/domain'

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 22)

  now(): UnixMs {
    return unixMs(this.#now)
  }

  monotonicMs(): number {
    return this.#now
  }

  advanceMs(milliseconds: number): void {
    this.#now += milliseconds
  }
}
