import { z } from 'zod'

const network = z.string().regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'must be an address or a network such as 10.0.0.0/8')
const file = z.string().min(1)

/** The configuration file of a cloud access service. Unknown names are refused: a misspelt setting must not be passed over. */
export const cloudConfigurationSchema = z.strictObject({
  /** Master key and embedded database lie here. */
  dataFolder: file,
  /** SQLite file or `postgres://` address instead of the data folder's own file. */
  database: z.string().min(1).optional(),
  masterKeyFile: file.optional(),
  allowUnsafeDatabase: z.boolean().default(false),
  /** Under which address apps and managers reach the service; goes into registration codes. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  listen: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8490),
      tls: z.strictObject({ certificateFile: file, keyFile: file }).optional(),
      trustedProxies: z.array(network).default(['127.0.0.1', '::1']),
    })
    .prefault({}),
  limits: z
    .strictObject({
      requestsPerAddressAndMinute: z.int().min(10).max(1_000_000).default(6000),
      appAttemptsPerAddressAndMinute: z.int().min(1).max(100_000).default(60),
      logOnsPerAddressAndMinute: z.int().min(1).max(1000).default(10),
    })
    .prefault({}),
  /** Addresses and networks that may read `/metrics`; for everybody else there is nothing there. */
  metrics: z.strictObject({ scrapers: z.array(network).default(['127.0.0.1', '::1']) }).prefault({}),
  /** How long revoked apps stay in the feed. */
  tombstoneDays: z.int().min(90).max(3650).default(90),
  log: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type GivenCloudConfiguration = z.input<typeof cloudConfigurationSchema>
export type CloudConfiguration = z.infer<typeof cloudConfigurationSchema>

/** What would be unsafe though every setting by itself is well-formed; one line per fault. */
export function cloudConfigurationFaults({ listen }: CloudConfiguration): string[] {
  const isLoopback = (host: string): boolean =>
    host === 'localhost' || host === '[::1]' || host === '::1' || host.startsWith('127.')
  if (listen.tls !== undefined || isLoopback(listen.host) || !listen.trustedProxies.every(isLoopback)) return []
  return [
    `listen.host: ${listen.host} would take tokencodes and give out seeds over plain HTTP. Set listen.tls, or name the proxy that ends TLS in listen.trustedProxies.`,
  ]
}
