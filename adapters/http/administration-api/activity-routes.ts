import { authorisedDomains, logOnsOverTime } from '@driftlock/application'
import { activityEndpoints as a, chartEndpoints as c } from '@driftlock/contracts'
import { unixMs } from '@driftlock/domain'
import { eventStream } from '../api/event-stream.ts'
import { ANSWERED, type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import { activityOf } from '../views/activity-view.ts'
import type { ActivityFeed } from './activity-feed.ts'
import { driftHistogram, expirySeries, filledSlots, nextTokencodeRates, overview } from './charts.ts'

export interface ActivityServices extends ApiServices {
  readonly feed: ActivityFeed
  readonly sessions: SessionKeeper
}

/** The live monitors as server-sent events. */
export function activityRoutes(services: ActivityServices): RoutesOf<typeof a> {
  const { administration, feed, sessions } = services
  return {
    watchActivity: route(a.watchActivity, async ({ query, context, caller, reply }) => {
      const within = query.securityDomainId
      const ask = { permission: 'view-activity', within } as const
      const domains = await authorisedDomains(administration.read, context, ask)
      const session = caller.type === 'administrator' ? caller.session : undefined
      const stream = eventStream(reply, async () => session === undefined || sessions.isLive(session))
      const wanted = matcher(query, domains)
      const stop = feed.listen((record) => {
        const data = activityOf(record)
        if (wanted(data)) stream.send({ event: 'activity', id: data.id, data })
      })
      void stream.closed.then(stop)
      return ANSWERED
    }),
  }
}

type Query = Call<typeof a.watchActivity>['query']

/** Whoever sees less than the whole deployment sees nothing that belongs to no security domain. */
function matcher(query: Query, domains: readonly string[] | undefined) {
  const { channel, userId, username, tokenSerial, agent, outcome } = query
  return (seen: ReturnType<typeof activityOf>): boolean =>
    seen.channel === channel &&
    (domains === undefined || (seen.securityDomainId !== null && domains.includes(seen.securityDomainId))) &&
    (userId === undefined || seen.userId === userId) &&
    (username === undefined || (seen.username ?? '').toLowerCase().startsWith(username.toLowerCase())) &&
    (tokenSerial === undefined || seen.tokenSerial === tokenSerial) &&
    (agent === undefined || seen.agent === agent) &&
    (outcome === undefined || seen.outcome === outcome)
}

/** Series for the charts. */
export function chartRoutes(services: ApiServices): RoutesOf<typeof c> {
  return {
    getOverview: route(c.getOverview, async ({ context }) => overview(services, context)),
    getLogOnSeries: route(c.getLogOnSeries, async ({ query, context }) => {
      const span = { from: unixMs(query.from), before: unixMs(query.before), slotMs: query.slotMs }
      const slots = filledSlots(span)
      return { slotMs: query.slotMs, slots: slots(await logOnsOverTime(services, context, span)) }
    }),
    getDriftHistogram: route(c.getDriftHistogram, async ({ query, context }) =>
      driftHistogram(services, context, query),
    ),
    getExpirySeries: route(c.getExpirySeries, async ({ query, context }) => expirySeries(services, context, query)),
    getNextTokencodeRates: route(c.getNextTokencodeRates, async ({ query, context }) =>
      nextTokencodeRates(services, context, { from: unixMs(query.from), before: unixMs(query.before) }),
    ),
  }
}
