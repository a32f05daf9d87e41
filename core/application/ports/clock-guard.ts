import type { UnixMs } from '@driftlock/domain'

/** Why the server's own clock is not to be trusted. */
export type ClockDoubtReason =
  /** The operating system says that no time source keeps the clock. */
  | 'not-synchronised'
  /** The wall clock moved against the monotonic clock: it was set while the server ran. */
  | 'wall-clock-jumped'
  /** Most tokens that logged in lately moved the same way: not they drifted, the server did. */
  | 'fleet-moved'

export interface ClockDoubt {
  readonly reason: ClockDoubtReason
  /** For the log and the console: how far, since when, what to do. */
  readonly text: string
  readonly since: UnixMs
}

/** Watches the server's clock. While it is in doubt the product learns no drift (design: the server doubts its own clock too). */
export interface ClockGuard {
  inDoubt(): boolean
  /** @returns every standing doubt, the gravest first; empty when the clock is trusted. */
  doubts(): readonly ClockDoubt[]
  /**
   * Feeds the fleet witness: a token's code was accepted this far from where its own estimate expected it.
   * @param surpriseMs + = the token seemed ahead of its estimate. HOTP tokens have no clock and are not reported.
   */
  witness(tokenId: string, surpriseMs: number): void
}
