import { type SettingDefinition, type SettingKey, SETTINGS } from './setting-table.ts'

/** The type of a setting's value, by its key. */
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K] extends { readonly type: 'boolean' }
  ? boolean
  : (typeof SETTINGS)[K] extends { readonly type: 'integer' }
    ? number
    : (typeof SETTINGS)[K] extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : never

/** GLOBAL holds for all instances; an instance's own value goes before it. */
export type SettingScope = { readonly type: 'global' } | { readonly type: 'instance'; readonly instanceId: string }

/** What is wrong with a key, a value or a scope. */
export interface SettingFault {
  readonly code: 'unknown-key' | 'wrong-type' | 'out-of-range' | 'not-a-choice' | 'global-only'
  /** Names the key and says what to enter. */
  readonly text: string
}

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}

/** @returns null when the value may be stored under the key. */
export function settingFault(key: string, value: unknown): SettingFault | null {
  if (!isSettingKey(key)) return unknownKey(key)
  const definition: SettingDefinition = SETTINGS[key]
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { code: 'wrong-type', text: `${key}: enter true or false.` }
    case 'choice':
      if (typeof value === 'string' && definition.choices.includes(value)) return null
      return { code: 'not-a-choice', text: `${key}: enter one of ${definition.choices.join(', ')}.` }
    case 'integer': {
      const text = `${key}: enter a whole number from ${definition.min} to ${definition.max}.`
      if (typeof value !== 'number' || !Number.isInteger(value)) return { code: 'wrong-type', text }
      return value >= definition.min && value <= definition.max ? null : { code: 'out-of-range', text }
    }
  }
}

/** @returns null when the key may be set in this scope. */
export function settingScopeFault(key: string, scope: SettingScope): SettingFault | null {
  if (!isSettingKey(key)) return unknownKey(key)
  if (scope.type === 'global' || SETTINGS[key].perInstance) return null
  return {
    code: 'global-only',
    text: `${key}: this setting is the same for all instances; set it with the scope GLOBAL.`,
  }
}

export type ParsedSetting =
  | { readonly ok: true; readonly key: SettingKey; readonly value: boolean | number | string }
  | { readonly ok: false; readonly fault: SettingFault }

/** A value as somebody typed it after the key, for example in `update_config KEY VALUE SCOPE` (seed 001). */
export function parseSetting(key: string, typed: string): ParsedSetting {
  if (!isSettingKey(key)) return { ok: false, fault: unknownKey(key) }
  const value = typedValue(SETTINGS[key].type, typed)
  const fault = settingFault(key, value)
  return fault === null ? { ok: true, key, value } : { ok: false, fault }
}

function typedValue(type: SettingDefinition['type'], typed: string): boolean | number | string {
  if (type === 'boolean' && (typed === 'true' || typed === 'false')) return typed === 'true'
  if (type === 'integer' && /^(0|[1-9][0-9]{0,15})$/.test(typed)) return Number(typed)
  return typed
}

/** What is stored under a key; undefined = nothing. */
export interface StoredSetting {
  readonly global: unknown
  readonly instance: unknown
}

/** The value that holds on an instance: its own, else the global one, else the initial one. A stored value with a fault counts as none. */
export function settingValue<K extends SettingKey>(key: K, stored: StoredSetting): SettingValue<K> {
  const candidates = SETTINGS[key].perInstance ? [stored.instance, stored.global] : [stored.global]
  const held = candidates.find((value) => settingFault(key, value) === null) ?? SETTINGS[key].initial
  return held as SettingValue<K> // settingFault checked it against the very definition the type is made of
}

function unknownKey(key: string): SettingFault {
  // A key from outside is repeated only so far that it cannot flood a log or a terminal.
  const shown = key.slice(0, 100).replace(/[^\w.-]/g, '?')
  return {
    code: 'unknown-key',
    text: `${shown}: there is no setting of this name. List the known keys and check the spelling.`,
  }
}
