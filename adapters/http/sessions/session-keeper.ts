import {
  type AdministrationContext,
  type AdministrationPorts,
  administratorContext,
  type Session,
  settingInForce,
  useApiKey,
} from '@driftlock/application'
import { AUTOMATIC_REQUEST_HEADER } from '@driftlock/contracts'
import { addMs, type AuditActor, MS_PER_SECOND, type UnixMs, unixMs } from '@driftlock/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AdministratorCaller, Caller, OwnerCaller } from './caller.ts'
import {
  clearSessionCookie,
  type ConsoleName,
  cookieValueOf,
  newCookieValue,
  requirePrivateTransport,
  sessionIdOf,
  setSessionCookie,
} from './session-cookie.ts'

/** A session's last use is written this often, not at every request. */
const TOUCH_EVERY_MS = 30_000
const BEARER = /^Bearer ([\w.-]{16,256})$/i
const NEVER = unixMs(Number.MAX_SAFE_INTEGER)

/** What is kept with a session besides who it is. */
export const sessionDetails = z.object({
  /** `set-up-code`: logged on without a token. */
  secondFactor: z.enum(['token', 'set-up-code', 'none']).default('token'),
  entry: z.enum(['log-on', 'troubleshooting']).default('log-on'),
  language: z.enum(['en', 'de']).default('en'),
})

export type SessionDetails = z.infer<typeof sessionDetails>

export interface NewSession {
  readonly console: ConsoleName
  readonly userId: string
  readonly details: Partial<SessionDetails>
}

/** Opens, finds and ends sessions; reads rights anew at every request, so that what is taken away is gone at once. */
export class SessionKeeper {
  readonly #ports: AdministrationPorts

  constructor(ports: AdministrationPorts) {
    this.#ports = ports
  }

  /** A new session with a fresh cookie; whatever session the browser had in this console ends (no fixation). */
  async open(reply: FastifyReply, { console, userId, details }: NewSession): Promise<Session> {
    requirePrivateTransport(reply.request)
    const old = cookieValueOf(reply.request, console)
    const value = newCookieValue(this.#ports.random)
    const now = this.#ports.clock.now()
    const { absoluteMs } = await this.#lifetimes()
    const session: Session = {
      id: sessionIdOf(value),
      console,
      userId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: addMs(now, absoluteMs),
      details: sessionDetails.parse(details),
    }
    await this.#ports.administration.transaction(async (tx) => {
      if (old !== undefined) await tx.access.removeSession(sessionIdOf(old))
      await tx.access.saveSession(session)
    })
    setSessionCookie(reply, console, value)
    return session
  }

  async end(reply: FastifyReply, console: ConsoleName): Promise<void> {
    const value = cookieValueOf(reply.request, console)
    if (value !== undefined)
      await this.#ports.administration.transaction((tx) => tx.access.removeSession(sessionIdOf(value)))
    clearSessionCookie(reply, console)
  }

  async endAllOf(userId: string): Promise<void> {
    await this.#ports.administration.transaction((tx) => tx.access.removeSessionsOf(userId))
  }

  async saveDetails(session: Session, details: Partial<SessionDetails>): Promise<void> {
    const changed = { ...session, details: { ...sessionDetails.parse(session.details), ...details } }
    await this.#ports.administration.transaction((tx) => tx.access.saveSession(changed))
  }

  /** Who sends this request to a console's API. A key goes before a cookie. */
  async callerOf(request: FastifyRequest, console: ConsoleName): Promise<Caller> {
    const { authorization } = request.headers
    if (authorization !== undefined)
      return (console === 'security' && (await this.#byApiKey(request, authorization))) || nobody(request)
    const value = cookieValueOf(request, console)
    const isAct = request.headers[AUTOMATIC_REQUEST_HEADER] === undefined
    const session = value && (await this.#liveSession(sessionIdOf(value), console, isAct))
    if (!session) return nobody(request)
    const caller = console === 'security' ? this.#administrator(request, session) : this.#owner(request, session)
    return (await caller) ?? nobody(request)
  }

  /** Whether a session still lives: for streams that outlast a request. */
  async isLive(session: Session): Promise<boolean> {
    return (await this.#liveSession(session.id, session.console, false)) !== undefined
  }

  async idleUntil({ lastSeenAt, expiresAt }: Session): Promise<UnixMs> {
    const { idleMs } = await this.#lifetimes()
    return unixMs(Math.min(lastSeenAt + idleMs, expiresAt))
  }

  async #liveSession(id: string, console: string, touch = true): Promise<Session | undefined> {
    const { administration, clock } = this.#ports
    const session = await administration.read.access.session(id)
    const now = clock.now()
    if (session === undefined || session.console !== console) return undefined
    if (now >= (await this.idleUntil(session))) {
      await administration.transaction((tx) => tx.access.removeSession(id))
      return undefined
    }
    if (!touch || now - session.lastSeenAt < TOUCH_EVERY_MS) return session
    const touched = { ...session, lastSeenAt: now }
    await administration.transaction((tx) => tx.access.saveSession(touched))
    return touched
  }

  async #administrator(request: FastifyRequest, session: Session): Promise<AdministratorCaller | undefined> {
    const context = await administratorContext(this.#ports, { userId: session.userId }, originOf(request))
    return context && { ...rightsOf(context), session, idleUntil: await this.idleUntil(session) }
  }

  async #owner(request: FastifyRequest, session: Session): Promise<OwnerCaller | undefined> {
    const { userId } = session
    const found = await this.#ports.administration.read.users.find(userId)
    if (found === undefined || !found.user.enabled) return undefined
    const { username } = found.user
    const { entry } = sessionDetails.parse(session.details)
    const actor: AuditActor = { type: 'user', id: userId, name: username }
    const context: AdministrationContext = { authority: { type: 'owner', userId }, actor, ...originOf(request) }
    return { type: 'owner', userId, username, session, entry, idleUntil: await this.idleUntil(session), context }
  }

  async #byApiKey(request: FastifyRequest, authorization: string): Promise<AdministratorCaller | undefined> {
    const [, apiKey] = BEARER.exec(authorization) ?? []
    const context = apiKey && (await useApiKey(this.#ports, apiKey, originOf(request)))
    return context ? { ...rightsOf(context), session: undefined, idleUntil: NEVER } : undefined
  }

  async #lifetimes(): Promise<{ readonly idleMs: number; readonly absoluteMs: number }> {
    const { read } = this.#ports.administration
    const idle = await settingInForce(read, 'console.session.idle_seconds')
    const absolute = await settingInForce(read, 'console.session.absolute_seconds')
    return { idleMs: idle * MS_PER_SECOND, absoluteMs: absolute * MS_PER_SECOND }
  }
}

/** Nobody is known: public endpoints act for the one who logs on. */
function nobody(request: FastifyRequest): Caller {
  const actor: AuditActor = { type: 'user', id: '', name: '' }
  return { type: 'nobody', context: { authority: { type: 'owner', userId: '' }, actor, ...originOf(request) } }
}

function rightsOf(context: AdministrationContext): Omit<AdministratorCaller, 'session' | 'idleUntil'> {
  const { authority, actor } = context
  if (authority.type !== 'administrator') throw new TypeError('An administrator context is one of an administrator.')
  const { administrator, narrowedTo } = authority
  const { id: userId, name: username } = actor
  return { type: 'administrator', userId, username, grants: administrator.grants, narrowedTo, context }
}

export function originOf({ ip, id }: FastifyRequest): Pick<AdministrationContext, 'clientAddress' | 'requestId'> {
  return { clientAddress: ip, requestId: id }
}
