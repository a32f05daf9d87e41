import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { instant, text } from '../values.ts'

export const settingValue = z.union([z.boolean(), z.number(), text(1024)])

export const setting = z
  .object({
    key: z.string(),
    text: z.string(),
    type: z.enum(['boolean', 'integer', 'choice']),
    initial: settingValue,
    min: z.number().optional(),
    max: z.number().optional(),
    choices: z.array(z.string()).optional(),
    perInstance: z.boolean(),
    takesEffect: z.enum(['at-once', 'after-restart']),
    global: settingValue.nullable().describe('null = not set: the initial value holds'),
    instances: z.array(z.object({ instance: z.string(), value: settingValue })),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Setting' })

const params = z.object({ key: text(128) })
const scope = z.object({ scope: text(128).default('GLOBAL').describe('GLOBAL, or the name of an instance') })

export const settingEndpoints = {
  listSettings: endpoint({
    method: 'GET',
    path: '/api/v1/settings',
    summary: 'Every setting, its meaning, bounds and values',
    access: needs('view-settings'),
    query: z.object({ prefix: text(128).optional() }),
    response: z.object({ items: z.array(setting) }),
  }),
  updateSetting: endpoint({
    method: 'PUT',
    path: '/api/v1/settings/{key}',
    summary: 'Set a setting',
    access: needs('update-setting'),
    params,
    query: scope,
    body: z.object({ value: settingValue }),
    response: setting,
  }),
  resetSetting: endpoint({
    method: 'DELETE',
    path: '/api/v1/settings/{key}',
    summary: 'Return a setting to its initial value, or an instance to the global one',
    access: needs('update-setting'),
    params,
    query: scope,
    response: setting,
  }),
} as const

export type Setting = z.infer<typeof setting>
export type SettingValue = z.infer<typeof settingValue>
