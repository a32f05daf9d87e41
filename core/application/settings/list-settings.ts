import { parseSetting, type SettingDefinition, SETTINGS } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { administer } from '../administration/unit-of-work.ts'
import { GLOBAL_SCOPE, type SettingScope } from '../ports/configuration-store.ts'

/** A known setting with what is set. */
export interface SettingView {
  readonly key: string
  readonly definition: SettingDefinition
  /** What holds where no instance differs. */
  readonly value: boolean | number | string
  readonly isInitial: boolean
  readonly instances: readonly { readonly scope: SettingScope; readonly value: string }[]
}

/** Every setting whose key begins so, set or not. Reading them is audited, as in the system described (§7.1). */
export async function listSettings(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly keyPrefix?: string } = {},
): Promise<readonly SettingView[]> {
  const { keyPrefix = '' } = request
  return administer(ports, { context, action: 'read-setting' }, async (unit) => {
    await unit.authorise({ permission: 'view-settings', securityDomainId: null })
    const stored = await unit.tx.configuration.settings(keyPrefix)
    unit.audit({ action: 'read-setting', after: { keyPrefix } })
    const known = Object.entries<SettingDefinition>(SETTINGS).filter(([key]) => key.startsWith(keyPrefix))
    return known.map(([key, definition]) => {
      const mine = stored.filter((one) => one.key === key)
      const global = mine.find(({ scope }) => scope === GLOBAL_SCOPE)
      const parsed = global && parseSetting(key, global.value)
      const value = parsed?.ok === true ? parsed.value : definition.initial
      const instances = mine.filter(({ scope }) => scope !== GLOBAL_SCOPE)
      return { key, definition, value, isInitial: global === undefined, instances }
    })
  })
}
