import {
  changeOwnPassword,
  type LogOn,
  logOnAdministrator,
  answerAdministratorLogOn,
  grantsOf,
  type Session,
  treeOf,
  useSetupCode,
} from '@driftlock/application'
import {
  type AdministratorLogOnAnswer,
  type AdministratorSession,
  type Question,
  sessionEndpoints as e,
} from '@driftlock/contracts'
import { heldPermissions, type Question as Asked, REASONS } from '@driftlock/domain'
import type { FastifyReply } from 'fastify'
import { ApiError } from '../api/api-error.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { AdministratorCaller } from '../sessions/caller.ts'
import { requirePrivateTransport } from '../sessions/session-cookie.ts'
import { administratorViews, heldView } from '../views/administrator-view.ts'
import { userReferenceOf } from '../views/references.ts'
import type { SessionServices } from '../sessions/session-services.ts'

/** Log-on, log-off and what a console needs to know of who is there. */
export function sessionRoutes(services: SessionServices): RoutesOf<typeof e> {
  const { sessions } = services
  return {
    ...logOnRoutes(services),
    getSession: route(e.getSession, async ({ caller }) => sessionView(services, administratorOf(caller))),
    changePassword: route(e.changePassword, async ({ body, caller, context, reply }) => {
      const { username, userId } = administratorOf(caller)
      await changeOwnPassword(services, context, { ...body, username })
      await sessions.open(reply, { console: 'security', userId, details: {} })
      return null
    }),
    logOff: route(e.logOff, async ({ reply }) => {
      await sessions.end(reply, 'security')
      return null
    }),
    revokeAllSessions: route(e.revokeAllSessions, async ({ caller, reply }) => {
      await sessions.endAllOf(administratorOf(caller).userId)
      await sessions.end(reply, 'security')
      return null
    }),
  }
}

function logOnRoutes(services: SessionServices) {
  return {
    logOn: route(e.logOn, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      return answered(services, reply, await logOnAdministrator(services, context, body))
    }),
    answerLogOn: route(e.answerLogOn, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      return answered(services, reply, await answerAdministratorLogOn(services, context, body))
    }),
    setUp: route(e.setUp, async ({ body, context, request, reply }) => {
      requirePrivateTransport(request)
      const { username, setupCode, newPassword } = body
      const { userId } = await useSetupCode(services, context, { user: username, setupCode, password: newPassword })
      return loggedOn(services, reply, { userId, secondFactor: 'set-up-code' })
    }),
  }
}

function administratorOf(caller: Call['caller']): AdministratorCaller {
  if (caller.type !== 'administrator') throw new ApiError('NOT_LOGGED_ON')
  return caller
}

async function answered(
  services: SessionServices,
  reply: FastifyReply,
  logOn: LogOn,
): Promise<AdministratorLogOnAnswer> {
  switch (logOn.outcome) {
    case 'refused':
      throw new ApiError(logOn.reason === 'challenge-expired' ? 'LOG_ON_CONTINUES_TOO_LATE' : 'LOG_ON_FAILED')
    case 'question': {
      const { continuation, question, reason } = logOn
      return { status: 'question', continuation, question: questionView(question), text: REASONS[reason].user }
    }
    case 'logged-on':
      return loggedOn(services, reply, { userId: logOn.userId, secondFactor: 'token' })
  }
}

/** A question as the contract words it. */
export function questionView(question: Asked): Question {
  if (question.type !== 'new-pin') return { ...question }
  const { rules, previous, faults } = question
  return {
    type: 'new-pin',
    rules: { ...rules },
    ...(previous !== undefined && { previous }),
    ...(faults !== undefined && { faults: [...faults] }),
  }
}

interface LoggedOn {
  readonly userId: string
  readonly secondFactor: 'token' | 'set-up-code'
}

async function loggedOn(
  services: SessionServices,
  reply: FastifyReply,
  { userId, secondFactor }: LoggedOn,
): Promise<AdministratorLogOnAnswer> {
  const { sessions, administration } = services
  const session = await sessions.open(reply, { console: 'security', userId, details: { secondFactor } })
  const grants = await grantsOf(administration.read, userId)
  const idleUntil = await sessions.idleUntil(session)
  return {
    status: 'logged-on',
    session: await sessionView(services, { userId, grants, session, idleUntil, narrowedTo: undefined }),
  }
}

type Seen = Pick<AdministratorCaller, 'userId' | 'grants' | 'narrowedTo' | 'idleUntil'> & {
  readonly session: Session | undefined
}

async function sessionView(services: SessionServices, seen: Seen): Promise<AdministratorSession> {
  const { administration, clock, instance } = services
  const { read } = administration
  const { userId, grants, narrowedTo, session, idleUntil } = seen
  const user = await read.users.find(userId)
  if (user === undefined) throw new ApiError('NOT_LOGGED_ON')
  const tree = await treeOf(read)
  const [view] = await administratorViews(read, [
    { user, enabled: true, assignments: await read.access.assignmentsOf(userId) },
  ])
  const held = heldPermissions({ grants }, tree).filter(({ permission }) => narrowedTo?.includes(permission) ?? true)
  return {
    user: userReferenceOf(user),
    assignments: view?.assignments ?? [],
    held: heldView(held, tree),
    startedAt: session?.createdAt ?? clock.now(),
    idleUntil: Math.min(idleUntil, LAST_INSTANT),
    endsAt: Math.min(session?.expiresAt ?? idleUntil, LAST_INSTANT),
    hasToken: (await read.tokens.ofUser(userId)).length > 0,
    mustChangePassword: (await read.users.password(userId))?.mustChange === true,
    via: session === undefined ? 'api-key' : 'session',
    instance: instance.name,
    version: instance.version,
    serverTime: clock.now(),
  }
}

/** The last instant a Date can hold: an API key without an end. */
const LAST_INSTANT = 8_640_000_000_000_000
