import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DEFAULT_RADIUS_PROFILE,
  loginName,
  type RadiusClientProfile,
  radiusSecretContext,
  ROOT_SECURITY_DOMAIN_ID,
  seedContext,
  uniqueId,
} from '@driftlock/application'
import { makePinVerifier, type TokenPolicy, unixMs } from '@driftlock/domain'
import { initialiseInstance, type Instance, openInstance, type RunningRadius, startRadius } from '@driftlock/driftlock'
import { sampleToken, sampleUser } from '@driftlock/sql/testing'

export const SECRET = 'a-shared-secret-for-tests'

/** A user with one token, as the tests hold it in their hand. */
export interface TokenHolder {
  readonly username: string
  readonly serial: string
  readonly tokenId: string
  readonly seed: Uint8Array
  readonly pin: string
  /** When it was handed out. The codes of a test count from here, so that no change of the tokencode falls between two steps. */
  readonly madeAtMs: number
}

export interface HolderOptions {
  readonly kind?: 'totp' | 'securid'
  /** '' = the token is in new PIN mode. */
  readonly pin?: string
  readonly passcodeStyle?: 'fob' | 'pinpad' | 'tokencode-only'
  /** Bad codes so far: 3 make the next good one ask for the next tokencode. */
  readonly badTokencodeCount?: number
  /** Seconds either way that are accepted silently. */
  readonly smallWindowSeconds?: number
}

/** An instance of its own in a scratch folder, RADIUS on free ports of 127.0.0.1. */
export interface RadiusInstance {
  readonly instance: Instance
  readonly radius: RunningRadius
  readonly port: number
  readonly tcpPort: number
  addHolder(username: string, options?: HolderOptions): Promise<TokenHolder>
  addHolders(usernames: readonly string[]): Promise<readonly TokenHolder[]>
  /** Puts the test's own address in as a client, in place of the one before. */
  setClient(client?: TestClient, secret?: string): Promise<void>
  setTokenPolicy(policy: Partial<TokenPolicy>): Promise<void>
  /** Reasons of the log-ons of a user, oldest first. */
  reasons(username: string): Promise<readonly string[]>
  close(): Promise<void>
}

export interface RadiusInstanceOptions {
  /** Absent = an SQLite file in the scratch folder. */
  readonly database?: string
  readonly name?: string
  /** Data folder of an instance that shares its master key. */
  readonly besides?: Instance
}

/** Starts an instance; one `besides` another shares its database and keys. */
export async function startRadiusInstance(options: RadiusInstanceOptions = {}): Promise<RadiusInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-radius-'))
  const { besides, name = 'am1' } = options
  const common = { environment: {}, name, staysUp: true, ignoreTimeService: true } as const
  const instance =
    besides === undefined
      ? await initialiseInstance({ ...common, dataFolder: folder, ...databaseOf(options) })
      : await openInstance({ ...common, dataFolder: besides.dataFolder.path, database: besides.database })
  const failures: unknown[] = []
  const radius = await startRadius(instance, {
    addresses: ['127.0.0.1'],
    port: 0,
    tcpPort: 0,
    onError: (error) => failures.push(error),
  })
  return {
    instance,
    radius,
    port: radius.bound.udp[0]?.port ?? 0,
    tcpPort: radius.bound.tcp[0]?.port ?? 0,
    addHolder: (username, holder = {}) => addHolder(instance, username, holder),
    addHolders: (usernames) => addHolders(instance, usernames, {}),
    async setClient(profile = {}, secret = SECRET) {
      await setRadiusClient(instance, profile, secret)
      await radius.reload()
    },
    setTokenPolicy: (policy) => setTokenPolicy(instance, policy),
    reasons: (username) => reasonsOf(instance, username),
    async close() {
      await radius.close()
      await instance.close()
      rmSync(folder, { recursive: true, force: true })
      if (failures.length > 0) throw new AggregateError(failures, 'The RADIUS edge had failures.')
    },
  }
}

function databaseOf({ database }: RadiusInstanceOptions): { readonly database?: string } {
  return database === undefined ? {} : { database }
}

interface Made {
  readonly holder: TokenHolder
  readonly user: ReturnType<typeof sampleUser>
  readonly token: ReturnType<typeof sampleToken>['token']
}

// From a random start upwards, so that no two holders of a process share one: thousands of random ones would.
let nextSerial = randomInt(1e7, 9e7)

