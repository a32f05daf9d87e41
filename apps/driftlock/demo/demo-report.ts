import type { DemoState } from './demo-people.ts'

/** One token of the demo with everything that a script needs to be its display. */
export interface DemoToken {
  readonly serial: string
  readonly kind: 'totp' | 'hotp' | 'securid'
  readonly algorithm: string
  readonly digits: number
  readonly intervalSeconds: number
  /** HOTP: the counter of the code that it shows next. */
  readonly counter: string
  readonly seedHex: string
  /** '' = none: the token is used without, or has yet to get one. */
  readonly pin: string
  readonly style: 'fob' | 'pinpad' | 'tokencode-only'
  readonly clockOffsetSeconds: number
}

export interface DemoUser {
  readonly username: string
  readonly password: string
  readonly state: DemoState
  readonly tokens: readonly DemoToken[]
}

export interface DemoAdministrator {
  readonly username: string
  readonly password: string
  readonly pin: string
  readonly serial: string
}

/** What `driftlock demo --json` prints on one line when it is ready. */
export interface DemoReport {
  readonly urls: {
    readonly home: string
    readonly selfService: string
    readonly securityConsole: string
    readonly api: string
    readonly agentApi: string
    readonly virtualTokens: string
  }
  readonly radius: { readonly host: string; readonly port: number; readonly secret: string }
  readonly agent: { readonly clientId: string; readonly clientKey: string }
  readonly administrators: readonly DemoAdministrator[]
  readonly users: readonly DemoUser[]
  /** Tokens that belong to nobody yet. */
  readonly spares: readonly DemoToken[]
}

/** What only the pages of the demo show. */
export interface DemoFacts {
  readonly report: DemoReport
  readonly people: readonly {
    readonly username: string
    readonly name: string
    readonly domain: string
    readonly role: string
  }[]
  /** Codes that stand in for lost tokens, by user id. */
  readonly emergencyCodes: Readonly<Record<string, readonly string[]>>
}
