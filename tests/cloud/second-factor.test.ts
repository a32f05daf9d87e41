import {
  chooseSecondFactor,
  cloudAdministratorOf,
  createCloudAdministrator,
  logOnCloudAdministrator,
  renewCloudSetUpCode,
  useCloudSetUpCode,
} from '@driftlock/application'
import { appTokencode, COMMAND_CONTEXT, type VirtualApp } from '@driftlock/cloud'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../adapters/keys/testing/test-clock.ts'

const PASSWORD = 'correct horse battery staple'
const NAME = 'helga'

let clock: TestClock
let cloud: ScratchCloud
let app: VirtualApp
beforeEach(async () => {
  clock = new TestClock()
  cloud = await startScratchCloud({ clock })
  await setUp((await createCloudAdministrator(cloud.cloud, COMMAND_CONTEXT, { name: NAME, companyId: null })).setUpCode)
  app = await cloud.registerApp((await cloud.createUser('helga.heim')).id)
})
afterEach(() => cloud.dispose())

const setUp = (setUpCode: string) => useCloudSetUpCode(cloud.cloud, {}, { name: NAME, setUpCode, password: PASSWORD })

/** A code that was not shown before. */
function nextCode(): string {
  clock.advanceMs(60_000)
  return appTokencode(app, clock.now())
}

async function logsOn(tokencode?: string): Promise<boolean> {
  const given = { name: NAME, password: PASSWORD, ...(tokencode !== undefined && { tokencode }) }
  return (await logOnCloudAdministrator(cloud.cloud, {}, given)) !== undefined
}

async function choose(tokencode: string, company = cloud.company.name): Promise<void> {
  const logged = await logOnCloudAdministrator(cloud.cloud, {}, { name: NAME, password: PASSWORD })
  if (logged === undefined) throw new Error('The password alone was to be enough.')
  const choice = { administratorId: logged.administrator.id, company, userName: 'helga.heim', tokencode }
  await chooseSecondFactor(cloud.cloud, COMMAND_CONTEXT, choice)
}

describe('an app as the second factor of an administrator', () => {
  it('is taken only with a code that it shows', async () => {
    await expect(choose('00000000')).rejects.toMatchObject({ code: 'NOT_AUTHORISED' })
    await expect(choose(nextCode(), 'nobody')).rejects.toMatchObject({ code: 'NOT_AUTHORISED' })
    expect(await logsOn()).toBe(true)
  })

  it('is asked for with the password, each code once', async () => {
    await choose(nextCode())
    const code = nextCode()
    expect(await logsOn()).toBe(false)
    expect(await logsOn('00000000')).toBe(false)
    expect(await logsOn(code)).toBe(true)
    expect(await logsOn(code)).toBe(false)
  })

  it('is not used up by somebody without the password', async () => {
    await choose(nextCode())
    const tokencode = nextCode()
    const guess = { name: NAME, password: 'something else altogether', tokencode }
    expect(await logOnCloudAdministrator(cloud.cloud, {}, guess)).toBeUndefined()
    expect(await logsOn(tokencode)).toBe(true)
  })

  it('goes with a new set-up code when the app was lost, and not before that is spent', async () => {
    await choose(nextCode())
    await cloud.revokeApp(app.serial)
    expect(await logsOn(nextCode())).toBe(false)
    const setUpCode = await renewCloudSetUpCode(cloud.cloud, COMMAND_CONTEXT, NAME)
    expect(await logsOn()).toBe(false)
    await setUp(setUpCode)
    const logged = await logOnCloudAdministrator(cloud.cloud, {}, { name: NAME, password: PASSWORD })
    expect(await cloudAdministratorOf(cloud.cloud, logged?.secret ?? '')).toMatchObject({
      administrator: { name: NAME, secondFactorUserId: null },
    })
  })
})
