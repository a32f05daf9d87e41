import type { RadiusClientActivity, UnknownRadiusClient } from '@driftlock/contracts'

/** What the RADIUS edge of this instance has seen since it started. */
export interface RadiusWatch {
  /** `undefined` = nothing came from this client. */
  counters(clientId: string): Omit<RadiusClientActivity, 'id' | 'name' | 'wrongSecretSuspected'> | undefined
  suspectsWrongSecret(clientId: string): boolean
  /** Last seen first. */
  unknownClients(): readonly UnknownRadiusClient[]
}
