import {
  enterTroubleshooting,
  logOnByPassword,
  logOnByPasscode,
  type Session,
  type UserLogOn,
} from '@driftlock/application'
import { selfServiceEndpoints as e, type SelfServiceLogOnAnswer, type SelfServiceSession } from '@driftlock/contracts'
import { REASONS } from '@driftlock/domain'
import type { FastifyReply } from 'fastify'
import { questionView } from '../administration-api/session-routes.ts'
import { ApiError } from '../api/api-error.ts'
import { route } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { requirePrivateTransport } from '../sessions/session-cookie.ts'
import { sessionDetails, type SessionKeeper } from '../sessions/session-keeper.ts'
import { userReferenceOf } from '../views/references.ts'
import { readSelfServiceSettings } from '../views/self-service-settings-view.ts'
import { ownerOf } from './my-token-routes.ts'

export interface EntryServices extends ApiServices {
  readonly sessions: SessionKeeper
}

type Entry = SelfServiceSession['entry']

export function entryRoutes(services: EntryServices) {
  const { administration, clock, sessions } = services
  return {
    ...logOnRoutes(services),
    getWelcome: route(e.getWelcome, async () => {
      const { logOn, features } = await readSelfServiceSettings(administration.read)
      const shown = { shown: features.logOnSection, ...logOn }
      return { logOn: shown, troubleshooting: features.troubleshootingLinks, serverTime: clock.now() }
    }),
    getSelfServiceSession: route(e.getSelfServiceSession, async ({ caller }) =>
      sessionView(services, ownerOf(caller).session),
    ),
    logOffSelfService: route(e.logOffSelfService, async ({ reply }) => {
      await sessions.end(reply, 'self-service')
      return null
    }),
    setMyLanguage: route(e.setMyLanguage, async ({ body, caller }) => {
      await sessions.saveDetails(ownerOf(caller).session, body)
      return null
    }),
  }
}

function logOnRoutes(services: EntryServices) {
  return {
    logOnSelfService: route(e.logOnSelfService, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      const { username, method, secret } = body
      const logOn =
        method === 'password'
          ? await logOnByPassword(services, context, { username, password: secret })
          : await logOnByPasscode(services, context, { username, entry: { type: 'passcode', passcode: secret } })
      return answered(services, reply, { logOn, entry: 'log-on' })
    }),
    answerSelfServiceLogOn: route(e.answerSelfServiceLogOn, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      const { username, continuation: sealedChallenge, answer } = body
      const logOn = await logOnByPasscode(services, context, {
        username,
        entry: { type: 'answer', sealedChallenge, answer },
      })
      return answered(services, reply, { logOn, entry: 'log-on' })
    }),
    enterTroubleshooting: route(e.enterTroubleshooting, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      return answered(services, reply, {
        logOn: await enterTroubleshooting(services, context, body),
        entry: 'troubleshooting',
      })
    }),
  }
}

async function answered(
  services: EntryServices,
  reply: FastifyReply,
  { logOn, entry }: { readonly logOn: UserLogOn; readonly entry: Entry },
): Promise<SelfServiceLogOnAnswer> {
  switch (logOn.outcome) {
    case 'refused':
      throw new ApiError('LOG_ON_FAILED')
    case 'question': {
      const { continuation, question, reason } = logOn
      return { status: 'question', continuation, question: questionView(question), text: REASONS[reason].user }
    }
    case 'logged-on': {
      const { userId } = logOn
      const session = await services.sessions.open(reply, { console: 'self-service', userId, details: { entry } })
      return { status: 'logged-on', session: await sessionView(services, session) }
    }
  }
}

async function sessionView(services: EntryServices, session: Session): Promise<SelfServiceSession> {
  const { administration, clock, sessions } = services
  const user = await administration.read.users.find(session.userId)
  if (user === undefined) throw new ApiError('NOT_LOGGED_ON')
  const { entry, language } = sessionDetails.parse(session.details)
  return {
    user: userReferenceOf(user),
    entry,
    language,
    idleUntil: await sessions.idleUntil(session),
    endsAt: session.expiresAt,
    serverTime: clock.now(),
  }
}
