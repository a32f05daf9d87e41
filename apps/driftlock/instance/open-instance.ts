import {
  type AdministrationPorts,
  type AppCodeWatch,
  appCodeCheck,
  type AuthenticationPorts,
  cachedPolicies,
  type Clock,
  type HaPorts,
  type PolicySource,
  type Random,
} from '@driftlock/application'
import { cloudClient } from '@driftlock/cloud-client'
import type { AuditEntry } from '@driftlock/domain'
import {
  type DataKeyRing,
  type KeyRingParts,
  lateAuditChain,
  loadMasterKey,
  openKeyRing,
  refreshKeyRing,
  ringAuditChain,
} from '@driftlock/keys'
import { openStore, type Store } from '@driftlock/sql'
import {
  collectingEarly,
  type Repetition,
  runEvery,
  SystemClockGuard,
  systemClock,
  systemRandom,
} from '@driftlock/system'
import { type DataFolder, dataFolderAt } from './data-folder.ts'
import { watchedPorts } from './watched-ports.ts'

export interface InstanceOptions {
  readonly dataFolder: string
  /** Path of an SQLite file or a `postgres://` address; absent = the data folder's own file. */
  readonly database?: string
  /** Absent = the environment, then the data folder's own file. */
  readonly masterKeyFile?: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Unique in the deployment; the id of this process's audit chain. A command of the shell uses `command`. */
  readonly name: string
  /** True for processes that stay: keys of other instances are loaded and the clock is watched. */
  readonly staysUp?: boolean
  readonly allowUnsafeDatabase?: boolean
  /** The host keeps the clock; do not ask the machine's time service. */
  readonly ignoreTimeService?: boolean
  /** What of log-ons is measured; absent = nothing is. */
  readonly watch?: LoginWatch
  /** Told of failures of the background work; absent = they are not told. */
  readonly onError?: (error: unknown) => void
}

/** Told of every log-on, through whatever edge it came. */
export interface LoginWatch {
  /** One record of a log-on is on disk. */
  committed(entry: AuditEntry): void
  /** A code was accepted this far from where its token was expected. */
  surprised(surpriseMs: number): void
  readonly batched: (kind: 'lookup' | 'commit', size: number) => void
  /** What came of asking the cloud about codes of apps. */
  readonly appCodes: AppCodeWatch
}

/** An opened deployment: the store, the keys and what use cases need of the world. */
export interface Instance {
  readonly name: string
  readonly dataFolder: DataFolder
  readonly database: string
  readonly store: Store
  readonly keys: DataKeyRing
  /** What the key ring was opened with, to make keys for it. */
  readonly keyParts: KeyRingParts
  readonly clock: Clock
  readonly random: Random
  readonly clockGuard: SystemClockGuard
  readonly policies: PolicySource
  readonly authentication: AuthenticationPorts
  readonly administration: AdministrationPorts
  readonly highAvailability: HaPorts
  /** Ends what was begun, then closes. */
  close(): Promise<void>
}

const KEY_REFRESH_MS = 5_000
const CLOCK_CHECK_MS = 60_000

/**
 * Opens the data folder's deployment: master key, database (its schema is made or brought up to date), key ring.
 * @throws KeyRingError when the master key is missing, exposed or another one; StoreError when the database is not usable.
 */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const dataFolder = dataFolderAt(options.dataFolder)
  const database = options.database ?? dataFolder.databaseFile
  const masterKey = await loadMasterKey({
    environment: options.environment,
    defaultFile: dataFolder.masterKeyFile,
    ...(options.masterKeyFile !== undefined && { file: options.masterKeyFile }),
  })
  const auditChain = lateAuditChain(options.name)
  const { allowUnsafeDatabase = false } = options
  const { watch } = options
  const onBatch = watch && { onBatch: watch.batched }
  const store = await openStore({ database, auditChain, allowUnsafeDatabase, ...onBatch })
  try {
    const parts = { store: store.keys, clock: systemClock, masterKeys: [masterKey] } as const
    const keys = await openKeyRing(parts)
    auditChain.attach(ringAuditChain(keys, options.name))
    const clockGuard = new SystemClockGuard({
      clock: systemClock,
      ignoreTimeService: options.ignoreTimeService ?? false,
    })
    const background = options.staysUp ? backgroundOf({ keys, parts, clockGuard, onError: options.onError }) : []
    const opened = {
      ...portsOf({ store, keys, clockGuard, name: options.name }, watch),
      keyParts: parts,
      name: options.name,
      dataFolder,
      database,
    }
    return {
      ...opened,
      async close() {
        await Promise.all(background.map((task) => task.stop()))
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

interface Background {
  readonly keys: DataKeyRing
  readonly parts: KeyRingParts
  readonly clockGuard: SystemClockGuard
  readonly onError: InstanceOptions['onError']
}

function backgroundOf({ keys, parts, clockGuard, onError = () => undefined }: Background): readonly Repetition[] {
  return [
    runEvery({ intervalMs: KEY_REFRESH_MS, run: () => refreshKeyRing(keys, parts), onError }),
    runEvery({ intervalMs: CLOCK_CHECK_MS, run: () => clockGuard.check(), onError }),
  ]
}

type Opened = Pick<Instance, 'store' | 'keys' | 'clockGuard' | 'name'>

function portsOf({ store, keys, clockGuard, name: instanceName }: Opened, watch: LoginWatch | undefined) {
  const clock = systemClock
  const random = systemRandom
  const policies = cachedPolicies(store.administration.read)
  const administration: AdministrationPorts = { administration: store.administration, keys, clock, random }
  const cloud = cloudClient({ clock, random })
  const run = { instanceName, aroundRun: collectingEarly }
  const highAvailability: HaPorts = { ...administration, ...run, cloud, operations: store.operations }
  const appCodes = appCodeCheck(highAvailability, watch?.appCodes)
  const hot = { store: store.authentication, keys, policies, appCodes }
  const plain: AuthenticationPorts = { ...hot, clock, clockGuard, random }
  const authentication = watch === undefined ? plain : watchedPorts(plain, watch)
  return { store, keys, clockGuard, clock, random, policies, authentication, administration, highAvailability }
}
