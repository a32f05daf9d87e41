import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Clock,
  type CloudUser,
  type Company,
  createCloudUser,
  createCompany,
  createSource,
  type CloudSource,
  offerAppRegistration,
  offerManagerRegistration,
  revokeApp,
  updateCompany,
} from '@driftlock/application'
import { serverLogger } from '@driftlock/http'
import { systemClock } from '@driftlock/system'
import { cloudConfigurationSchema, type GivenCloudConfiguration } from '../configuration/configuration.ts'
import { COMMAND_CONTEXT, initialiseCloud } from '../instance/open-cloud.ts'
import { type RunningCloud, startCloud } from '../serve/start-cloud.ts'
import { registerVirtualApp, type VirtualApp } from '../virtual-app/virtual-app.ts'

export interface ScratchCloudOptions {
  /** Absent = SQLite in the scratch folder. */
  readonly database?: string
  readonly clock?: Clock
  readonly configuration?: Partial<GivenCloudConfiguration>
  /** Default true. */
  readonly haEnabled?: boolean
}

/** A cloud access service in this process on a free port, with one company and one identity source. */
export interface ScratchCloud extends RunningCloud {
  readonly company: Company
  readonly source: CloudSource
  /** A code to connect a manager, as an administrator would be shown it. */
  managerCode(): Promise<string>
  createUser(attribute: string, more?: { readonly sourceId?: string }): Promise<CloudUser>
  /** Registers an app for a user over HTTP, as a phone would. */
  registerApp(userId: string): Promise<VirtualApp>
  revokeApp(serial: string): Promise<void>
  setHighAvailability(enabled: boolean): Promise<void>
  /** Stops listening; `restart` serves the same database again, on the same port. */
  cut(): Promise<void>
  restart(): Promise<void>
  /** Stops and removes everything. */
  dispose(): Promise<void>
}

const STOP_WITHIN_MS = 1000

export async function startScratchCloud(options: ScratchCloudOptions = {}): Promise<ScratchCloud> {
  const { database, clock = systemClock, haEnabled = true } = options
  const dataFolder = await mkdtemp(join(tmpdir(), 'driftlock-cloud-'))
  const opening = { dataFolder, environment: {}, clock, database }
  const prepared = await initialiseCloud(opening)
  const name = `acme-${prepared.random.bytes(4).reduce((text, octet) => text + octet.toString(16), '')}`
  const created = await createCompany(prepared, COMMAND_CONTEXT, { name, displayName: 'Acme Corporation' })
  const companyId = created.id
  const company = haEnabled ? await updateCompany(prepared, COMMAND_CONTEXT, { companyId, haEnabled }) : created
  const source = await createSource(prepared, COMMAND_CONTEXT, { companyId, name: 'Employees' })
  await prepared.close()
  const start = (port: number): Promise<RunningCloud> =>
    startCloud({
      configuration: cloudConfigurationSchema.parse({
        dataFolder,
        ...(database !== undefined && { database }),
        log: 'silent',
        ...options.configuration,
        listen: { port, ...options.configuration?.listen },
      }),
      environment: {},
      logger: serverLogger({ level: 'silent' }),
      clock,
    })
  let running = await start(0)
  const port = Number(new URL(running.url).port)
  return {
    company,
    source,
    url: running.url,
    get cloud() {
      return running.cloud
    },
    get app() {
      return running.app
    },
    reloadTls: () => running.reloadTls(),
    stop: (withinMs) => running.stop(withinMs),
    managerCode: async () => (await offerManagerRegistration(running.cloud, COMMAND_CONTEXT, companyId)).code,
    createUser: (attribute, { sourceId = source.id } = {}) =>
      createCloudUser(running.cloud, COMMAND_CONTEXT, { companyId, sourceId, attribute, displayName: '' }),
    async registerApp(userId) {
      const { code } = await offerAppRegistration(running.cloud, COMMAND_CONTEXT, userId)
      const { url: service } = running
      return registerVirtualApp({ service, code, publicName: 'Virtual phone', now: () => clock.now() })
    },
    revokeApp: (serial) => revokeApp(running.cloud, COMMAND_CONTEXT, serial),
    async setHighAvailability(enabled) {
      await updateCompany(running.cloud, COMMAND_CONTEXT, { companyId, haEnabled: enabled })
    },
    cut: () => running.stop(STOP_WITHIN_MS),
    async restart() {
      running = await start(port)
    },
    async dispose() {
      await running.stop(STOP_WITHIN_MS)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
