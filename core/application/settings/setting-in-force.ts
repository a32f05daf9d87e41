import { parseSetting, type SettingKey, type SettingValue, settingValue } from '@driftlock/domain'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { GLOBAL_SCOPE } from '../ports/configuration-store.ts'

/** The value of a setting that holds: on an instance its own, else the global one, else the initial one. */
export async function settingInForce<K extends SettingKey>(
  { configuration }: Pick<AdministrationReader, 'configuration'>,
  key: K,
  instanceName?: string,
): Promise<SettingValue<K>> {
  const stored = async (scope: string): Promise<unknown> => {
    const parsed = parseSetting(key, (await configuration.setting(key, scope))?.value ?? '')
    return parsed.ok ? parsed.value : undefined
  }
  return settingValue(key, {
    global: await stored(GLOBAL_SCOPE),
    instance: instanceName === undefined ? undefined : await stored(instanceName),
  })
}
