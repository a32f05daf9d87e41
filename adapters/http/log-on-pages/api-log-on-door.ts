import { selfServiceEndpoints, sessionEndpoints } from '@driftlock/contracts'
import { sessionRoutes } from '../administration-api/session-routes.ts'
import { problemOf } from '../api/problem-of.ts'
import type { Call, Route } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { entryRoutes } from '../self-service-api/entry-routes.ts'
import { refuseCrossSite } from '../sessions/same-site.ts'
import { SessionKeeper } from '../sessions/session-keeper.ts'
import type { DoorAnswer, Exchange, LogOnDoor, LogOnStep } from './log-on-door.ts'
import type { PageConsole } from './page.ts'

/** Lets the log-on pages in through the handlers of the session API itself: one set of rules, budgets and cookies. */
export function apiLogOnDoor(services: ApiServices): LogOnDoor {
  const sessions = new SessionKeeper(services)
  const selfService = entryRoutes({ ...services, sessions })
  const security = sessionRoutes({ ...services, sessions })
  const routes: RoutesOfSteps = {
    'self-service': {
      'log-on': selfService.logOnSelfService,
      answer: selfService.answerSelfServiceLogOn,
      troubleshooting: selfService.enterTroubleshooting,
    },
    security: { administrator: security.logOn, answer: security.answerLogOn, 'set-up': security.setUp },
  }
  return {
    async welcome() {
      const answer = await selfService.getWelcome.handle(noBody)
      return selfServiceEndpoints.getWelcome.response.parse(answer)
    },
    async step(console, step, exchange) {
      try {
        refuseCrossSite(exchange.request)
        const route = routes[console][step.type]
        if (route === undefined) return { status: 'refused', code: 'INVALID_REQUEST' }
        return answerOf(console, await route.handle(await callOf(sessions, { console, route, step, exchange })))
      } catch (error) {
        return refusal(error, exchange)
      }
    },
  }
}

type RoutesOfSteps = Readonly<Record<PageConsole, Partial<Record<LogOnStep['type'], Route>>>>

// The welcome asks for nothing.
const noBody = {} as Call

interface StepCall {
  readonly console: PageConsole
  readonly route: Route
  readonly step: LogOnStep
  readonly exchange: Exchange
}

async function callOf(sessions: SessionKeeper, { console, route, step, exchange }: StepCall): Promise<Call> {
  const { request, reply } = exchange
  const caller = await sessions.callerOf(request, console)
  const body = route.endpoint.body?.parse(step)
  return {
    params: undefined,
    query: undefined,
    body: body as undefined, // the handler of this very endpoint knows the type that its schema made
    caller,
    context: caller.context,
    version: undefined,
    request,
    reply,
  }
}

function answerOf(console: PageConsole, answer: unknown): DoorAnswer {
  const schema =
    console === 'security' ? sessionEndpoints.logOn.response : selfServiceEndpoints.logOnSelfService.response
  const parsed = schema.parse(answer)
  if (parsed.status === 'logged-on') return { status: 'logged-on' }
  return { status: 'question', continuation: parsed.continuation, question: parsed.question }
}

function refusal(error: unknown, { request }: Exchange): DoorAnswer {
  // A field that the schema does not take.
  if (error instanceof Error && error.name === 'ZodError') return { status: 'refused', code: 'INVALID_REQUEST' }
  const { code, status } = problemOf(error, { requestId: request.id, hadPrecondition: false })
  if (status >= 500) request.log.error({ err: error }, 'a log-on failed')
  return { status: 'refused', code }
}
