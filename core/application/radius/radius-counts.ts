import { addMs, MS_PER_DAY, type UnixMs } from '@driftlock/domain'
import type { RadiusClientCounts, RadiusCounts, UnknownRadiusSource } from '../ports/radius-count-store.ts'

/** Whoever sends packets may put any address on them: what they make an instance keep must end somewhere. */
const MAX_UNKNOWN = 100
const MAX_CLIENTS = 1000
const MAX_SILENCE_DAYS = 30

/** Counts added up, as of several instances or of several runs of one; `undefined` = none were given. */
export function addRadiusCounts(all: readonly RadiusCounts[]): RadiusCounts | undefined {
  const [first] = all
  if (first === undefined) return undefined
  const clients: Record<string, RadiusClientCounts> = {}
  const unknown = new Map<string, UnknownRadiusSource>()
  let { since } = first
  for (const counts of all) {
    if (counts.since < since) since = counts.since
    for (const [id, more] of Object.entries(counts.clients)) clients[id] = addClient(clients[id], more)
    for (const more of counts.unknown) unknown.set(more.address, addSource(unknown.get(more.address), more))
  }
  return { since, clients, unknown: lastSeenFirst(unknown.values()) }
}

/**
 * What of the counts is kept: the hundred unknown sources that sent most within 30 days, and the thousand clients that
 * asked most. A flood under made-up addresses sends little from each, so it does not drive out a VPN that asks again and again.
 */
export function keptRadiusCounts(counts: RadiusCounts, now: UnixMs): RadiusCounts {
  const oldest = addMs(now, -MAX_SILENCE_DAYS * MS_PER_DAY)
  const busiest = counts.unknown
    .filter(({ lastSeenAt }) => lastSeenAt >= oldest)
    .toSorted((a, b) => b.packets - a.packets || b.lastSeenAt - a.lastSeenAt)
    .slice(0, MAX_UNKNOWN)
  const clients = Object.entries(counts.clients)
    .toSorted(([, a], [, b]) => b.requests - a.requests)
    .slice(0, MAX_CLIENTS)
  return { since: counts.since, clients: Object.fromEntries(clients), unknown: lastSeenFirst(busiest) }
}

function lastSeenFirst(sources: Iterable<UnknownRadiusSource>): readonly UnknownRadiusSource[] {
  return [...sources].toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)
}

function addClient(before: RadiusClientCounts | undefined, more: RadiusClientCounts): RadiusClientCounts {
  if (before === undefined) return more
  const dropped: Record<string, number> = { ...before.dropped }
  for (const [reason, count] of Object.entries(more.dropped)) dropped[reason] = (dropped[reason] ?? 0) + count
  return {
    requests: before.requests + more.requests,
    accepts: before.accepts + more.accepts,
    rejects: before.rejects + more.rejects,
    challenges: before.challenges + more.challenges,
    resent: before.resent + more.resent,
    statusAnswers: before.statusAnswers + more.statusAnswers,
    garbagePasswords: before.garbagePasswords + more.garbagePasswords,
    dropped,
  }
}

function addSource(before: UnknownRadiusSource | undefined, more: UnknownRadiusSource): UnknownRadiusSource {
  if (before === undefined) return more
  const latest = before.lastSeenAt > more.lastSeenAt ? before : more
  return { ...latest, packets: before.packets + more.packets }
}
