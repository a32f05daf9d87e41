import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { type SettingDefinition, type SettingKey, SETTINGS } from './setting-table.ts'
import { parseSetting, settingFault, settingScopeFault, settingValue } from './settings.ts'

const MARKER = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'
const METHOD = 'self_service.emergency.method'
const keys = Object.keys(SETTINGS) as SettingKey[] // the keys of that very table
const definitions: [SettingKey, SettingDefinition][] = keys.map((key) => [key, SETTINGS[key]])
const nothing = { global: undefined, instance: undefined }

describe('the table', () => {
  it.each(definitions)('gives %s an initial value without faults, and a text', (key, { initial, text }) => {
    expect(settingFault(key, initial)).toBeNull()
    expect(text.length).toBeGreaterThan(10)
    expect(key).toMatch(/^[a-z_]+(\.[a-z_]+)+$/)
  })

  it('holds the documented defaults of seeds 001 and 002', () => {
    expect(settingValue(MARKER, nothing)).toBe(0)
    expect(settingValue('ims.trust.via.read_timeout', nothing)).toBe(30_000)
    expect(settingValue('self_service.emergency.allowed', nothing)).toBe(false)
    expect(settingValue('self_service.emergency.permanent.lifetime_seconds', nothing)).toBe(7 * 86_400)
    expect(settingValue('self_service.replacement.days_before_expiry', nothing)).toBe(30)
  })

  it('has every self-service feature switched off until somebody enables it', () => {
    for (const key of keys.filter((name) => name.startsWith('self_service.features.'))) {
      expect(settingValue(key, nothing)).toBe(false)
    }
  })
})

describe('checking a value', () => {
  it('takes integers exactly within their bounds', () => {
    const integers = definitions.flatMap(([key, definition]) =>
      definition.type === 'integer' ? [{ key, ...definition }] : [],
    )
    for (const { key, min, max } of integers) {
      expect(settingFault(key, min)).toBeNull()
      expect(settingFault(key, max)).toBeNull()
      expect(settingFault(key, min - 1)?.code).toBe('out-of-range')
      expect(settingFault(key, max + 1)?.code).toBe('out-of-range')
      expect(settingFault(key, min + 0.5)?.code).toBe('wrong-type')
    }
  })

  it('never takes a value of another type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...definitions), fc.anything(), ([key, definition], value) => {
        const wanted = { boolean: 'boolean', integer: 'number', choice: 'string' }[definition.type]
        if (typeof value !== wanted) expect(settingFault(key, value)).not.toBeNull()
      }),
    )
  })

  it('names the key and what to enter', () => {
    expect(settingFault('self_service.emergency.code_count', 51)).toEqual({
      code: 'out-of-range',
      text: 'self_service.emergency.code_count: enter a whole number from 1 to 50.',
    })
    expect(settingFault(METHOD, 'both')).toEqual({
      code: 'not-a-choice',
      text: `${METHOD}: enter one of one-time-set, temporary-fixed.`,
    })
    expect(settingFault('self_service.emergency.allowed', 'yes')?.text).toContain('true or false')
  })

  it('knows no other key, not even those every object has, and repeats no more of it than is safe', () => {
    expect(settingFault('toString', 1)?.code).toBe('unknown-key')
    expect(settingFault('__proto__', 1)?.code).toBe('unknown-key')
    const { text } = settingFault(`a\u001b[31m${'x'.repeat(1000)}`, 1) ?? { text: '' }
    expect(text).toMatch(/^a\?\?31mx+: there is no setting/)
    expect(text.length).toBeLessThan(200)
  })
})

describe('a typed value', () => {
  it('reads the full resynchronisation of seed 001', () => {
    expect(parseSetting(MARKER, '0')).toEqual({ ok: true, key: MARKER, value: 0 })
  })

  it('reads back every value as it is written', () => {
    for (const [key, { initial }] of definitions)
      expect(parseSetting(key, String(initial))).toEqual({ ok: true, key, value: initial })
    expect(parseSetting('self_service.emergency.allowed', 'true')).toMatchObject({ value: true })
  })

  it.each(['', ' 5', '5.0', '1e2', '0x10', '-1', '05', 'five', '99999999999999999'])(
    'refuses %j for a number',
    (typed) => {
      expect(parseSetting('self_service.emergency.code_count', typed).ok).toBe(false)
    },
  )

  it('refuses an unknown key and a spelling of true that is not one', () => {
    expect(parseSetting('self_service.unknown', 'true')).toMatchObject({ ok: false, fault: { code: 'unknown-key' } })
    expect(parseSetting('self_service.emergency.allowed', 'TRUE')).toMatchObject({ fault: { code: 'wrong-type' } })
  })
})

describe('scopes', () => {
  const instance = { type: 'instance', instanceId: 'i1' } as const

  it('lets an instance differ only where the table says so', () => {
    for (const [key, { perInstance }] of definitions) {
      expect(settingScopeFault(key, { type: 'global' })).toBeNull()
      expect(settingScopeFault(key, instance)?.code).toBe(perInstance ? undefined : 'global-only')
    }
    expect(settingScopeFault('nothing', instance)?.code).toBe('unknown-key')
    expect(settingScopeFault(MARKER, instance)?.text).toBe(
      `${MARKER}: this setting is the same for all instances; set it with the scope GLOBAL.`,
    )
  })

  it("takes the instance's own value first, then the global one, then the initial one", () => {
    const key = 'ims.trust.via.read_timeout'
    expect(settingValue(key, { global: 5000, instance: 700 })).toBe(700)
    expect(settingValue(key, { global: 5000, instance: undefined })).toBe(5000)
    expect(settingValue(key, { global: 5000, instance: 'broken' })).toBe(5000)
    expect(settingValue(key, { global: -1, instance: undefined })).toBe(30_000)
    expect(settingValue(MARKER, { global: 5, instance: 7 })).toBe(5)
    expectTypeOf(settingValue(METHOD, nothing)).toEqualTypeOf<'one-time-set' | 'temporary-fixed'>()
  })
})
