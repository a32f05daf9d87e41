import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, unixMs } from '../time.ts'
import {
  type EmergencySettings,
  type EmergencyTarget,
  emergencySettingFaults,
  emergencySettingWarnings,
} from './emergency-settings.ts'

const now = unixMs(1_700_000_000_000)
const settings: EmergencySettings = {
  method: { type: 'one-time-set', count: 5 },
  expiresAt: addMs(now, 86_400_000),
  ifTokenBecomesAvailable: 'deny',
}
const record: EmergencyTarget['record'] = { userId: 'u1', expiresAt: null, enabled: true, passcodeStyle: 'fob' }

const faults = (asked: Partial<EmergencySettings>, held: Partial<typeof record> = {}) =>
  emergencySettingFaults({ ...settings, ...asked }, { record: { ...record, ...held }, now })
const warnings = (asked: Partial<EmergencySettings>, held: Partial<typeof record> = {}) =>
  emergencySettingWarnings({ ...settings, ...asked }, { record: { ...record, ...held }, now })

describe('faults', () => {
  it('finds none in settings that agree, for sets and for fixed codes', () => {
    expect(faults({})).toEqual([])
    expect(faults({ method: { type: 'temporary-fixed' }, expiresAt: null })).toEqual([])
  })

  it('takes from 1 to 50 codes and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -2, max: 60 }), fc.double()), (count) => {
        const allowed = Number.isInteger(count) && count >= 1 && count <= 50
        expect(faults({ method: { type: 'one-time-set', count } })).toEqual(allowed ? [] : ['count'])
      }),
    )
  })

  it('never takes the rule "after expiry" without an expiration, which would deny the token for ever', () => {
    expect(faults({ expiresAt: null, ifTokenBecomesAvailable: 'allow-after-expiry' })).toEqual([
      'rule-needs-expiration',
    ])
    expect(faults({ ifTokenBecomesAvailable: 'allow-after-expiry' })).toEqual([])
    expect(faults({ expiresAt: null, ifTokenBecomesAvailable: 'allow-and-disable-emergency' })).toEqual([])
  })

  it('refuses a lifetime that has ended, down to the millisecond', () => {
    expect(faults({ expiresAt: now })).toEqual(['expires-in-the-past'])
    expect(faults({ expiresAt: addMs(now, 1) })).toEqual([])
  })

  it('refuses a token that is unassigned, expired or disabled', () => {
    expect(faults({}, { userId: null })).toEqual(['token-unassigned'])
    expect(faults({}, { expiresAt: now })).toEqual(['token-expired'])
    expect(faults({}, { expiresAt: addMs(now, 1) })).toEqual([])
    expect(faults({}, { enabled: false })).toEqual(['token-disabled'])
  })

  it('refuses codes for an app whose user has no other token that counts (seed 004)', () => {
    const target = { record, now }
    expect(emergencySettingFaults(settings, { ...target, appStandsAlone: true })).toEqual(['app-stands-alone'])
    expect(emergencySettingFaults(settings, { ...target, appStandsAlone: false })).toEqual([])
  })

  it('names everything that is wrong at once', () => {
    const asked = { method: { type: 'one-time-set', count: 0 }, expiresAt: now } as const
    expect(faults(asked, { userId: null, expiresAt: now, enabled: false })).toEqual([
      'count',
      'expires-in-the-past',
      'token-unassigned',
      'token-expired',
      'token-disabled',
    ])
  })
})

describe('warnings', () => {
  it('advises to deny a token without a PIN that may be found', () => {
    expect(
      warnings({ ifTokenBecomesAvailable: 'allow-and-disable-emergency' }, { passcodeStyle: 'tokencode-only' }),
    ).toEqual(['deny-advised'])
    expect(warnings({}, { passcodeStyle: 'tokencode-only' })).toEqual([])
    expect(warnings({ ifTokenBecomesAvailable: 'allow-and-disable-emergency' })).toEqual([])
  })

  it('warns of codes without an end and of codes that outlive their token', () => {
    expect(warnings({ expiresAt: null }, { expiresAt: addMs(now, 5) })).toEqual(['no-expiration'])
    expect(warnings({ expiresAt: addMs(now, 6) }, { expiresAt: addMs(now, 5) })).toEqual(['outlives-token'])
    expect(warnings({ expiresAt: addMs(now, 5) }, { expiresAt: addMs(now, 5) })).toEqual([])
  })
})
