import type { UnixMs } from '@driftlock/domain'
import type { AppDevice } from '../ports/cloud-subjects.ts'

/** The app as it stands when it no longer counts: it keeps its place in the feed, as revoked, and loses its seed. */
export function endApp(
  app: AppDevice,
  end: { readonly reason: NonNullable<AppDevice['endReason']>; readonly changeTime: UnixMs; readonly now: UnixMs },
): AppDevice {
  const { reason, changeTime, now } = end
  return { ...app, status: 'revoked', endReason: reason, endedAt: now, changeTime, proofUntil: null }
}