function makeHolder(instance: Instance, username: string, options: HolderOptions): Made {
  const {
    kind = 'totp',
    pin = '4837',
    passcodeStyle = 'fob',
    badTokencodeCount = 0,
    smallWindowSeconds = 300,
  } = options
  const { keys } = instance
  const user = sampleUser(username)
  const tokenId = uniqueId(instance)
  nextSerial += 1
  const serial = `0003${nextSerial}`
  const seed = new Uint8Array(randomBytes(kind === 'totp' ? 20 : 16))
  const shape = kind === 'totp' ? {} : ({ kind: 'securid', algorithm: 'aes-128', intervalSeconds: 60 } as const)
  const verifier = makePinVerifier(pin, tokenId, keys.pinKeys())
  const { token } = sampleToken(
    serial,
    {
      id: tokenId,
      userId: user.user.id,
      passcodeStyle,
      formFactor: passcodeStyle === 'pinpad' ? 'software' : 'key-fob',
      windows: { small: smallWindowSeconds, medium: 600, large: 43_200 },
      ...shape,
    },
    {
      badTokencodeCount,
      pin: pin === '' ? null : { verifier, length: pin.length, setAt: unixMs(Date.now()), history: [] },
      newPinRequired: pin === '' && passcodeStyle !== 'tokencode-only',
    },
  )
  return { holder: { username, serial, tokenId, seed, pin, madeAtMs: Date.now() }, user, token }
}

/** A user with a token, in an instance of any test. */
export async function addHolder(instance: Instance, username: string, options: HolderOptions): Promise<TokenHolder> {
  const [added] = await addHolders(instance, [username], options)
  if (added === undefined) throw new Error('One name makes one holder.')
  return added
}

const BATCH = 500

async function addHolders(
  instance: Instance,
  usernames: readonly string[],
  options: HolderOptions,
): Promise<readonly TokenHolder[]> {
  const { store, keys } = instance
  const made = usernames.map((username) => makeHolder(instance, username, options))
  for (let from = 0; from < made.length; from += BATCH) {
    await store.administration.transaction(async (tx) => {
      for (const { user, token, holder } of made.slice(from, from + BATCH)) {
        await tx.users.insert(user)
        const seed = keys.seal('seed', seedContext(holder.tokenId), holder.seed)
        await tx.tokens.insert({ token, seed, seedFingerprint: null })
      }
    })
  }
  return made.map(({ holder }) => holder)
}

export type TestClient = Partial<RadiusClientProfile> & {
  /** Absent = the test's own IPv4 addresses. */
  readonly networks?: readonly string[]
}

/** Clients for the test's own addresses in place of those before; the first is called vpn.example. */
export async function setRadiusClient(
  instance: Instance,
  { networks = ['127.0.0.0/8'], ...profile }: TestClient,
  secret: string,
): Promise<void> {
  await instance.store.administration.transaction(async (tx) => {
    const before = await tx.clients.radiusClients({}, { limit: 10 })
    for (const client of before.items) await tx.clients.removeRadiusClient(client.id)
    for (const [index, network] of networks.entries()) {
      const id = uniqueId(instance)
      await tx.clients.insertRadiusClient({
        id,
        name: index === 0 ? 'vpn.example' : `vpn${index}.example`,
        network,
        secret: instance.keys.seal('radius-secret', radiusSecretContext(id), Buffer.from(secret)),
        requireMessageAuthenticator: false,
        transport: 'udp',
        securityDomainId: ROOT_SECURITY_DOMAIN_ID,
        enabled: true,
        profile: { ...DEFAULT_RADIUS_PROFILE, messageAuthenticator: 'no', ...profile },
        notes: '',
        createdAt: instance.clock.now(),
        lastSeenAt: null,
        version: 1,
      })
    }
  })
}

export async function setTokenPolicy({ store, clock }: Instance, value: Partial<TokenPolicy>): Promise<void> {
  await store.administration.transaction(async (tx) => {
    const stored = (await tx.configuration.policiesOf(ROOT_SECURITY_DOMAIN_ID)).find(({ kind }) => kind === 'token')
    await tx.configuration.setPolicy({
      securityDomainId: ROOT_SECURITY_DOMAIN_ID,
      kind: 'token',
      value,
      version: stored?.version ?? 0,
      updatedAt: clock.now(),
    })
  })
}

export async function reasonsOf({ store }: Instance, username: string): Promise<readonly string[]> {
  const { read } = store.administration
  const user = await read.users.findByLoginName(loginName(username))
  if (user === undefined) throw new Error(`Nobody is called ${username}.`)
  const filter = { actions: ['authenticate'] as const, userId: user.user.id }
  const found = await read.auditLog.search(filter, { limit: 100, oldestFirst: true })
  return found.items.map(({ entry }) => entry.reason)
}
