import {
  appCodeCheck,
  authenticate,
  type AuthenticationPorts,
  cachedPolicies,
  changeSetting,
  type Clock,
  type ClockGuard,
  connectCloud,
  createUser,
  deleteUser,
  type HaPorts,
  runSyncOnce,
  type SyncRun,
  updateUser,
} from '@driftlock/application'
import { cloudClient } from '@driftlock/cloud-client'
import { type DataKeyRing, lateAuditChain, masterKeyOf, openKeyRing, ringAuditChain } from '@driftlock/keys'
import { openStore, type Store } from '@driftlock/sql'
import { sampleUser } from '@driftlock/sql/testing'
import { systemRandom } from '@driftlock/system'
import { COMMAND } from '../../use-cases/testing/deployment.ts'

export interface ManagerOptions {
  /** As `openStore` takes it; opened again, it goes on with what is there. */
  readonly database: string
  readonly clock: Clock
  /** Name of the instance; default `am1`. */
  readonly name?: string
  /** What stands between the use cases and the world, such as a fault. */
  readonly through?: (ports: HaPorts) => HaPorts
}

/** A manager without edges: its store, and the use cases that this proof drives. */
export interface Manager {
  readonly database: string
  readonly ports: HaPorts
  readonly store: Store
  readonly keys: DataKeyRing
  connect(url: string, registrationCode: string): Promise<void>
  sync(): Promise<SyncRun>
  set(key: string, value: string): Promise<void>
  createUser(username: string): Promise<void>
  /** Many at once, past the use case. */
  insertUsers(usernames: readonly string[]): Promise<void>
  renameUser(username: string, to: string): Promise<void>
  deleteUser(username: string): Promise<void>
  /** @returns outcome and reason. */
  logIn(username: string, passcode: string): Promise<string>
  close(): Promise<void>
}

const ORIGIN = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const
const SURE: ClockGuard = { inDoubt: () => false, doubts: () => [], witness: () => undefined }
const MASTER_KEY = new Uint8Array(32).fill(7)

export async function openManager(options: ManagerOptions): Promise<Manager> {
  const { database, clock, name = 'am1', through = (ports) => ports } = options
  const masterKeys = [masterKeyOf(MASTER_KEY, 'test')] as const
  const auditChain = lateAuditChain(name)
  const store = await openStore({ database, auditChain })
  const keys = await openKeyRing({ store: store.keys, clock, masterKeys })
  auditChain.attach(ringAuditChain(keys, name))
  const { administration, operations, authentication } = store
  const world = { keys, clock, random: systemRandom }
  const plain: HaPorts = { ...world, administration, operations, cloud: cloudClient(world), instanceName: name }
  const ports = through(plain)
  const logins: AuthenticationPorts = {
    ...world,
    clockGuard: SURE,
    store: authentication,
    policies: cachedPolicies(administration.read),
    appCodes: appCodeCheck(ports),
  }
  return {
    database,
    ports,
    store,
    keys,
    async connect(url, registrationCode) {
      await connectCloud(ports, COMMAND, { registrationCode, url, deploymentName: 'proof' })
    },
    sync: () => runSyncOnce(ports, { trigger: 'command' }),
    async set(key, value) {
      await changeSetting(ports, COMMAND, { key, value, scope: 'GLOBAL' })
    },
    async createUser(username) {
      await createUser(ports, COMMAND, { username, securityDomainId: 'root' })
    },
    insertUsers: (usernames) =>
      administration.transaction(async (tx) => {
        for (const username of usernames) await tx.users.insert(sampleUser(username))
      }),
    async renameUser(user, username) {
      await updateUser(ports, COMMAND, { user, username })
    },
    async deleteUser(user) {
      await deleteUser(ports, COMMAND, { user, tokens: 'unassign' })
    },
    async logIn(username, passcode) {
      const entry = { type: 'passcode', passcode } as const
      const { outcome, reason } = await authenticate(logins, { username, entry, origin: ORIGIN })
      return `${outcome} ${reason}`
    },
    close: () => store.close(),
  }
}
