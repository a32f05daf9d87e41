import { isIP } from 'node:net'
import { z } from 'zod'

const networkSchema = z.string().refine(isNetwork, 'must be an address or a network such as 10.0.0.0/8')

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)
}

const addressSchema = z.string().refine((text) => isIP(text) !== 0, 'must be an IP address, such as 0.0.0.0 or ::')

/** An address that would else become the name of a file. */
const OTHER_DATABASE = /^(?!postgres(ql)?:|file:)[a-z][a-z\d+.-]*:\/\//i

const portSchema = z.number().int().min(0).max(65_535)

/** The configuration of an instance. Unknown names are refused: a misspelt setting must not be passed over. */
export const configurationSchema = z
  .strictObject({
    instance: z
      .strictObject({
        /** Unique in the deployment; the id of its audit chain. */
        name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1-64 letters, digits, dots, dashes or underscores'),
        /** What others reach it at, for the list of instances. */
        address: z.string().max(255),
      })
      .partial(),
    /** A `postgres://` address or an SQLite file; absent = the data folder's own file. */
    database: z
      .string()
      .min(1)
      .refine((text) => !OTHER_DATABASE.test(text), 'must be a postgres:// address or an SQLite file'),
    masterKeyFile: z.string().min(1),
    allowUnsafeDatabase: z.boolean(),
    http: z
      .strictObject({
        host: z.string().min(1),
        port: portSchema,
        tls: z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) }),
        trustedProxies: z.array(networkSchema),
        /** Of one address. */
        requestsPerMinute: z.number().int().min(1).max(1_000_000),
        /** At the consoles, of one address. */
        logOnsPerMinute: z.number().int().min(1).max(1_000_000),
        /** At the consoles, with one user name. */
        logOnsPerUserAndMinute: z.number().int().min(1).max(1_000_000),
      })
      .partial(),
    radius: z
      .strictObject({
        enabled: z.boolean(),
        /** One address or several. */
        host: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(addressSchema).min(1)),
        port: portSchema,
        /** RADIUS over TCP (RFC 6613); absent = none. */
        tcpPort: portSchema,
        /** Other processes of this machine serve the same ports; each is an instance of its own on one PostgreSQL. */
        shared: z.boolean(),
      })
      .partial(),
    metrics: z.strictObject({ scrapers: z.array(networkSchema) }).partial(),
    log: z.strictObject({ level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) }).partial(),
    clock: z.strictObject({ ignoreTimeService: z.boolean() }).partial(),
  })
  .partial()

export type GivenConfiguration = z.infer<typeof configurationSchema>

/** Every setting with its value; `undefined` only where absence means something. */
export interface Configuration {
  readonly instance: { readonly name: string; readonly address: string }
  readonly database: string | undefined
  readonly masterKeyFile: string | undefined
  readonly allowUnsafeDatabase: boolean
  readonly http: {
    readonly host: string
    readonly port: number
    readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined
    readonly trustedProxies: readonly string[]
    readonly requestsPerMinute: number
    readonly logOnsPerMinute: number
    readonly logOnsPerUserAndMinute: number
  }
  readonly radius: {
    readonly enabled: boolean
    readonly host: readonly string[]
    readonly port: number
    readonly tcpPort: number | undefined
    readonly shared: boolean
  }
  readonly metrics: { readonly scrapers: readonly string[] }
  readonly log: { readonly level: NonNullable<NonNullable<GivenConfiguration['log']>['level']> }
  readonly clock: { readonly ignoreTimeService: boolean }
}

/** The port that agents of the system described expect (authentication-manager §9.2). */
const AGENT_PORT = 5555
const RADIUS_PORT = 1812
/** An office behind one address can log on in the morning; who tries passwords comes to nothing. */
const DEFAULT_LIMITS = { requestsPerMinute: 6000, logOnsPerMinute: 120, logOnsPerUserAndMinute: 20 } as const

export function withDefaults(given: GivenConfiguration, hostname: string): Configuration {
  const { instance = {}, radius = {}, metrics = {}, log = {}, clock = {} } = given
  const name = hostname.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 64)
  return {
    instance: { name, address: hostname, ...onlyGiven(instance) },
    database: given.database,
    masterKeyFile: given.masterKeyFile,
    allowUnsafeDatabase: given.allowUnsafeDatabase ?? false,
    http: httpWithDefaults(given.http ?? {}),
    radius: radiusWithDefaults(radius),
    metrics: { scrapers: ['127.0.0.1', '::1'], ...onlyGiven(metrics) },
    log: { level: 'info', ...onlyGiven(log) },
    clock: { ignoreTimeService: false, ...onlyGiven(clock) },
  }
}

function httpWithDefaults({ tls, ...http }: NonNullable<GivenConfiguration['http']>): Configuration['http'] {
  const host = tls === undefined ? '127.0.0.1' : '0.0.0.0'
  return { host, port: AGENT_PORT, trustedProxies: [], ...DEFAULT_LIMITS, ...onlyGiven(http), tls }
}

/** `::` is passed over where the machine has no IPv6. */
function radiusWithDefaults({ tcpPort, ...given }: NonNullable<GivenConfiguration['radius']>): Configuration['radius'] {
  return { enabled: true, host: ['0.0.0.0', '::'], port: RADIUS_PORT, shared: false, ...onlyGiven(given), tcpPort }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** What is really given: a setting that is there but undefined must not hide its default. */
function onlyGiven<T extends object>(part: T): Given<T> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Given<T> // a part of T
}

/** What would be unsafe though every setting by itself is well-formed; one line per fault. */
export function configurationFaults(configuration: Configuration): string[] {
  return [...plainHttpFaults(configuration), ...sharedRadiusFaults(configuration)]
}

function sharedRadiusFaults({ radius, database }: Configuration): string[] {
  if (!radius.enabled || !radius.shared) return []
  const faults: string[] = []
  if (database === undefined || !/^postgres(ql)?:\/\//.test(database))
    faults.push('radius.shared: several processes need PostgreSQL; an SQLite file belongs to one. Set database.')
  if (radius.port === 0 || radius.tcpPort === 0)
    faults.push('radius.shared: processes that share a port must name it. Set radius.port and radius.tcpPort.')
  return faults
}

function plainHttpFaults({ http }: Configuration): string[] {
  const loopback = http.host === 'localhost' || http.host === '::1' || http.host.startsWith('127.')
  if (http.tls !== undefined || loopback || http.trustedProxies.length > 0) return []
  return [
    `http.host: ${http.host} would serve passwords and passcodes over plain HTTP. Set http.tls.certificateFile and http.tls.keyFile, or name the proxy that ends TLS in http.trustedProxies.`,
  ]
}
