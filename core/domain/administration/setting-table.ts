/** What a setting may hold. Integers are bounded, both ends included. */
export type SettingKind =
  | { readonly type: 'boolean'; readonly initial: boolean }
  | { readonly type: 'integer'; readonly initial: number; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly initial: string; readonly choices: readonly string[] }

/** One known setting. */
export type SettingDefinition = SettingKind & {
  /** What it does and in which unit, for the consoles and the command. */
  readonly text: string
  /** Whether one instance may differ from the rest (scope instance), or the value is one for all (scope GLOBAL only). */
  readonly perInstance: boolean
  /** When a change takes effect. */
  readonly takesEffect: 'at-once' | 'after-restart'
}

const ONE_DAY_SECONDS = 86_400
const ONE_YEAR_SECONDS = 366 * ONE_DAY_SECONDS
const LIFETIME = { type: 'integer', min: 3600, max: ONE_YEAR_SECONDS } as const
const TOKEN_RULE = {
  type: 'choice',
  choices: ['deny', 'allow-and-disable-emergency', 'allow-after-expiry'],
} as const

/** For all instances, at once: how nearly every setting behaves. */
const SHARED = { perInstance: false, takesEffect: 'at-once' } as const
const SWITCHED_ON = { type: 'boolean', initial: true, ...SHARED } as const
const SWITCHED_OFF = { type: 'boolean', initial: false, ...SHARED } as const

/**
 * Every key there is; the list is closed. The keys of the system described keep their names (seed 001,
 * authentication-manager §7.1), so that its written procedures work.
 */
