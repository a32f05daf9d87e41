import { proposeEmergencyAccess, saveEmergencyAccess } from '@driftlock/application'
import { addMs, type EmergencySettings } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { type HolderOptions, type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { runProgram } from './testing/run-program.ts'
import { oathtoolCode } from './testing/token-programs.ts'

let server: RadiusInstance

beforeAll(async () => {
  server = await startRadiusInstance()
  await server.setClient()
})
afterAll(() => server.close())

async function logOn(username: string, password: string): Promise<string> {
  const args = ['-x', '-t', '3', '-r', '1', `127.0.0.1:${server.port}`, 'auth', SECRET]
  const { output } = await runProgram('radclient', args, `User-Name = "${username}", User-Password = "${password}"\n`)
  return /Received (\S+)/.exec(output)?.[1] ?? output
}

type Method = EmergencySettings['method']

/** Emergency codes as the help desk issues them: proposed, then saved. */
async function issue(serial: string, method: Method): Promise<readonly string[]> {
  const { administration, clock } = server.instance
  const expiresAt = addMs(clock.now(), 3_600_000)
  const settings: EmergencySettings = { method, expiresAt, ifTokenBecomesAvailable: 'deny' }
  const proposed = await proposeEmergencyAccess(administration, COMMAND, { token: serial, settings })
  await saveEmergencyAccess(administration, COMMAND, { token: serial, sealedProposal: proposed.sealedProposal })
  return proposed.codes
}

const styles: readonly (readonly [string, HolderOptions & { readonly pin: string }])[] = [
  ['a token with a PIN', { pin: '4837' }],
  ['a PINPad token', { passcodeStyle: 'pinpad', pin: '4837' }],
  ['a token without a PIN', { passcodeStyle: 'tokencode-only', pin: '' }],
]

describe.each(styles)('emergency access over RADIUS for %s', (name, options) => {
  const { pin } = options
  const userOf = (kind: string) => `${kind}-${name.replaceAll(' ', '-')}`

  it('takes every code of a one-time set once, in any order, and the token no longer', async () => {
    const user = await server.addHolder(userOf('set'), options)
    const codes = await issue(user.serial, { type: 'one-time-set', count: 3 })
    for (const code of codes.toReversed()) {
      expect(await logOn(user.username, pin + code)).toBe('Access-Accept')
      expect(await logOn(user.username, pin + code)).toBe('Access-Reject')
    }
    expect(await logOn(user.username, pin + oathtoolCode(user))).toBe('Access-Reject')
  })

  it('takes a temporary fixed code as often as it is entered', async () => {
    const user = await server.addHolder(userOf('fixed'), options)
    const [code = ''] = await issue(user.serial, { type: 'temporary-fixed' })
    for (let use = 0; use < 3; use += 1) expect(await logOn(user.username, pin + code)).toBe('Access-Accept')
  })

  it('voids an earlier set with a new one', async () => {
    const user = await server.addHolder(userOf('new'), options)
    const [before = ''] = await issue(user.serial, { type: 'one-time-set', count: 2 })
    const [after = ''] = await issue(user.serial, { type: 'one-time-set', count: 2 })
    expect(await logOn(user.username, pin + before)).toBe('Access-Reject')
    expect(await logOn(user.username, pin + after)).toBe('Access-Accept')
  })
})

it('does not take an emergency code without the PIN of its token, and does not spend it', async () => {
  const user = await server.addHolder('pinned')
  const [code = ''] = await issue(user.serial, { type: 'one-time-set', count: 1 })
  expect(await logOn('pinned', code)).toBe('Access-Reject')
  expect(await logOn('pinned', `9999${code}`)).toBe('Access-Reject')
  expect(await logOn('pinned', user.pin + code)).toBe('Access-Accept')
  const reasons = await server.reasons('pinned')
  expect(reasons).toEqual(['bad-pin-good-emergency-code', 'bad-pin-good-emergency-code', 'emergency-code-accepted'])
})
