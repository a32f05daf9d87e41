import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgent, ROOT_SECURITY_DOMAIN_ID } from '@driftlock/application'
import { type AuthnResponse, authnResponseSchema } from '@driftlock/contracts'
import { codeSource, step, stepAt, type TokenPolicy, unixMs } from '@driftlock/domain'
import {
  initialiseInstance,
  type Instance,
  type RunningInstance,
  startInstance,
  withDefaults,
} from '@driftlock/driftlock'
import { serverLogger } from '@driftlock/http'
import {
  addHolder,
  type HolderOptions,
  setTokenPolicy,
  type TokenHolder,
} from '../../interop/testing/radius-instance.ts'

/** An instance with its HTTP server, and an agent that is allowed to ask it. */
export interface AgentInstance {
  readonly running: RunningInstance
  readonly instance: Instance
  /** `…/mfa/v1_1` */
  readonly url: string
  readonly clientId: string
  readonly clientKey: string
  addHolder(username: string, options?: HolderOptions): Promise<TokenHolder>
  setTokenPolicy(policy: Partial<TokenPolicy>): Promise<void>
  /** One call of the API as an agent sends it. */
  call(call: string, message: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  close(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface AgentInstanceOptions {
  readonly database?: string
  readonly name?: string
  /** Shares its database, master key and agent. */
  readonly besides?: AgentInstance
}

export async function startAgentInstance(options: AgentInstanceOptions = {}): Promise<AgentInstance> {
  const { besides, database = besides?.instance.database, name = 'am1' } = options
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-agent-'))
  const dataFolder = besides?.instance.dataFolder.path ?? folder
  const common = { dataFolder, environment: {}, ...(database !== undefined && { database }) }
  if (besides === undefined) await (await initialiseInstance({ ...common, name: 'command' })).close()
  const configuration = withDefaults(
    {
      instance: { name },
      http: { port: 0 },
      radius: { enabled: false },
      log: { level: 'silent' },
      clock: { ignoreTimeService: true },
      ...(database !== undefined && { database }),
    },
    'localhost',
  )
  const running = await startInstance({ ...common, configuration, logger: serverLogger({ level: 'silent' }) })
  const agent = besides ?? (await makeAgent(running.instance))
  const url = `${running.http.url}/mfa/v1_1`
  return {
    running,
    instance: running.instance,
    url,
    clientId: agent.clientId,
    clientKey: agent.clientKey,
    addHolder: (username, holder = {}) => addHolder(running.instance, username, holder),
    setTokenPolicy: (policy) => setTokenPolicy(running.instance, policy),
    async call(call, message, headers = {}) {
      const response = await fetch(`${url}/authn/${call}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'client-key': agent.clientKey, ...headers },
        body: JSON.stringify(message),
      })
      return { status: response.status, body: await response.json() }
    },
    async close() {
      await running.stop(2000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeAgent({ administration }: Instance): Promise<{ clientId: string; clientKey: string }> {
  const context = { authority: { type: 'command' }, actor: { type: 'command', id: '0', name: 'test' } } as const
  const request = { name: 'vpn.example', kind: 'standard', securityDomainId: ROOT_SECURITY_DOMAIN_ID }
  const { clientKey } = await createAgent(administration, context, request)
  return { clientId: request.name, clientKey }
}

/**
 * The code that the holder's 30-second TOTP token shows, so many steps from when it was handed out: two codes of one
 * dialogue keep their distance though the clock passes into the next step between them.
 */
export function codeOf({ seed, serial, madeAtMs }: TokenHolder, aheadSteps = 0): string {
  const record = {
    kind: 'totp',
    algorithm: 'sha1',
    digits: 6,
    intervalSeconds: 30,
    t0Seconds: 0,
    serial,
  } as const
  const handedOut = stepAt(record, unixMs(madeAtMs))
  return codeSource(record, seed).code(step(handedOut + BigInt(aheadSteps)))
}

export function passcodeOf(holder: TokenHolder, aheadSteps = 0): string {
  return `${holder.pin}${codeOf(holder, aheadSteps)}`
}

/** A dialogue by hand: keeps the chain of message ids as a faithful client does. */
export class HandDialogue {
  readonly #server: AgentInstance
  last: AuthnResponse

  private constructor(server: AgentInstance, last: AuthnResponse) {
    this.#server = server
    this.last = last
  }

  static async begin(server: AgentInstance, subjectName: string, more: object = {}): Promise<HandDialogue> {
    const { status, body } = await server.call('initialize', initializeMessage(server, subjectName, more))
    if (status !== 200) throw new Error(`initialize answered with status ${status}: ${JSON.stringify(body)}`)
    return new HandDialogue(server, authnResponseSchema.parse(body))
  }

  /** @param through another instance that is to take the answer. */
  async answer(methodId: string, value: string, through: AgentInstance = this.#server): Promise<AuthnResponse> {
    const { body } = await through.call('verify', this.message(methodId, value))
    this.last = authnResponseSchema.parse(body)
    return this.last
  }

  message(methodId: string, value: string) {
    const { authnAttemptId, messageId: inResponseTo } = this.last.context
    return {
      subjectCredentials: [{ methodId, collectedInputs: [{ name: methodId, value, dataType: 'STRING' }] }],
      context: { authnAttemptId, messageId: randomUUID(), inResponseTo },
    }
  }
}

export function initializeMessage({ clientId }: AgentInstance, subjectName: string, more: object = {}) {
  return {
    authnAttemptTimeout: 180,
    clientId,
    subjectName,
    lang: 'en_US',
    context: { authnAttemptId: '', messageId: randomUUID(), inResponseTo: '' },
    ...more,
  }
}

export function oneStep(passcode: string) {
  return { subjectCredentials: [{ methodId: 'SECURID', collectedInputs: [{ name: 'SECURID', value: passcode }] }] }
}

/** What a client decides by: attempt code, method code, and the methods asked for. */
export function outline({ attemptResponseCode, credentialValidationResults, challengeMethods }: AuthnResponse): string {
  const judged = credentialValidationResults.map((one) => `${one.methodId}=${one.methodResponseCode}`)
  const asked = (challengeMethods?.challenges ?? []).map(({ requiredMethods }) => requiredMethods[0]?.methodId ?? '?')
  return [attemptResponseCode, ...judged, ...(asked.length > 0 ? [`asks ${asked.join('|')}`] : [])].join(' ')
}
