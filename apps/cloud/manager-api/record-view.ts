import { type FeedRecord, isInUse } from '@driftlock/application'
import type { TokencodeRecord } from '@driftlock/contracts'

const CLOCK_BOUND_MS = 86_400_000

/** A record as managers are given it. */
export function recordView(record: FeedRecord): TokencodeRecord {
  const { device, attribute, sourceName, changeTime, sealedSeed } = record
  const { clock, highWaterStep } = device
  const common = {
    recordId: device.id,
    serial: device.serial,
    userAttribute: attribute,
    identitySource: sourceName,
    algorithm: device.algorithm as TokencodeRecord['algorithm'], // apps have no other
    digits: device.digits,
    intervalSeconds: device.intervalSeconds,
    lastUsedStep: highWaterStep < 0n ? null : highWaterStep.toString(),
    clockOffsetMs: clock.measuredAt === null ? null : bounded(Math.round(clock.offsetMs)),
    seedVersion: device.seedVersion,
    changeTimeMs: changeTime,
  }
  return isInUse(record) && sealedSeed !== undefined
    ? { ...common, state: 'active', sealedSeed }
    : { ...common, state: 'revoked' }
}

function bounded(offsetMs: number): number {
  return Math.max(-CLOCK_BOUND_MS, Math.min(CLOCK_BOUND_MS, offsetMs))
}
