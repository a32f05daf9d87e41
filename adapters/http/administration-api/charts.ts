import {
  type AdministrationContext,
  authorisedDomains,
  countTokens,
  countUsers,
  type ManagedToken,
  type OutcomeCount,
  type Page,
  searchTokens,
} from '@driftlock/application'
import type {
  BoundedCount,
  DriftHistogram,
  ExpirySeries,
  LogOnSeries,
  NextTokencodeRates,
  Overview,
} from '@driftlock/contracts'
import { addMs, MS_PER_DAY, MS_PER_SECOND, predictClock, type UnixMs, unixMs } from '@driftlock/domain'
import { ApiError } from '../api/api-error.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'

const LARGEST_SAMPLE = 20_000
const PAGE = 1000
const BOUND = 10_000
const MOST_SLOTS = 2000

interface Span {
  readonly from: UnixMs
  readonly before: UnixMs
}

/** The first instant there is (ECMA-262): the slot that it lies in begins earlier. */
const EARLIEST_MS = -8_640_000_000_000_000

/** Slots without a log-on are given as zeros, so that a chart has no gaps. @throws ApiError for more slots than anybody can see. */
export function filledSlots({ from, before, slotMs }: Span & { readonly slotMs: number }) {
  const first = Math.floor(from / slotMs) * slotMs
  const count = Math.max(0, Math.ceil((before - first) / slotMs))
  if (count > MOST_SLOTS)
    throw new ApiError('INVALID_REQUEST', { detail: `slotMs: more than ${MOST_SLOTS} slots; choose longer ones.` })
  return (counts: readonly OutcomeCount[]): LogOnSeries['slots'] => {
    const slots = new Map<number, LogOnSeries['slots'][number]>()
    for (let index = 0; index < count; index++) {
      const slotStart = Math.max(EARLIEST_MS, first + index * slotMs)
      slots.set(slotStart, { slotStart, success: 0, failure: 0, warning: 0 })
    }
    for (const { slotStart, outcome, count: seen } of counts) {
      const slot = slots.get(slotStart)
      if (slot !== undefined) slots.set(slotStart, { ...slot, [outcome]: slot[outcome] + seen })
    }
    return [...slots.values()]
  }
}

/** How the clocks of the tokens somebody may see are off. */
export async function driftHistogram(
  services: ApiServices,
  context: AdministrationContext,
  { securityDomainId, binSeconds, bins }: { securityDomainId?: string | undefined; binSeconds: number; bins: number },
): Promise<DriftHistogram> {
  const now = services.clock.now()
  const half = Math.floor(bins / 2)
  const counts = Array.from({ length: 2 * half + 1 }, () => 0)
  const tally = { tokens: 0, neverMeasured: 0 }
  const within = defined({ within: securityDomainId })
  const search = (page: { limit: number; after?: string }) =>
    searchTokens(services, context, { filter: { assigned: true }, ...within, ...page })
  const complete = await sample(search, ({ record, state }: ManagedToken) => {
    if (record.kind === 'hotp') return
    tally.tokens += 1
    if (state.clock.measuredAt === null) {
      tally.neverMeasured += 1
      return
    }
    const { offsetMs } = predictClock(record, state.clock, now)
    const bin = Math.round(offsetMs / MS_PER_SECOND / binSeconds)
    const index = Math.min(half, Math.max(-half, bin)) + half
    counts[index] = (counts[index] ?? 0) + 1
  })
  return {
    binSeconds,
    bins: counts.map((count, index) => ({ fromSeconds: (index - half - 0.5) * binSeconds, count })),
    ...tally,
    complete,
  }
}

/** Tokens in somebody's hands that end in each of the coming months. */
export async function expirySeries(
  services: ApiServices,
  context: AdministrationContext,
  { securityDomainId, months }: { securityDomainId?: string | undefined; months: number },
): Promise<ExpirySeries> {
  const today = new Date(services.clock.now())
  const startOf = (ahead: number) => unixMs(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1))
  const series: ExpirySeries['months'] = []
  for (let ahead = 0; ahead < months; ahead++) {
    const startsAt = startOf(ahead)
    const filter = { assigned: true, expiresFrom: startsAt, expiresBefore: startOf(ahead + 1) }
    const request = { filter, ...defined({ within: securityDomainId }), bound: BOUND }
    const counted = await countTokens(services, context, request)
    series.push({ month: new Date(startsAt).toISOString().slice(0, 7), startsAt, ...counted })
  }
  return { months: series }
}

/** How often each agent and RADIUS client sees next tokencode mode. */
export async function nextTokencodeRates(
  { administration: { read } }: ApiServices,
  context: AdministrationContext,
  span: Span,
): Promise<NextTokencodeRates> {
  const securityDomainIds = await authorisedDomains(read, context, { permission: 'view-activity' })
  const filter = { actions: ['authenticate'] as const, ...span, ...defined({ securityDomainIds }) }
  const clients = new Map<string, { logOns: number; nextTokencodes: number; failures: number }>()
  const search = (page: { limit: number; after?: string }) => read.auditLog.search(filter, page)
  const complete = await sample(search, ({ entry }) => {
    const client = entry.agent ?? entry.actor.name
    const seen = clients.get(client) ?? { logOns: 0, nextTokencodes: 0, failures: 0 }
    seen.logOns += 1
    if (entry.reason.startsWith('next-tokencode-')) seen.nextTokencodes += 1
    if (entry.outcome === 'failure') seen.failures += 1
    clients.set(client, seen)
  })
  const rows = [...clients].map(([client, seen]) => ({ client, ...seen, rate: seen.nextTokencodes / seen.logOns }))
  return { clients: rows.toSorted((a, b) => b.rate - a.rate).slice(0, 100), complete }
}

/** Numbers of the home page, over what somebody may see. */
export async function overview(services: ApiServices, context: AdministrationContext): Promise<Overview> {
  const now = services.clock.now()
  const soon = addMs(now, 30 * MS_PER_DAY)
  const users = (filter: object): Promise<BoundedCount> =>
    orNone(() => countUsers(services, context, { filter, bound: BOUND }))
  const tokens = (filter: object): Promise<BoundedCount> =>
    orNone(() => countTokens(services, context, { filter, bound: BOUND }))
  return {
    users: await users({}),
    tokens: await tokens({}),
    lockedUsers: await users({ locked: true }),
    expiringTokens: await tokens({ assigned: true, expiresFrom: now, expiresBefore: soon }),
    driftingTokens: await tokens({ leavesWindowBefore: soon }),
    emergencyAccess: await tokens({ hasEmergencyAccess: true }),
    clockDoubts: services.clockGuard.doubts().map((doubt) => ({ ...doubt })),
  }
}

/** What somebody may not see counts as none. */
async function orNone(count: () => Promise<BoundedCount>): Promise<BoundedCount> {
  try {
    return await count()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'NOT_AUTHORISED')
      return { count: 0, atLeast: false }
    throw error
  }
}

/** @returns whether everything was looked at. */
async function sample<T>(
  search: (page: { limit: number; after?: string }) => Promise<Page<T>>,
  look: (item: T) => void,
): Promise<boolean> {
  let after: string | undefined
  for (let seen = 0; seen < LARGEST_SAMPLE; seen += PAGE) {
    const { items, next } = await search({ limit: PAGE, ...defined({ after }) })
    for (const item of items) look(item)
    if (next === undefined) return true
    after = next
  }
  return false
}
