import { parseSetting, settingScopeFault } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { GLOBAL_SCOPE, type SettingScope } from '../ports/configuration-store.ts'

export interface ChangeSettingRequest {
  readonly key: string
  /** As typed; null = back to the initial value. */
  readonly value: string | null
  /** `GLOBAL`, or the name of an instance. */
  readonly scope: SettingScope
}

/**
 * `update_config KEY VALUE SCOPE` (seed 001): changes a setting on every instance, or on one where the setting allows that.
 * @throws ApplicationError `INVALID_INPUT` for an unknown key, value or scope.
 */
export async function changeSetting(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { key, value, scope }: ChangeSettingRequest,
): Promise<void> {
  return administer(ports, { context, action: 'update-setting' }, async (unit) => {
    await unit.authorise({ permission: 'update-setting', securityDomainId: null })
    const place =
      scope === GLOBAL_SCOPE ? { type: 'global' as const } : { type: 'instance' as const, instanceId: scope }
    const parsed = value === null ? undefined : parseSetting(key, value)
    const fault = settingScopeFault(key, place) ?? (parsed?.ok === false ? parsed.fault : null)
    if (fault !== null) throw new ApplicationError('INVALID_INPUT', { field: 'setting', faults: [fault.text] })
    const { configuration } = unit.tx
    const before = (await configuration.setting(key, scope))?.value ?? null
    if (value === null) await configuration.removeSetting(key, scope)
    else await configuration.setSetting({ key, scope, value, updatedAt: unit.now })
    unit.audit({ action: 'update-setting', before: { key, scope, value: before }, after: { key, scope, value } })
  })
}
