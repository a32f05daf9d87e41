import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  authenticate,
  disableToken,
  enableToken,
  proposeEmergencyAccess,
  saveEmergencyAccess,
  setPin,
  setPolicy,
} from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresqlUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { initialiseInstance } from '../../apps/driftlock/instance/initialise-instance.ts'
import { type Instance, openInstance } from '../../apps/driftlock/instance/open-instance.ts'
import { addHolders, type Holder } from '../proof/race/holders.ts'
import { COMMAND } from '../use-cases/testing/deployment.ts'

const origin = { actor: { type: 'agent', id: 'test', name: 'test' } } as const

async function logIn({ authentication }: Instance, { username }: Holder, passcode: string): Promise<string> {
  const { outcome, reason } = await authenticate(authentication, {
    username,
    entry: { type: 'passcode', passcode },
    origin,
  })
  return `${outcome} ${reason}`
}

describe('two instances on one PostgreSQL', () => {
  const engine = postgresqlUnderTest()
  const dataFolder = mkdtempSync(join(tmpdir(), 'driftlock-two-'))
  let primary: Instance
  let replica: Instance
  let holders: readonly Holder[] = []
  const holder = (): Holder => {
    const [next, ...rest] = holders
    if (next === undefined) throw new Error('A test takes a user of its own.')
    holders = rest
    return next
  }
  beforeAll(async () => {
    await engine.start()
    const database = await engine.newDatabase()
    primary = await initialiseInstance({ dataFolder, database, environment: {}, name: 'primary' })
    replica = await openInstance({ dataFolder, database, environment: {}, name: 'replica' })
    holders = await addHolders(primary, 'user', 10)
  })
  afterAll(async () => {
    await primary.close()
    await replica.close()
    await engine.stop()
    rmSync(dataFolder, { recursive: true })
  })
  const bothWays = () =>
    [
      [primary, replica],
      [replica, primary],
    ] as const

  it('refuse on one a code that was used on the other', async () => {
    for (const [here, there] of bothWays()) {
      const user = holder()
      const passcode = user.passcode()
      expect(await logIn(here, user, passcode)).toBe('accept passcode-accepted')
      expect(await logIn(there, user, passcode)).toMatch(/^reject/)
    }
  })

  it('know at the next log-on what the other was told of a token and its PIN', async () => {
    for (const [here, there] of bothWays()) {
      const user = holder()
      const token = user.serial
      await disableToken(here.administration, COMMAND, { token })
      expect(await logIn(there, user, user.passcode())).toMatch(/^reject/)
      await enableToken(here.administration, COMMAND, { token })
      await setPin(here.administration, COMMAND, { token, pin: '8642' })
      expect(await logIn(there, user, user.passcode())).toMatch(/^reject/)
      const byAdministrator = user.passcode().replace(/^2468/, '8642')
      expect(await logIn(there, user, byAdministrator)).toBe('challenge new-pin-required')
    }
  })

  it('hold at the next log-on the policy that was set on the other', async () => {
    for (const [[here, there], maxFailures] of [
      [[primary, replica], 1],
      [[replica, primary], 2],
    ] as const) {
      const value = { response: 'lock', maxFailures } as const
      await setPolicy(here.administration, COMMAND, { securityDomainId: 'root', kind: 'lockout', value })
      const user = holder()
      for (let failure = 0; failure < maxFailures; failure++) await logIn(there, user, `wrong${failure}`)
      expect(await logIn(there, user, user.passcode())).toBe('reject user-locked')
    }
  })

  it('take emergency codes that either of them issued, each code once', async () => {
    for (const [here, there] of bothWays()) {
      const user = holder()
      const settings = {
        method: { type: 'one-time-set', count: 4 } as const,
        expiresAt: addMs(here.clock.now(), 3_600_000),
        ifTokenBecomesAvailable: 'deny' as const,
      }
      const token = user.serial
      const { codes, sealedProposal } = await proposeEmergencyAccess(here.administration, COMMAND, { token, settings })
      await saveEmergencyAccess(there.administration, COMMAND, { token, sealedProposal })
      const [first = '', second = ''] = codes.map((code) => `2468${code}`)
      expect(await logIn(here, user, first)).toMatch(/^accept/)
      expect(await logIn(there, user, first)).toMatch(/^reject/)
      expect(await logIn(there, user, second)).toMatch(/^accept/)
      expect(await logIn(here, user, second)).toMatch(/^reject/)
    }
  })
})
