import {
  ApplicationError,
  authoriseAct,
  changeSetting,
  GLOBAL_SCOPE,
  listSettings,
  type SettingView,
} from '@driftlock/application'
import { selfServiceSettingsEndpoints as s, type Setting, settingEndpoints as e } from '@driftlock/contracts'
import { parseSetting } from '@driftlock/domain'
import { ApiError } from '../api/api-error.ts'
import { contentTag, requiredTag } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { readSelfServiceSettings, SELF_SERVICE_KEYS } from '../views/self-service-settings-view.ts'

/** Every setting, with its bounds, for a form that checks while one types. */
export function settingRoutes(services: ApiServices): RoutesOf<typeof e> {
  const shown = async (context: Call['context'], key: string): Promise<Setting> => {
    const found = (await listSettings(services, context, { keyPrefix: key })).find((one) => one.key === key)
    if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'object', id: key })
    return settingView(services, found)
  }
  return {
    listSettings: route(e.listSettings, async ({ query, context }) => {
      const items: Setting[] = []
      for (const one of await listSettings(services, context, { keyPrefix: query.prefix ?? '' }))
        items.push(await settingView(services, one))
      return { items }
    }),
    updateSetting: route(e.updateSetting, async ({ params, query, body, context }) => {
      await changeSetting(services, context, { key: params.key, value: String(body.value), scope: query.scope })
      return shown(context, params.key)
    }),
    resetSetting: route(e.resetSetting, async ({ params, query, context }) => {
      await changeSetting(services, context, { key: params.key, value: null, scope: query.scope })
      return shown(context, params.key)
    }),
  }
}

async function settingView(
  { administration }: ApiServices,
  { key, definition, value, isInitial, instances }: SettingView,
) {
  const stored = isInitial ? undefined : await administration.read.configuration.setting(key, GLOBAL_SCOPE)
  const { type, text, initial, perInstance, takesEffect } = definition
  return {
    key,
    text,
    type,
    initial,
    perInstance,
    takesEffect,
    ...(definition.type === 'integer' && { min: definition.min, max: definition.max }),
    ...(definition.type === 'choice' && { choices: [...definition.choices] }),
    global: isInitial ? null : value,
    instances: instances.flatMap((one) => {
      const parsed = parseSetting(key, one.value)
      return parsed.ok ? [{ instance: one.scope, value: parsed.value }] : []
    }),
    updatedAt: stored?.updatedAt ?? null,
  }
}

/** Setup > Self-Service Settings (seed 002). */
export function selfServiceSettingRoutes(services: ApiServices): RoutesOf<typeof s> {
  const { read } = services.administration
  const view = { permission: 'view-settings', securityDomainId: null } as const
  return {
    getSelfServiceSettings: route(s.getSelfServiceSettings, async ({ context }) => {
      await authoriseAct(read, context, view)
      return readSelfServiceSettings(read)
    }),
    saveSelfServiceSettings: route(s.saveSelfServiceSettings, async ({ body, request, context }) => {
      await authoriseAct(read, context, { ...view, permission: 'update-setting' })
      const current = await readSelfServiceSettings(read)
      if (requiredTag(request) !== contentTag(current)) throw new ApiError('PRECONDITION_FAILED')
      for (const [key, valueOf] of SELF_SERVICE_KEYS) {
        if (valueOf(body) === valueOf(current)) continue
        await changeSetting(services, context, { key, value: String(valueOf(body)), scope: GLOBAL_SCOPE })
      }
      return readSelfServiceSettings(read)
    }),
  }
}
