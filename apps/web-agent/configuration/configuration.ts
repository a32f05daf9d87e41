import { z } from 'zod'

const network = z.string().regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'must be an address or a network such as 10.0.0.0/8')
const hostPattern = z
  .string()
  .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/i, 'must be a host name or *. and a domain, without port')
const colour = z.string().regex(/^#[0-9a-f]{3,8}$/i, 'must be a colour such as #0066cc')
const file = z.string().min(1)

const ruleSchema = z.strictObject({
  host: hostPattern.optional(),
  path: z.string().startsWith('/').optional(),
  access: z.enum(['open', 'logged-on', 'closed']).optional(),
  groups: z.array(z.string().min(1)).min(1).optional(),
  users: z.array(z.string().min(1)).min(1).optional(),
  reauthenticateMinutes: z.number().positive().max(1440).optional(),
})

const coloursSchema = z.strictObject({ brand: colour, brandInk: colour }).partial()

/** How the pages of some hosts look and what they say. */
const lookSchema = z.strictObject({
  hosts: z.array(hostPattern).min(1).optional(),
  name: z.string().min(1).max(80).optional(),
  logoFile: file.optional(),
  colours: z.strictObject({ light: coloursSchema.optional(), dark: coloursSchema.optional() }).optional(),
  languages: z
    .array(z.enum(['en', 'de']))
    .min(1)
    .optional(),
  /** Texts by language and name, in place of the built-in ones. */
  texts: z
    .strictObject({ en: z.record(z.string(), z.string()), de: z.record(z.string(), z.string()) })
    .partial()
    .optional(),
  /** Folder of page templates. */
  templates: file.optional(),
  /** Where people get help with their token, such as the self-service console's troubleshooting page. */
  troubleshootingUrl: z.url({ protocol: /^https?$/ }).optional(),
})

/** The configuration file of a web agent. Unknown names are refused: a misspelt setting must not be passed over. */
export const configurationSchema = z.strictObject({
  managers: z.array(z.url({ protocol: /^https?$/ })).min(1),
  managerTimeoutSeconds: z.number().min(1).max(60).default(5),
  agent: z.strictObject({ id: z.string().min(1).max(255), keyFile: file }),
  cookieKeyFile: file,
  listen: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8480),
      tls: z.strictObject({ certificateFile: file, keyFile: file }).optional(),
      trustedProxies: z.array(network).default(['127.0.0.1', '::1']),
    })
    .prefault({}),
  /** Absent = the agent has no site of its own, only pages and sub-requests. */
  site: z.strictObject({ folder: file.optional(), contentSecurityPolicy: z.string().min(1).optional() }).optional(),
  rules: z.array(ruleSchema).default([]),
  sessions: z
    .strictObject({
      idleMinutes: z.number().positive().max(1440).default(30),
      absoluteMinutes: z.number().positive().max(10_080).default(480),
      bindAddress: z.boolean().default(false),
      logOffFile: file.optional(),
    })
    .prefault({}),
  throttle: z
    .strictObject({
      perAddressAndMinute: z.int().min(1).max(10_000).default(60),
      perUserAndMinute: z.int().min(1).max(1000).default(10),
    })
    .prefault({}),
  looks: z.array(lookSchema).default([]),
  log: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type GivenWebAgentConfiguration = z.input<typeof configurationSchema>
export type WebAgentConfiguration = z.infer<typeof configurationSchema>
export type LookConfiguration = z.infer<typeof lookSchema>

/** What would be unsafe though every setting by itself is well-formed; one line per fault. */
export function configurationFaults({ listen, managers }: WebAgentConfiguration): string[] {
  const isLoopback = (host: string): boolean =>
    host === 'localhost' || host === '[::1]' || host === '::1' || host.startsWith('127.')
  const open = managers.filter((url) => url.startsWith('http:') && !isLoopback(new URL(url).hostname))
  return [
    ...open.map((url) => `managers: ${url} would send passcodes over plain HTTP. Write https://`),
    ...(listen.tls === undefined && !isLoopback(listen.host) && listen.trustedProxies.every(isLoopback)
      ? [
          `listen.host: ${listen.host} would take passcodes over plain HTTP. Set listen.tls, or name the proxy that ends TLS in listen.trustedProxies.`,
        ]
      : []),
  ]
}
