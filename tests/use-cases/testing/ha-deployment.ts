import {
  type AppCodes,
  appCodeCheck,
  authenticate,
  changeSetting,
  connectCloud,
  createUser,
  type HaPorts,
  haStatus,
  type RecordCounts,
  runSyncOnce,
} from '@driftlock/application'
import { codeSource, step, stepAt } from '@driftlock/domain'
import { COMMAND, type Deployment, openDeployment } from './deployment.ts'
import { FakeCloud, type FakeRecord } from './fake-cloud.ts'

const ORIGIN = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const

/** A deployment beside a cloud in memory. */
export async function openHaDeployment() {
  const deployment = await openDeployment()
  const cloud = new FakeCloud()
  const ha: HaPorts = { ...deployment.ports, cloud: cloud.service(), instanceName: 'one' }
  const set = (key: string, value: string) => changeSetting(deployment.ports, COMMAND, { key, value, scope: 'GLOBAL' })
  return {
    ...deployment,
    deployment,
    cloud,
    ha,
    set,
    connect: () =>
      connectCloud(ha, COMMAND, { registrationCode: 'code', url: 'https://cloud.example', deploymentName: 'am' }),
    sync: () => runSyncOnce(ha, { trigger: 'command' }),
    newUser: (username: string, more: object = {}) =>
      createUser(deployment.ports, COMMAND, { username, securityDomainId: 'root', ...more }),
    tokenOf: ({ serial }: FakeRecord) => deployment.store.administration.read.tokens.findBySerial(serial),
    counts: async (): Promise<RecordCounts> => (await haStatus(ha, COMMAND)).counts,
    codeOf: (record: FakeRecord, stepsAhead = 0) => codeOf(deployment, record, stepsAhead),
    logIn: (username: string, passcode: string, appCodes: AppCodes = appCodeCheck(ha)) =>
      logIn({ ...deployment.logins, appCodes }, username, passcode),
    localFirst: () => set('auth_manager.cas.authentication.ha.order', 'local-first'),
  }
}

export type HaDeployment = Awaited<ReturnType<typeof openHaDeployment>>

function codeOf(
  { clock }: Deployment,
  { seed, digits, intervalSeconds, algorithm }: FakeRecord,
  ahead: number,
): string {
  const record = { kind: 'totp', algorithm, digits, intervalSeconds, t0Seconds: 0, serial: '' } as const
  return codeSource(record, seed).code(step(stepAt(record, clock.now()) + BigInt(ahead)))
}

async function logIn(ports: Parameters<typeof authenticate>[0], username: string, passcode: string): Promise<string> {
  const entry = { type: 'passcode', passcode } as const
  const { outcome, reason } = await authenticate(ports, { username, entry, origin: ORIGIN })
  return `${outcome} ${reason}`
}
