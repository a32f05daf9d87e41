/** What the tests read of the report that `driftlock demo --json` prints. */
export interface DemoReport {
  readonly urls: { readonly selfService: string; readonly securityConsole: string }
  readonly radius: { readonly host: string; readonly port: number; readonly secret: string }
  readonly administrators: readonly { readonly username: string; readonly password: string; readonly pin: string }[]
  readonly users: readonly DemoUser[]
  /** Tokens in the drawer, which belong to nobody. */
  readonly spares: readonly DemoToken[]
}

export interface DemoUser {
  readonly username: string
  readonly password: string
  readonly state: string
  readonly tokens: readonly DemoToken[]
}

export interface DemoToken {
  readonly serial: string
  readonly kind: 'totp' | 'hotp' | 'securid'
  readonly algorithm: string
  readonly digits: number
  readonly intervalSeconds: number
  readonly counter: string
  readonly seedHex: string
  readonly pin: string
  readonly style: 'fob' | 'pinpad' | 'tokencode-only'
  readonly clockOffsetSeconds: number
}
