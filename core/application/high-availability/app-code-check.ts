import { admitCall, type Breaker, callAnswered, callFailed, CLOSED_BREAKER } from '@driftlock/domain'
import type { AppCodeAnswer, AppCodePolicy, AppCodes } from '../ports/app-codes.ts'
import { CloudError, type CloudCalls, type CloudVerification } from '../ports/cloud-service.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { type HaPorts, openSession } from './ha-ports.ts'
import { HA_ENABLED } from './ha-names.ts'

/** A connection that was replaced or whose keys were changed by another instance is noticed within this time. */
const CONNECTION_FRESH_MS = 5_000

interface Policy extends AppCodePolicy {
  readonly configVersion: number
  readonly timeoutMs: number
}

/** What is told of each question, for metrics. */
export interface AppCodeWatch {
  readonly answered: (answer: AppCodeAnswer, durationMs: number) => void
  readonly breaker: (state: Breaker['state']) => void
}

/**
 * Asks the cloud about codes of apps, with a short time-out and a circuit breaker: when the cloud is away, the first few
 * log-ons wait that long, and all others none. Settings are kept by the version of the configuration, which every log-on
 * brings, so that a change holds with the next log-on.
 */
export function appCodeCheck(ports: HaPorts, watch?: AppCodeWatch): AppCodes {
  let policy: Policy | undefined
  let breaker: Breaker = CLOSED_BREAKER
  const session = keptSession(ports)

  async function policyAt(configVersion: number): Promise<Policy> {
    if (policy?.configVersion !== configVersion) policy = await readPolicy(ports, configVersion)
    return policy
  }
  function become(next: Breaker): void {
    if (next.state !== breaker.state) watch?.breaker(next.state)
    breaker = next
  }
  async function ask(code: { readonly serial: string; readonly tokencode: string }): Promise<AppCodeAnswer> {
    const call = admitCall(breaker, ports.clock.monotonicMs())
    become(call.breaker)
    if (!call.admitted) return 'unreachable'
    try {
      const cloud = await session()
      if (cloud === undefined) return 'unreachable'
      const answer = answerOf(await cloud.verify(code.serial, code.tokencode, policy?.timeoutMs ?? DEFAULT_TIMEOUT_MS))
      become(callAnswered())
      return answer
    } catch (error) {
      become(isAnswer(error) ? callAnswered() : callFailed(breaker, ports.clock.monotonicMs()))
      return 'unreachable'
    }
  }
  return {
    policyAt,
    async ask(code) {
      const startedMs = ports.clock.monotonicMs()
      const answer = await ask(code)
      watch?.answered(answer, ports.clock.monotonicMs() - startedMs)
      return answer
    },
  }
}

const DEFAULT_TIMEOUT_MS = 1500

async function readPolicy({ administration: { read } }: HaPorts, configVersion: number): Promise<Policy> {
  const order = await settingInForce(read, 'auth_manager.cas.authentication.ha.order')
  return {
    configVersion,
    enabled: await settingInForce(read, HA_ENABLED),
    cloudFirst: order === 'cloud-first',
    timeoutMs: await settingInForce(read, 'auth_manager.cas.authentication.ha.cloud_timeout_milliseconds'),
  }
}

/** The reasons by which the cloud says that a code was used: the same words as here. */
const USED: ReadonlySet<string> = new Set(['tokencode-reused', 'tokencode-too-old'])

function answerOf({ outcome, reason }: CloudVerification): AppCodeAnswer {
  if (outcome === 'accepted') return 'accepted'
  // Good, but the app's clock is far off there: the record here, which may know that clock better, decides.
  if (outcome === 'next-tokencode') return 'unreachable'
  return USED.has(reason) ? 'used' : 'refused'
}

/** A signed refusal (high availability off, manager unknown) says nothing of the code, but the cloud is there. */
function isAnswer(error: unknown): boolean {
  return error instanceof CloudError && (error.code === 'CLOUD_REFUSED' || error.code === 'CLOUD_HA_DISABLED')
}

/** Keeps the session of a connection, which opened its keys, as long as the connection stays what it is. */
function keptSession(ports: HaPorts): () => Promise<CloudCalls | undefined> {
  let kept: { readonly version: number; readonly managerId: string; readonly session: CloudCalls } | undefined
  let lookedAtMs = Number.NEGATIVE_INFINITY
  return async () => {
    if (kept !== undefined && ports.clock.monotonicMs() - lookedAtMs < CONNECTION_FRESH_MS) return kept.session
    const connection = await ports.administration.read.highAvailability.connection()
    lookedAtMs = ports.clock.monotonicMs()
    if (connection?.status !== 'connected') kept = undefined
    else if (kept?.version !== connection.version || kept.managerId !== connection.identity.managerId)
      kept = {
        version: connection.version,
        managerId: connection.identity.managerId,
        session: await openSession(ports, connection),
      }
    return kept?.session
  }
}