export const SETTINGS = {
  'auth_manager.cas.authentication.ha.seed_sync.marker_time': {
    type: 'integer',
    initial: 0,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    text: 'Milliseconds since 1970 (UTC) of the last synchronised high-availability tokencode record; 0 fetches all records again',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.enabled': {
    ...SWITCHED_OFF,
    text: 'Fetch high-availability tokencode records and check their codes while the cloud access service is down',
  },
  'auth_manager.cas.authentication.ha.seed_sync.interval_seconds': {
    type: 'integer',
    initial: 300,
    min: 10,
    max: ONE_DAY_SECONDS,
    text: 'Seconds between two fetches of high-availability tokencode records',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.seed_sync.batch_size': {
    type: 'integer',
    initial: 500,
    min: 1,
    max: 1000,
    text: 'High-availability tokencode records in one request',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.alarm_after_seconds': {
    type: 'integer',
    initial: 3600,
    min: 60,
    max: 30 * ONE_DAY_SECONDS,
    text: 'Seconds since the last good fetch of high-availability tokencode records after which there is an alarm',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.order': {
    type: 'choice',
    initial: 'cloud-first',
    choices: ['cloud-first', 'local-first'],
    text: 'Who checks the codes of apps: the cloud access service and, out of its reach, this deployment; or this deployment alone',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.cloud_timeout_milliseconds': {
    type: 'integer',
    initial: 1500,
    min: 100,
    max: 10_000,
    text: 'Milliseconds a log-on waits for the word of the cloud access service before it is decided here',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.matching.attribute': {
    type: 'choice',
    initial: 'user-id',
    choices: ['user-id', 'email'],
    text: 'Attribute of a user by which high-availability tokencode records find their users',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.matching.sources': {
    type: 'choice',
    initial: 'same-name',
    choices: ['same-name', 'any-source'],
    text: 'Where high-availability tokencode records find their users: in the identity source of the same name, or in all',
    ...SHARED,
  },
  'auth_manager.cas.authentication.ha.key_rotation_days': {
    type: 'integer',
    initial: 90,
    min: 0,
    max: 3650,
    text: 'Days after which the keys of the connection to the cloud access service are changed; 0 = never by themselves',
    ...SHARED,
  },
  'ims.trust.via.read_timeout': {
    type: 'integer',
    initial: 30_000,
    min: 100,
    max: 120_000,
    text: 'Milliseconds to wait for an answer of the cloud access service',
    perInstance: true,
    takesEffect: 'at-once',
  },
  'auth_manager.tokens.max_per_user': {
    type: 'integer',
    initial: 3,
    min: 1,
    max: 10,
    text: 'Tokens one user may have',
    ...SHARED,
  },
  'auth_manager.tokens.when_replaced': {
    type: 'choice',
    initial: 'unassign',
    choices: ['unassign', 'delete'],
    text: 'What happens to a replaced token at the first use of its replacement',
    ...SHARED,
  },
  'console.session.idle_seconds': {
    type: 'integer',
    initial: 900,
    min: 60,
    max: ONE_DAY_SECONDS,
    text: 'Seconds after which an unused session of a console ends',
    ...SHARED,
  },
  'console.session.absolute_seconds': {
    type: 'integer',
    initial: 43_200,
    min: 300,
    max: 7 * ONE_DAY_SECONDS,
    text: 'Seconds after which every session of a console ends, used or not',
    ...SHARED,
  },
  'self_service.log_on.password': { ...SWITCHED_ON, text: 'Log on to the Self-Service Console with the password' },
  'self_service.log_on.passcode': { ...SWITCHED_ON, text: 'Log on to the Self-Service Console with a passcode' },
  'self_service.log_on.emergency_code': {
    ...SWITCHED_ON,
    text: 'Accept an emergency access tokencode in place of the tokencode at the Self-Service Console',
  },
  'self_service.features.provisioning': { ...SWITCHED_OFF, text: 'Enable provisioning features' },
  'self_service.features.log_on_section': { ...SWITCHED_OFF, text: 'Display log on section' },
  'self_service.features.troubleshooting_links': { ...SWITCHED_OFF, text: 'Display troubleshooting links' },
  'self_service.features.temporarily_unavailable': {
    ...SWITCHED_OFF,
    text: 'Display token is temporarily unavailable or misplaced option',
  },
  'self_service.features.permanently_lost': {
    ...SWITCHED_OFF,
    text: 'Display token is permanently lost or broken option',
  },
  'self_service.features.forgot_pin': { ...SWITCHED_OFF, text: 'Display I forgot my PIN option' },
  'self_service.emergency.allowed': {
    ...SWITCHED_OFF,
    text: 'Allow user to place token in emergency access mode',
  },
  'self_service.emergency.method': {
    type: 'choice',
    initial: 'one-time-set',
    choices: ['one-time-set', 'temporary-fixed'],
    text: 'What a user gets: a set of one-time tokencodes or one temporary fixed tokencode',
    ...SHARED,
  },
  'self_service.emergency.code_count': {
    type: 'integer',
    initial: 5,
    min: 1,
    max: 50,
    text: 'Tokencodes in a set of one-time tokencodes',
    ...SHARED,
  },
  'self_service.emergency.temporary.lifetime_seconds': {
    ...LIFETIME,
    initial: 2 * ONE_DAY_SECONDS,
    text: 'Emergency access tokencode lifetime for temporarily unavailable tokens, in seconds',
    ...SHARED,
  },
  'self_service.emergency.temporary.if_token_becomes_available': {
    ...TOKEN_RULE,
    initial: 'allow-and-disable-emergency',
    text: 'What happens when a temporarily unavailable token becomes available',
    ...SHARED,
  },
  'self_service.emergency.permanent.lifetime_seconds': {
    ...LIFETIME,
    initial: 7 * ONE_DAY_SECONDS,
    text: 'Emergency access tokencode lifetime for permanently lost or broken tokens, in seconds',
    ...SHARED,
  },
  'self_service.emergency.permanent.if_token_becomes_available': {
    ...TOKEN_RULE,
    initial: 'deny',
    text: 'What happens when a permanently lost or broken token becomes available',
    ...SHARED,
  },
  'self_service.replacement.days_before_expiry': {
    type: 'integer',
    initial: 30,
    min: 0,
    max: 366,
    text: 'Days before the end of a token from which on its user may request a replacement',
    ...SHARED,
  },
} as const satisfies Record<string, SettingDefinition>

export type SettingKey = keyof typeof SETTINGS
