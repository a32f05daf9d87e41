import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Clock,
  type CloudCipher,
  type CloudContext,
  type CloudPorts,
  createCloudAdministrator,
} from '@driftlock/application'
import type { PasswordHasher } from '@driftlock/application'
import { cloudCipher } from '@driftlock/cloud-keys'
import { argon2Hasher } from '@driftlock/http'
import {
  type DataKeyRing,
  type KeyRingParts,
  lateAuditChain,
  loadMasterKey,
  type MasterKey,
  openKeyRing,
  refreshKeyRing,
  ringAuditChain,
  writeMasterKeyFile,
} from '@driftlock/keys'
import { type OpenCloudStore, openCloudStore } from '@driftlock/sql'
import { runEvery, SystemClockGuard, systemClock, systemRandom } from '@driftlock/system'

export interface CloudOptions {
  readonly dataFolder: string
  /** Absent = the data folder's own SQLite file. */
  readonly database?: string | undefined
  readonly masterKeyFile?: string | undefined
  readonly allowUnsafeDatabase?: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Tests give one of their own; absent = the system's. */
  readonly clock?: Clock
  /** True for the process that serves: keys of other processes are loaded and the clock is watched. */
  readonly staysUp?: boolean
  readonly onError?: (error: unknown) => void
}

/** An opened cloud access service: its store, keys and what its use cases need. */
export interface Cloud extends CloudPorts {
  readonly cloud: OpenCloudStore
  readonly cipher: CloudCipher
  readonly passwords: PasswordHasher
  /** For administration of the keys themselves. */
  readonly dataKeys: { readonly ring: DataKeyRing; readonly parts: KeyRingParts }
  close(): Promise<void>
}

const KEY_REFRESH_MS = 5_000
const CLOCK_CHECK_MS = 60_000
/** The one audit chain of a service, whichever of its processes writes to it. */
export const CLOUD_CHAIN = 'cloud'

/**
 * Opens the service of a data folder. Its schema is made or brought up to date.
 * @throws KeyRingError for the master key; StoreError for the database.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { dataFolder, masterKeyFile, environment, allowUnsafeDatabase = false, clock = systemClock } = options
  const master = await loadMasterKey({
    environment,
    defaultFile: masterKeyFileIn(dataFolder),
    initCommand: 'driftlock cloud init',
    ...(masterKeyFile !== undefined && { file: masterKeyFile }),
  })
  const database = options.database ?? join(dataFolder, 'cloud.sqlite')
  const chain = lateAuditChain(CLOUD_CHAIN)
  const store = await openCloudStore({ database, auditChain: chain, now: () => clock.now(), allowUnsafeDatabase })
  try {
    return await assemble(options, { store, master, attach: (ring) => chain.attach(ringAuditChain(ring, CLOUD_CHAIN)) })
  } catch (error) {
    await store.close()
    throw error
  }
}

interface Opened {
  readonly store: OpenCloudStore
  readonly master: MasterKey
  readonly attach: (ring: DataKeyRing) => void
}

async function assemble(options: CloudOptions, { store, master, attach }: Opened): Promise<Cloud> {
  const { clock = systemClock, onError = () => undefined } = options
  const parts = { store: store.keys, clock, masterKeys: [master] } as const
  const keys = await openKeyRing(parts)
  attach(keys)
  const clockGuard = new SystemClockGuard({ clock, ignoreTimeService: options.clock !== undefined })
  const background =
    options.staysUp === true
      ? [
          runEvery({ intervalMs: KEY_REFRESH_MS, run: () => refreshKeyRing(keys, parts), onError }),
          runEvery({ intervalMs: CLOCK_CHECK_MS, run: () => clockGuard.check(), onError }),
        ]
      : []
  return {
    cloud: store,
    keys,
    dataKeys: { ring: keys, parts },
    clock,
    clockGuard,
    random: systemRandom,
    cipher: cloudCipher,
    passwords: argon2Hasher(),
    async close() {
      await Promise.all(background.map((task) => task.stop()))
      await store.close()
    },
  }
}

/** Makes the data folder with a master key of its own, unless one is given. @throws EEXIST when it has one already. */
export async function initialiseCloud(options: CloudOptions): Promise<Cloud> {
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 })
  await chmod(options.dataFolder, 0o700)
  const { environment, masterKeyFile } = options
  const given =
    masterKeyFile ??
    environment['DRIFTLOCK_MASTER_KEY_FILE'] ??
    environment['DRIFTLOCK_MASTER_KEY'] ??
    environment['CREDENTIALS_DIRECTORY']
  if (given === undefined) await writeMasterKeyFile(masterKeyFileIn(options.dataFolder), systemRandom.bytes(32))
  return openCloud(options)
}

/** The shell of the server may do everything; whoever has it has the master key. */
export const COMMAND_CONTEXT: CloudContext = {
  authority: { type: 'service' },
  actor: { type: 'command', id: 'cloud', name: 'driftlock cloud' },
}

/** The first service administrator, with a one-time set-up code. */
export async function createFirstCloudAdministrator(cloud: Cloud, name: string): Promise<string> {
  return (await createCloudAdministrator(cloud, COMMAND_CONTEXT, { name, companyId: null })).setUpCode
}

function masterKeyFileIn(dataFolder: string): string {
  return join(dataFolder, 'master.key')
}
