import type { CloudVerdict } from '@driftlock/domain'

/** What a log-on with an app's code needs beside the record here. */
export interface AppCodes {
  /** How codes of apps are checked at this version of the configuration. */
  policyAt(configVersion: number): Promise<AppCodePolicy>
  /** Asks the cloud, within the time the policy allows; never throws. */
  ask(code: { readonly serial: string; readonly tokencode: string }): Promise<AppCodeAnswer>
}

export interface AppCodePolicy {
  /** Switched off, codes of apps are the cloud's alone: here they are nobody's. */
  readonly enabled: boolean
  readonly cloudFirst: boolean
}

/** `used`: the code, or a later one, was used there. */
export type AppCodeAnswer = CloudVerdict['outcome']
