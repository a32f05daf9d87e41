import { listRecords } from '@driftlock/application'
import { appTokencode, type VirtualApp } from '@driftlock/cloud'
import { addMs, MS_PER_MINUTE, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { startTwoServices, type TwoServices } from './testing/two-services.ts'

const ORDER = 'auth_manager.cas.authentication.ha.order'
let services: TwoServices

// Both services and the app share this process's clock. It stands, so that a code stays the code of its minute.
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 12) })
  services = await startTwoServices()
})
afterAll(async () => {
  await services.close()
  vi.useRealTimers()
})
beforeEach(() => services.set(ORDER, 'cloud-first'))

function minutesPass(minutes: number): void {
  vi.setSystemTime(Date.now() + minutes * MS_PER_MINUTE)
}

const codeOf = (app: VirtualApp, stepsAhead = 0): string =>
  appTokencode(app, addMs(unixMs(Date.now()), stepsAhead * MS_PER_MINUTE))

const verifications = () => services.line.asked.filter((target) => target.endsWith('/verifications'))

async function whileCut<T>(work: () => Promise<T>): Promise<T> {
  services.line.cut()
  try {
    return await work()
  } finally {
    services.line.mend()
  }
}

describe('the code of an app', () => {
  it('lets its user in at the cloud, and through RADIUS when the cloud is out of reach, each code once', async () => {
    const { logOnAtCloud, logOnByRadius, sync } = services
    const app = await services.newUser('ada')
    minutesPass(2)
    const usedThere = codeOf(app)
    expect(await logOnAtCloud('ada', usedThere)).toBe('accepted')
    expect(await sync()).toMatchObject({ outcome: 'succeeded' })
    const usedHere = codeOf(app, 1)
    await whileCut(async () => {
      expect(await sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_UNREACHABLE' })
      expect(await logOnByRadius('ada', usedThere)).toBe('reject')
      expect(await logOnByRadius('ada', usedHere)).toBe('accept')
      expect(await logOnByRadius('ada', usedHere)).toBe('reject')
    })
    expect(await sync()).toMatchObject({ outcome: 'succeeded', counts: { stepsReported: 1 } })
    expect(await logOnAtCloud('ada', usedHere)).toBe('rejected')
    minutesPass(2)
    const next = codeOf(app)
    expect(await logOnAtCloud('ada', next)).toBe('accepted')
    await sync()
    await whileCut(async () => expect(await logOnByRadius('ada', next)).toBe('reject'))
  })

  it('lets its user in through the agent API, with the cloud and without', async () => {
    const { logOnByAgent, logOnAtCloud, sync } = services
    const app = await services.newUser('bob')
    minutesPass(2)
    await sync()
    const first = codeOf(app)
    expect(await logOnByAgent('bob', first)).toBe('accepted')
    expect(await logOnAtCloud('bob', first)).toBe('rejected')
    expect(await logOnByAgent('bob', first)).toBe('denied')
    minutesPass(1)
    await whileCut(async () => {
      expect(await logOnByAgent('bob', codeOf(app))).toBe('accepted')
      expect(await logOnByAgent('bob', codeOf(app))).toBe('denied')
    })
  })

  it('that was used at the cloud is refused here at once while the cloud can be asked', async () => {
    const { logOnByRadius, logOnAtCloud, sync } = services
    const app = await services.newUser('cleo')
    await sync()
    minutesPass(2)
    const code = codeOf(app)
    expect(await logOnAtCloud('cleo', code)).toBe('accepted')
    expect(await logOnByRadius('cleo', code)).toBe('reject')
  })

  it('slips through once more where the cloud was cut off before it could tell, and not a second time', async () => {
    const { logOnByRadius, logOnAtCloud, sync } = services
    const app = await services.newUser('dora')
    await sync()
    minutesPass(2)
    const code = codeOf(app)
    expect(await logOnAtCloud('dora', code)).toBe('accepted')
    await whileCut(async () => {
      expect(await logOnByRadius('dora', code)).toBe('accept')
      expect(await logOnByRadius('dora', code)).toBe('reject')
    })
  })

  it('is checked here alone when the policy says so: the cloud is not asked', async () => {
    const { logOnByRadius, sync } = services
    await services.set(ORDER, 'local-first')
    const app = await services.newUser('emil')
    await sync()
    minutesPass(2)
    const before = verifications().length
    expect(await logOnByRadius('emil', codeOf(app))).toBe('accept')
    expect(verifications()).toHaveLength(before)
  })

  it('of a revoked app is refused after the next run, also while the cloud is out of reach', async () => {
    const { cloud, logOnByRadius, sync, manager } = services
    const app = await services.newUser('fred')
    await sync()
    minutesPass(2)
    await cloud.revokeApp(app.serial)
    expect(await logOnByRadius('fred', codeOf(app))).toBe('reject')
    await sync()
    minutesPass(1)
    await whileCut(async () => expect(await logOnByRadius('fred', codeOf(app))).toBe('reject'))
    const filter = { condition: 'revoked', text: app.serial } as const
    const { items } = await listRecords(manager.instance.highAvailability, COMMAND, { limit: 10, filter })
    expect(items).toMatchObject([{ serial: app.serial, state: 'revoked', hasToken: false, hasSeed: false }])
  })

  it('of a phone that replaced another is the only one that counts', async () => {
    const { cloud, logOnByRadius, sync } = services
    const old = await services.newUser('gina')
    const { items } = await cloud.cloud.cloud.read.users({ companyId: cloud.company.id, text: 'gina' }, { limit: 1 })
    const fresh = await cloud.registerApp(items[0]?.id ?? '')
    await sync()
    minutesPass(2)
    await whileCut(async () => {
      expect(await logOnByRadius('gina', codeOf(old))).toBe('reject')
      expect(await logOnByRadius('gina', codeOf(fresh))).toBe('accept')
    })
  })

  it('does not keep log-ons waiting for a cloud that hangs: after three of them it is not asked', async () => {
    const { line, logOnByRadius, sync } = services
    await services.set('auth_manager.cas.authentication.ha.cloud_timeout_milliseconds', '200')
    const names = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
    const [first, ...others] = await Promise.all(names.map((name) => services.newUser(name)))
    await sync()
    minutesPass(2)
    // One that is answered, so that failures are counted from none.
    expect(await logOnByRadius('h1', codeOf(first as VirtualApp))).toBe('accept') // there are six
    line.delay(60_000)
    const before = verifications().length
    for (const [place, app] of others.entries())
      expect(await logOnByRadius(`h${place + 2}`, codeOf(app))).toBe('accept')
    expect(verifications().length - before).toBe(3)
    line.delay(0)
  })
})
