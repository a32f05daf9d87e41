import type { RadiusDropReason } from './ports.ts'

/** What has passed between one client and this instance since it started. */
export interface ClientCounters {
  requests: number
  accepts: number
  rejects: number
  challenges: number
  /** Answers sent again from the reply cache. */
  resent: number
  statusAnswers: number
  garbagePasswords: number
  readonly dropped: Partial<Record<RadiusDropReason, number>>
}

/** All at zero. */
export function newClientCounters(): ClientCounters {
  return {
    requests: 0,
    accepts: 0,
    rejects: 0,
    challenges: 0,
    resent: 0,
    statusAnswers: 0,
    garbagePasswords: 0,
    dropped: {},
  }
}
