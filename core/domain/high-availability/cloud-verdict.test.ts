import { describe, expect, it } from 'vitest'
import { decide } from '../authentication/decide.ts'
import { aToken, NOON, passcodeOf, stepNow } from '../testing/tokens.ts'
import { emergencyAccess, FIXED_CODE } from '../testing/emergency.ts'
import { World } from '../testing/world.ts'
import { addMs, addSteps } from '../time.ts'
import { hasOrdinaryToken, isCloudManaged } from './cloud-token.ts'
import { asCloudSays, withoutApps } from './cloud-verdict.ts'

const app = aToken({ id: 'app-1', record: { serial: 'MFA000000001', passcodeStyle: 'tokencode-only' } })
const fob = aToken({ id: 'token-2', seed: 9 })
const { snapshot } = new World({ tokens: [app, fob] })
const at = { now: NOON, entropy: new Uint8Array(64) }
const logIn = (seen: typeof snapshot, passcode: string) => decide(seen, { type: 'passcode', passcode }, at).reason

describe('an app’s code', () => {
  const passcode = passcodeOf(app, NOON)

  it('is judged as it is known here when the cloud accepted it or did not answer', () => {
    for (const outcome of ['accepted', 'unreachable'] as const) {
      expect(asCloudSays(snapshot, 'app-1', { outcome })).toBe(snapshot)
    }
    expect(logIn(snapshot, passcode)).toBe('passcode-accepted')
  })

  it('is used here as well when it was used there, and so is every earlier one', () => {
    const step = stepNow(app, NOON)
    const used = asCloudSays(snapshot, 'app-1', { outcome: 'used', step })
    expect(logIn(used, passcode)).toBe('tokencode-reused')
    expect(logIn(used, passcodeOf(app, NOON, { off: -1 }))).toBe('tokencode-too-old')
    expect(logIn(used, passcodeOf(app, NOON, { off: 1 }))).toBe('passcode-accepted')
  })

  it('is not good again because the cloud knows of an earlier use only', () => {
    const later = aToken({ record: app.record, state: { highWaterStep: stepNow(app, NOON) } })
    const known = { ...snapshot, tokens: [later] }
    const told = asCloudSays(known, 'app-1', { outcome: 'used', step: addSteps(stepNow(app, NOON), -5) })
    expect(told.tokens[0]?.state.highWaterStep).toBe(stepNow(app, NOON))
  })

  it('is refused this time when the cloud refuses its app, whatever its codes say', () => {
    expect(logIn(asCloudSays(snapshot, 'app-1', { outcome: 'refused' }), passcode)).toBe('refused-by-cloud')
  })

  it('says nothing of the user’s other tokens', () => {
    for (const verdict of [{ outcome: 'refused' }, { outcome: 'used', step: stepNow(fob, NOON) }] as const) {
      const told = asCloudSays(snapshot, 'app-1', verdict)
      expect(told.tokens[1]).toBe(fob)
      expect(logIn(told, passcodeOf(fob, NOON))).toBe('passcode-accepted')
    }
  })

  it('is the cloud’s alone where high availability is switched off', () => {
    const without = withoutApps(snapshot)
    expect(without.tokens).toEqual([fob])
    expect(logIn(without, passcode)).not.toBe('passcode-accepted')
    expect(withoutApps(without)).toBe(without)
  })
})

describe('a token of an app', () => {
  it('is told by how its serial begins, and by nothing else', () => {
    for (const serial of ['MFA', 'MFA000000001']) expect(isCloudManaged({ serial })).toBe(true)
    for (const serial of ['', 'MF', 'mfa1', '000MFA', '000312345678']) expect(isCloudManaged({ serial })).toBe(false)
  })

  it('lends its user emergency codes only beside an ordinary token that has not expired (seed 004)', () => {
    const ordinary = (expiresAt: typeof NOON | null) => ({ serial: '000312345678', expiresAt })
    expect(hasOrdinaryToken([], NOON)).toBe(false)
    expect(hasOrdinaryToken([app.record], NOON)).toBe(false)
    expect(hasOrdinaryToken([app.record, ordinary(null)], NOON)).toBe(true)
    expect(hasOrdinaryToken([ordinary(addMs(NOON, 1))], NOON)).toBe(true)
    expect(hasOrdinaryToken([ordinary(NOON)], NOON)).toBe(false)
    expect(hasOrdinaryToken([ordinary(NOON), ordinary(null)], NOON)).toBe(true)
  })

  it('has void emergency codes where it stands alone', () => {
    const away = { ...emergencyAccess('temporary-fixed'), pinNeeded: false }
    const helped = aToken({ record: { ...app.record, id: 'token-1' }, state: { emergency: away } })
    expect(logIn({ ...snapshot, tokens: [helped] }, FIXED_CODE)).toBe('emergency-code-void')
    expect(logIn({ ...snapshot, tokens: [helped, fob] }, FIXED_CODE)).toBe('emergency-code-accepted')
  })
})
