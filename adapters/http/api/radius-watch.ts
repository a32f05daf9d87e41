import type { RadiusCounts } from '@driftlock/application'

/** What the RADIUS edge of this instance has seen. */
export interface RadiusWatch {
  /** Over its restarts. */
  counts(): RadiusCounts
  suspectsWrongSecret(clientId: string): boolean
}
