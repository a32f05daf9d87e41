import type { UnixMs } from '@driftlock/domain'

/** What has passed between one RADIUS client and the instances that answer it. */
export interface RadiusClientCounts {
  readonly requests: number
  readonly accepts: number
  readonly rejects: number
  readonly challenges: number
  /** Answers sent again to repeated requests. */
  readonly resent: number
  readonly statusAnswers: number
  /** Passwords that look like those of another secret. */
  readonly garbagePasswords: number
  /** Packets without an answer, by reason. */
  readonly dropped: Readonly<Record<string, number>>
}

/** A source that sent RADIUS packets and is no client. */
export interface UnknownRadiusSource {
  readonly address: string
  readonly packets: number
  readonly lastSeenAt: UnixMs
}

/** What RADIUS edges counted from some time on. */
export interface RadiusCounts {
  readonly since: UnixMs
  /** By client id; without those that nothing came from. */
  readonly clients: Readonly<Record<string, RadiusClientCounts>>
  /** Last seen first. */
  readonly unknown: readonly UnknownRadiusSource[]
}

/** The counts of every instance, so that others and the shell know them, and the instance itself after a restart. */
export interface RadiusCountStore {
  /** In place of what the instance of this name noted before. */
  note(instanceName: string, counts: RadiusCounts, at: UnixMs): Promise<void>
  /** By the name of the instance. */
  all(): Promise<ReadonlyMap<string, RadiusCounts>>
}
