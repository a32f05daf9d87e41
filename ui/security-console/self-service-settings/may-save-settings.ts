import { type SelfServiceSettings, selfServiceSettings } from '@driftlock/contracts'

/** Whether the settings are within the contract's bounds: numbers of codes, lifetimes. */
export function maySaveSettings(settings: SelfServiceSettings): boolean {
  return selfServiceSettings.safeParse(settings).success
}
