import {
  assignToken,
  authenticate,
  changeMyPin,
  changeSetting,
  createUser,
  disableToken,
  enableCodeFor,
  enableMyToken,
  getEmergencyCodes,
  importTokens,
  isApplicationError,
  myHistory,
  myTokens,
  resynchroniseMyToken,
  setPin,
  testAuthentication,
} from '@driftlock/application'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { codeNow, COMMAND, type Deployment, openDeployment, ownerContext, totpList } from './testing/deployment.ts'

let deployment: Deployment
let userId: string

beforeEach(async () => {
  deployment = await openDeployment()
  const { ports } = deployment
  const file = { source: totpList(['T1']), format: 'csv', securityDomainId: 'root', duplicates: 'refuse' } as const
  await importTokens(ports, COMMAND, { ...file, origin: 'list.csv' })
  userId = (await createUser(ports, COMMAND, { username: 'ada', securityDomainId: 'root' })).user.id
  await assignToken(ports, COMMAND, { token: 'T1', user: 'ada' })
  await setPin(ports, COMMAND, { token: 'T1', pin: '4938' })
})
afterEach(() => deployment.close())

async function switchOn(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await changeSetting(deployment.ports, COMMAND, { key, value: 'true', scope: 'GLOBAL' })
}

function me() {
  return ownerContext(userId)
}

async function logIn(passcode: string): Promise<string> {
  const origin = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const
  const entry = { type: 'passcode', passcode } as const
  const { outcome, reason } = await authenticate(deployment.logins, { username: 'ada', entry, origin })
  return `${outcome} ${reason}`
}

const TEMPORARY = ['self_service.features.temporarily_unavailable', 'self_service.emergency.allowed'] as const

it('gives a user emergency codes as the settings of seed 002 say, and none while they are off', async () => {
  const ask = () => getEmergencyCodes(deployment.ports, me(), { token: 'T1', trouble: 'temporary' })
  await switchOn(TEMPORARY[0])
  await expect(ask()).rejects.toSatisfy((error) => isApplicationError(error, 'FEATURE_NOT_ALLOWED'))
  await switchOn(TEMPORARY[1])
  const count = { key: 'self_service.emergency.code_count', value: '3', scope: 'GLOBAL' }
  await changeSetting(deployment.ports, COMMAND, count)
  const { codes, text, expiresAt } = await ask()
  expect(codes).toHaveLength(3)
  expect(expiresAt).toBe(deployment.clock.now() + 2 * 86_400_000)
  for (const part of [...codes, 'T1', 'ada', '2026-11-24 00:00 UTC', 'Enter your PIN']) expect(text).toContain(part)
  expect(await logIn(`4938${codes[0] ?? ''}`)).not.toMatch(/^reject/)
  expect(await logIn(`4938${codes[0] ?? ''}`)).toBe('reject emergency-code-used')
})

it('shows a user the tokens with the codes that are left, and the history', async () => {
  await switchOn(...TEMPORARY)
  await getEmergencyCodes(deployment.ports, me(), { token: 'T1', trouble: 'temporary' })
  const { tokens } = await myTokens(deployment.ports, me(), { userId })
  expect(tokens).toMatchObject([{ serial: 'T1', hasPin: true, emergencyAccess: { codesLeft: 5, expired: false } }])
  const { items } = await myHistory(deployment.ports, me(), { userId, limit: 100 })
  expect(items.map(({ entry }) => entry.action)).toContain('save-emergency-access')
})

it('resynchronises by two successive codes and tests the next one', async () => {
  await switchOn('self_service.features.troubleshooting_links')
  const steps = 300
  const pair = { token: 'T1', first: codeNow(deployment, steps), second: codeNow(deployment, steps + 1) }
  expect(await resynchroniseMyToken(deployment.ports, me(), pair)).toMatchObject({ outcome: 'resynchronised' })
  const entry = { type: 'passcode', passcode: `4938${codeNow(deployment, steps + 2)}` } as const
  const result = await testAuthentication({ ...deployment.logins, ...deployment.ports }, me(), { userId, entry })
  expect(result.reason).toBe('new-pin-required')
})

it('changes a PIN for whoever knows the present one, and counts wrong ones up to the lock', async () => {
  const change = (currentPin: string) =>
    changeMyPin(deployment.ports, me(), { token: 'T1', currentPin, newPin: '5837' })
  for (let miss = 0; miss < 5; miss++) expect(await change('0000')).toMatchObject({ outcome: 'refused' })
  expect(await change('4938')).toEqual({ outcome: 'refused', reason: 'user-locked' })
})

it('refuses a new PIN against the policy and takes a good one', async () => {
  const change = (newPin: string) => changeMyPin(deployment.ports, me(), { token: 'T1', currentPin: '4938', newPin })
  await expect(change('1234')).rejects.toSatisfy((error) => isApplicationError(error, 'PIN_REFUSED'))
  expect(await change('5837')).toEqual({ outcome: 'changed' })
  expect(await logIn(`5837${codeNow(deployment)}`)).toBe('accept passcode-accepted')
})

it('lets a user enable a token that arrived by its code, and no token that was in use', async () => {
  await disableToken(deployment.ports, COMMAND, { token: 'T1' })
  const { enableCode } = await enableCodeFor(deployment.ports, COMMAND, { token: 'T1' })
  const enable = (code: string) => enableMyToken(deployment.ports, me(), { token: 'T1', enableCode: code })
  await expect(enable('AAAABBBBCCCC')).rejects.toSatisfy((error) => isApplicationError(error, 'ENABLE_CODE_INVALID'))
  expect((await enable(enableCode.toLowerCase())).record.enabled).toBe(true)
  await changeMyPin(deployment.ports, me(), { token: 'T1', currentPin: '4938', newPin: '5837' })
  expect(await logIn(`5837${codeNow(deployment)}`)).toMatch(/^accept/)
  await disableToken(deployment.ports, COMMAND, { token: 'T1' })
  await expect(enable(enableCode)).rejects.toSatisfy((error) => isApplicationError(error, 'ENABLE_CODE_INVALID'))
})
