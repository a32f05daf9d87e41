import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ApplicationError,
  changeSetting,
  connectCloud,
  createAgent,
  createUser,
  ROOT_SECURITY_DOMAIN_ID,
  type SyncRun,
  synchroniseNow,
} from '@driftlock/application'
import { AgentClient } from '@driftlock/agent-client'
import { appCalls } from '@driftlock/contracts'
import { initialiseInstance, type RunningInstance, startInstance, withDefaults } from '@driftlock/driftlock'
import { encodeRadiusText } from '@driftlock/formats'
import { serverLogger } from '@driftlock/http'
import { radiusTestDialogue } from '@driftlock/radius'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ScratchCloud, startScratchCloud } from '../../../apps/cloud/testing/index.ts'
import { SECRET, setRadiusClient } from '../../interop/testing/radius-instance.ts'
import { COMMAND } from '../../use-cases/testing/deployment.ts'
import { type LineToCloud, lineTo } from './line-to-cloud.ts'

/** A cloud access service and a manager that serve, with a line between them that can be cut. */
export interface TwoServices {
  readonly cloud: ScratchCloud
  readonly line: LineToCloud
  readonly manager: RunningInstance
  /** Somebody of that name on both sides, with an app. */
  newUser(name: string): Promise<Awaited<ReturnType<ScratchCloud['registerApp']>>>
  /** One whole run. The instance itself may be at one: then this one comes after it. */
  sync(): Promise<SyncRun>
  set(key: string, value: string): Promise<void>
  /** Log-on at the cloud, as its own applications ask for it. @returns the outcome. */
  logOnAtCloud(name: string, tokencode: string): Promise<string>
  /** @returns `accept`, `reject`, `challenge` or `no-answer`. */
  logOnByRadius(name: string, tokencode: string): Promise<string>
  /** @returns what the agent is told in the end. */
  logOnByAgent(name: string, tokencode: string): Promise<string>
  close(): Promise<void>
}

export async function startTwoServices(): Promise<TwoServices> {
  const cloud = await startScratchCloud()
  const line = await lineTo(cloud.url)
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-two-services-'))
  const manager = await startManager(folder)
  const { instance } = manager
  const ports = instance.highAvailability
  const agent = await agentOf(manager)
  const company = cloud.company.name
  const set = async (key: string, value: string): Promise<void> => {
    await changeSetting(ports, COMMAND, { key, value, scope: 'GLOBAL' })
  }
  await set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
  const code = await cloud.managerCode()
  await connectCloud(ports, COMMAND, { registrationCode: code, url: line.url, deploymentName: 'proof' })
  return {
    cloud,
    line,
    manager,
    set,
    async newUser(username) {
      await createUser(ports, COMMAND, { username, securityDomainId: ROOT_SECURITY_DOMAIN_ID })
      return cloud.registerApp((await cloud.createUser(username)).id)
    },
    async sync() {
      for (;;) {
        try {
          return await synchroniseNow(ports, COMMAND, { trigger: 'command' })
        } catch (error) {
          if (!(error instanceof ApplicationError) || error.code !== 'SYNC_UNDER_WAY') throw error
          await sleep(50)
        }
      }
    },
    async logOnAtCloud(userName, tokencode) {
      const { path, response } = appCalls.authenticate
      const answer = await fetch(new URL(path, cloud.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ company, userName, tokencode }),
      })
      return response.parse(await answer.json()).outcome
    },
    async logOnByRadius(username, password) {
      const port = manager.radius?.bound.udp[0]?.port ?? 0
      const target = { transport: 'udp', host: '127.0.0.1', port, timeoutMs: 10_000, retries: 0 } as const
      const secret = encodeRadiusText(SECRET)
      const dialogue = radiusTestDialogue({ target, secret, username, password, attributes: [] })
      return (await dialogue.next()).value?.kind ?? 'no-answer'
    },
    async logOnByAgent(username, passcode) {
      return (await agent.begin(username, { passcode })).step.state
    },
    async close() {
      await manager.stop(2000)
      await line.close()
      await cloud.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startManager(dataFolder: string): Promise<RunningInstance> {
  const common = { dataFolder, environment: {} }
  const made = await initialiseInstance({ ...common, name: 'command' })
  await setRadiusClient(made, {}, SECRET)
  await made.close()
  const configuration = withDefaults(
    {
      instance: { name: 'am1' },
      http: { port: 0 },
      radius: { host: ['127.0.0.1'], port: 0 },
      log: { level: 'silent' },
      clock: { ignoreTimeService: true },
    },
    'localhost',
  )
  return startInstance({ ...common, configuration, logger: serverLogger({ level: 'silent' }) })
}

async function agentOf({ instance, http }: RunningInstance): Promise<AgentClient> {
  const record = { name: 'web.example', kind: 'standard', securityDomainId: ROOT_SECURITY_DOMAIN_ID } as const
  const { clientKey } = await createAgent(instance.administration, COMMAND, record)
  return new AgentClient({ urls: [`${http.url}/mfa/v1_1`], clientId: record.name, clientKey })
}
