import {
  appCodeCheck,
  assignToken,
  CloudError,
  importTokens,
  proposeEmergencyAccess,
  saveEmergencyAccess,
  unassignToken,
} from '@driftlock/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND, totpList } from './testing/deployment.ts'
import { type HaDeployment, openHaDeployment } from './testing/ha-deployment.ts'

let at: HaDeployment
beforeEach(async () => {
  at = await openHaDeployment()
})
afterEach(() => at.close())

describe('the token of an app', () => {
  const LIST = { format: 'csv', securityDomainId: 'root', duplicates: 'refuse', origin: 'list.csv' } as const
  const importList = (serials: readonly string[]) =>
    importTokens(at.ports, COMMAND, { ...LIST, source: totpList(serials) })

  it('does not count among the tokens a user may have, and is not taken away or given', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    await importList(['T1', 'T2', 'T3'])
    for (const token of ['T1', 'T2', 'T3']) await assignToken(at.ports, COMMAND, { token, user: 'ada' })
    const refused = { code: 'TOKEN_CLOUD_MANAGED' }
    await expect(unassignToken(at.ports, COMMAND, { token: record.serial })).rejects.toMatchObject(refused)
    await expect(assignToken(at.ports, COMMAND, { token: record.serial, user: 'ada' })).rejects.toMatchObject(refused)
  })

  it('cannot come by a file', async () => {
    const report = await importList(['MFA000000000001'])
    expect(report).toMatchObject({ errors: [{ field: 'serial' }] })
  })

  it('is stood in for by an emergency code without a PIN, while its user holds a token that counts (seed 004)', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    const settings = {
      method: { type: 'one-time-set', count: 2 },
      expiresAt: null,
      ifTokenBecomesAvailable: 'deny',
    } as const
    const propose = () => proposeEmergencyAccess(at.ports, COMMAND, { token: record.serial, settings })
    await expect(propose()).rejects.toMatchObject({ code: 'EMERGENCY_ACCESS_REFUSED' })
    await importList(['T1'])
    await assignToken(at.ports, COMMAND, { token: 'T1', user: 'ada' })
    const { codes, sealedProposal } = await propose()
    await saveEmergencyAccess(at.ports, COMMAND, { token: record.serial, sealedProposal })
    expect(await at.logIn('ada', codes[0] ?? '')).toBe('accept emergency-code-accepted')
    await unassignToken(at.ports, COMMAND, { token: 'T1' })
    expect(await at.logIn('ada', codes[1] ?? '')).toMatch(/^reject/)
    expect(at.cloud.asked).toEqual([])
  })
})

describe('a log-on with the code of an app', () => {
  const begin = async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    return record
  }

  it('asks the cloud first, and only about a code that would let its user in', async () => {
    const record = await begin()
    expect(await at.logIn('ada', '1234')).toMatch(/^reject/)
    expect(at.cloud.asked).toEqual([])
    const code = at.codeOf(record)
    expect(await at.logIn('ada', code)).toBe('accept passcode-accepted')
    expect(at.cloud.asked).toEqual([`${record.serial} ${code}`])
  })

  it('is refused when the cloud knows the code as used, or does not let the app in', async () => {
    const record = await begin()
    at.cloud.verdict = { outcome: 'rejected', reason: 'tokencode-reused' }
    expect(await at.logIn('ada', at.codeOf(record))).toBe('reject tokencode-reused')
    at.cloud.verdict = { outcome: 'rejected', reason: 'token-disabled' }
    expect(await at.logIn('ada', at.codeOf(record, 1))).toBe('reject refused-by-cloud')
  })

  it('is decided here when the cloud is away, and soon without waiting for it', async () => {
    const record = await begin()
    at.cloud.fault = new CloudError('CLOUD_TIMEOUT', 'slow')
    const appCodes = appCodeCheck(at.ha)
    for (let ahead = 0; ahead < 4; ahead++) {
      expect(await at.logIn('ada', at.codeOf(record), appCodes)).toBe('accept passcode-accepted')
      expect(await at.logIn('ada', at.codeOf(record), appCodes)).toBe('reject tokencode-reused')
      at.clock.advanceMs(60_000 / 60)
      at.clock.advanceMs(59_000)
    }
    expect(at.cloud.asked.length).toBeGreaterThanOrEqual(3)
  })

  it('asks nobody for a while after three calls in a row were not answered', async () => {
    const record = await begin()
    at.cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    const appCodes = appCodeCheck(at.ha)
    const before = at.cloud.asked.length
    for (let call = 0; call < 6; call++) await appCodes.ask({ serial: record.serial, tokencode: '12345678' })
    expect(at.cloud.asked.length - before).toBe(3)
  })

  it('is the cloud’s alone while high availability is switched off here', async () => {
    const record = await begin()
    await at.set('auth_manager.cas.authentication.ha.enabled', 'false')
    expect(await at.logIn('ada', at.codeOf(record))).toBe('reject no-token-assigned')
    await expect(at.sync()).rejects.toMatchObject({ code: 'HA_SWITCHED_OFF' })
  })
})
