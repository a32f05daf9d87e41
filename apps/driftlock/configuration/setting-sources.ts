/** How a setting is written where only text can be: in the environment and in flags. */
export type SettingKind = 'text' | 'number' | 'switch' | 'list'

export interface SettingPlace {
  readonly path: readonly string[]
  readonly kind: SettingKind
  /** Its value may hold a secret: not printed, and readable from a file named by `…_FILE`. */
  readonly secret?: true
}

const place = (path: string, kind: SettingKind = 'text', more: { secret?: true } = {}): SettingPlace => ({
  path: path.split('.'),
  kind,
  ...more,
})

/** Every setting there is. */
export const SETTING_PLACES: readonly SettingPlace[] = [
  place('instance.name'),
  place('instance.address'),
  place('database', 'text', { secret: true }),
  place('masterKeyFile'),
  place('allowUnsafeDatabase', 'switch'),
  place('http.host'),
  place('http.port', 'number'),
  place('http.tls.certificateFile'),
  place('http.tls.keyFile'),
  place('http.trustedProxies', 'list'),
  place('http.requestsPerMinute', 'number'),
  place('http.logOnsPerMinute', 'number'),
  place('http.logOnsPerUserAndMinute', 'number'),
  place('radius.enabled', 'switch'),
  place('radius.host', 'list'),
  place('radius.port', 'number'),
  place('radius.tcpPort', 'number'),
  place('radius.shared', 'switch'),
  place('metrics.scrapers', 'list'),
  place('log.level'),
  place('clock.ignoreTimeService', 'switch'),
]

/** `http.tls.keyFile` is DRIFTLOCK_HTTP_TLS_KEY_FILE in the environment. */
export function environmentName({ path }: SettingPlace): string {
  return ['DRIFTLOCK', ...path].map((part) => part.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()).join('_')
}

/** Text as the kind of setting it is; what does not fit stays text, for the schema to refuse by name. */
export function settingValue(kind: SettingKind, text: string): unknown {
  switch (kind) {
    case 'text':
      return text
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : text
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'list':
      return text === '' ? [] : text.split(',').map((part) => part.trim())
  }
}
