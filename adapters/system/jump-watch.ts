/** Steps of the wall clock below this are the time service at work. */
const STEP_MS = 2000
/** The time service may run the clock this much faster or slower to correct it (500 ppm), with room. */
const SLEW = 0.001

/** Tells from pairs of readings whether the wall clock was set. A step back by the same amount takes a jump back. */
export class JumpWatch {
  #wallMs: number
  #monotonicMs: number
  #jumpedMs = 0

  constructor(wallMs: number, monotonicMs: number) {
    this.#wallMs = wallMs
    this.#monotonicMs = monotonicMs
  }

  /** Takes both clocks as they stand. @returns true if the wall clock jumped since the last reading. */
  read(wallMs: number, monotonicMs: number): boolean {
    const elapsed = monotonicMs - this.#monotonicMs
    const stepMs = wallMs - this.#wallMs - elapsed
    this.#wallMs = wallMs
    this.#monotonicMs = monotonicMs
    if (Math.abs(stepMs) <= STEP_MS + elapsed * SLEW) return false
    this.#jumpedMs += stepMs
    return true
  }

  /** Sum of the jumps: + = the clock was put forward. 0 if none, or if they cancel. */
  jumpedMs(): number {
    return Math.abs(this.#jumpedMs) <= STEP_MS ? 0 : this.#jumpedMs
  }

  forget(): void {
    this.#jumpedMs = 0
  }
}
