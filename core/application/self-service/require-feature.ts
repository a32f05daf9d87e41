import type { SettingKey, SettingValue } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'

/** The settings that switch a part of self-service on or off. */
export type FeatureKey = {
  [K in SettingKey]: SettingValue<K> extends boolean ? (K extends `self_service.${string}` ? K : never) : never
}[SettingKey]

/** @throws ApplicationError `FEATURE_NOT_ALLOWED` unless it is switched on (seed 002). */
export async function requireFeature(
  reader: Pick<AdministrationReader, 'configuration'>,
  key: FeatureKey,
): Promise<void> {
  const isOn: boolean = await settingInForce(reader, key)
  if (!isOn) throw new ApplicationError('FEATURE_NOT_ALLOWED', { setting: key })
}
