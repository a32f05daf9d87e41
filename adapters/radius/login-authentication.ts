import {
  authenticate,
  type AuthenticationPorts,
  type AuthenticationStore,
  type LoginOrigin,
  type LoginRequest,
  type SharedAnswers,
  uniqueId,
} from '@driftlock/application'
import { parseIpAddress } from '@driftlock/formats'
import { answerLogin } from './answer-login.ts'
import { AnswerOnce, type Evaluation } from './answer-once.ts'
import type { RadiusAnswer, RadiusAuthentication, RadiusLogin } from './ports.ts'
import { radiusPrompt } from './prompts.ts'

export interface LoginAuthenticationPorts extends AuthenticationPorts {
  /** Given where several instances share a store. */
  readonly shared?: SharedAnswers
  /** Groups of the user behind a login name; `undefined` = nobody has it. Asked only for clients with a restriction. */
  readonly groupsOf: (username: string) => Promise<readonly string[] | undefined>
  readonly onError: (error: unknown) => void
  /** The log-on itself, for whoever measures it or settles what follows; absent = `authenticate`. */
  readonly logOn?: typeof authenticate
}

/**
 * Log-on over RADIUS: each request is decided on once, whatever copies of it arrive, by the same use case as every other
 * log-on. Rejects when the store does not answer; the listener is silent then, so that the client tries another instance.
 */
export function loginAuthentication(ports: LoginAuthenticationPorts): RadiusAuthentication {
  const once = new AnswerOnce(ports)
  return { authenticate: (login) => once.answer(login.requestKey, evaluationOf(ports, login)) }
}

function evaluationOf(ports: LoginAuthenticationPorts, login: RadiusLogin): Evaluation {
  return async (taken) => {
    const store = committingAfter(ports.store, taken)
    if (login.client.groups.length > 0 && (await isShutOut(ports, login))) return shutOut({ ...ports, store }, login)
    const { logOn = authenticate } = ports
    return answerLogin(await logOn({ ...ports, store }, loginRequest(login)), login.client)
  }
}

function committingAfter(store: AuthenticationStore, taken: () => Promise<void>): AuthenticationStore {
  return {
    lookup: (usernames) => store.lookup(usernames),
    commit: async (job) => {
      await taken()
      return store.commit(job)
    },
  }
}

function loginRequest({ username, password, state, ...login }: RadiusLogin): LoginRequest {
  const origin = originOf(login)
  if (state === undefined) return { username, origin, entry: { type: 'passcode', passcode: password } }
  const sealedChallenge = Buffer.from(state).toString('latin1')
  return { username, origin, entry: { type: 'answer', sealedChallenge, answer: password } }
}

/** The user's own address where the client tells it, else the client's. */
function originOf(login: Pick<RadiusLogin, 'client' | 'callingStationId' | 'sourceAddress'>): LoginOrigin {
  const { client, callingStationId, sourceAddress } = login
  const isAddress = callingStationId !== undefined && parseIpAddress(callingStationId) !== undefined
  return {
    actor: { type: 'radius-client', id: client.id, name: client.name },
    clientAddress: isAddress ? callingStationId : sourceAddress,
  }
}

async function isShutOut({ groupsOf }: LoginAuthenticationPorts, { client, username }: RadiusLogin): Promise<boolean> {
  const groups = await groupsOf(username)
  return groups !== undefined && !groups.some((group) => client.groups.includes(group))
}

/** Not this client's user: the passcode is not looked at, so it is neither spent nor counted as a bad one. */
async function shutOut(ports: LoginAuthenticationPorts, login: RadiusLogin): Promise<RadiusAnswer> {
  const { actor, clientAddress } = originOf(login)
  await ports.store.commit({
    condition: null,
    changes: { tokens: [] },
    audit: [
      {
        id: uniqueId(ports),
        at: ports.clock.now(),
        actor,
        agent: actor.name,
        action: 'authenticate',
        outcome: 'failure',
        reason: 'RADIUS_CLIENT_RESTRICTED',
        username: login.username.slice(0, 128),
        ...(clientAddress !== undefined && { clientAddress }),
      },
    ],
  })
  return login.client.rejectDetail === 'nothing'
    ? { code: 'reject' }
    : { code: 'reject', message: radiusPrompt('access-denied', login.client) }
}
