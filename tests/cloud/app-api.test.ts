import { offerAppRegistration } from '@driftlock/application'
import { AppRefusedError, appTokencode, COMMAND_CONTEXT, registerVirtualApp, type VirtualApp } from '@driftlock/cloud'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import { appCalls } from '@driftlock/contracts'
import { addMs, MS_PER_MINUTE, type UnixMs, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const START = unixMs(1_800_000_000_000)
let now: UnixMs = START
let cloud: ScratchCloud
let made = 0
beforeAll(async () => {
  // Both readings move together: a wall clock that jumps alone is in doubt, and nothing is learned by it.
  const clock = { now: () => now, monotonicMs: () => now - START + performance.now() }
  cloud = await startScratchCloud({ clock, configuration: { limits: { appAttemptsPerAddressAndMinute: 10_000 } } })
})
afterAll(() => cloud.dispose())
beforeEach(() => {
  now = addMs(now, 60 * MS_PER_MINUTE)
})

async function logOn(userName: string, tokencode: string, challenge?: string) {
  const body = { company: cloud.company.name, userName, tokencode, ...(challenge !== undefined && { challenge }) }
  const answer = await fetch(new URL(appCalls.authenticate.path, cloud.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return appCalls.authenticate.response.parse(await answer.json())
}

async function userWithApp(): Promise<{ name: string; userId: string; app: VirtualApp }> {
  const name = `user${++made}`
  const user = await cloud.createUser(name)
  const app = await cloud.registerApp(user.id)
  now = addMs(now, 2 * MS_PER_MINUTE)
  return { name, userId: user.id, app }
}

/** Another code for each number. */
function wrongCode(right: string, number: number): string {
  return String((Number(right) + number) % 100_000_000).padStart(8, '0')
}

describe('registration of an app', () => {
  it('takes a code once, however it is typed, and not after an hour', async () => {
    const user = await cloud.createUser(`user${++made}`)
    const offer = () => offerAppRegistration(cloud.cloud, COMMAND_CONTEXT, user.id)
    const { code } = await offer()
    const register = (typed: string) =>
      registerVirtualApp({ service: cloud.url, code: typed, publicName: 'Phone', now: () => now })
    expect((await register(code.toLowerCase().replaceAll('-', ' '))).serial).toMatch(/^MFA\d{12}$/)
    await expect(register(code)).rejects.toThrow(AppRefusedError)
    const old = await offer()
    now = addMs(now, 61 * MS_PER_MINUTE)
    await expect(register(old.code)).rejects.toMatchObject({ code: 'REGISTRATION_CODE_REFUSED' })
  })

  it('counts for nothing without its proof, and ends after five wrong ones', async () => {
    const user = await cloud.createUser(`user${++made}`)
    const { code } = await offerAppRegistration(cloud.cloud, COMMAND_CONTEXT, user.id)
    const send = (path: string, body: unknown) =>
      fetch(new URL(path, cloud.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const begun = await send(appCalls.beginRegistration.path, { registrationCode: code, publicName: 'Phone' })
    const registration = appCalls.beginRegistration.response.parse(await begun.json())
    const app = { ...registration, service: cloud.url }
    const good = appTokencode(app, now)
    expect(await logOn(user.attribute, good)).toEqual({ outcome: 'rejected' })
    const wrong = wrongCode(good, 1)
    const path = appCalls.proveRegistration.path.replace('{registrationId}', registration.registrationId)
    const statuses = []
    for (let attempt = 0; attempt < 6; attempt++) statuses.push((await send(path, { tokencode: wrong })).status)
    expect(statuses).toEqual([403, 403, 403, 403, 403, 410])
    expect((await send(path, { tokencode: good })).status).toBe(410)
  })

  it('takes a phone whose clock is some minutes off, and knows it from then on', async () => {
    const user = await cloud.createUser(`user${++made}`)
    const { code } = await offerAppRegistration(cloud.cloud, COMMAND_CONTEXT, user.id)
    const phone = () => addMs(now, -6 * MS_PER_MINUTE)
    const app = await registerVirtualApp({ service: cloud.url, code, publicName: 'Slow phone', now: phone })
    now = addMs(now, 3 * MS_PER_MINUTE)
    expect(await logOn(user.attribute, appTokencode(app, phone()))).toEqual({ outcome: 'accepted' })
  })
})

describe('a log-on at the cloud', () => {
  it('lets a tokencode in once', async () => {
    const { name, app } = await userWithApp()
    const code = appTokencode(app, now)
    expect([await logOn(name, code), await logOn(name, code)]).toEqual([
      { outcome: 'accepted' },
      { outcome: 'rejected' },
    ])
  })

  it('answers an unknown user as it answers a wrong code', async () => {
    const { name } = await userWithApp()
    expect(await logOn('nobody', '12345678')).toEqual(await logOn(name, '12345678'))
  })

  it('asks for the next tokencode after three wrong ones, and takes the one after', async () => {
    const { name, app } = await userWithApp()
    const right = appTokencode(app, now)
    for (let attempt = 1; attempt <= 3; attempt++) await logOn(name, wrongCode(right, attempt))
    const first = await logOn(name, right)
    expect(first.outcome).toBe('next-tokencode')
    now = addMs(now, MS_PER_MINUTE)
    expect(await logOn(name, appTokencode(app, now), first.challenge)).toEqual({ outcome: 'accepted' })
  })

  it('locks after five wrong codes, for a quarter of an hour', async () => {
    const { name, app } = await userWithApp()
    const right = appTokencode(app, now)
    for (let attempt = 1; attempt <= 5; attempt++) {
      await logOn(name, wrongCode(right, attempt))
    }
    expect(await logOn(name, right)).toEqual({ outcome: 'rejected' })
    now = addMs(now, 16 * MS_PER_MINUTE)
    const outcomes = new Set(['accepted', 'next-tokencode'])
    expect(outcomes).toContain((await logOn(name, appTokencode(app, now))).outcome)
  })

  it('refuses a revoked app and a disabled user at once', async () => {
    const { name, app, userId } = await userWithApp()
    await cloud.cloud.cloud.transaction(async (tx) => {
      await tx.changeTime(cloud.company.id)
      const user = await tx.user(userId)
      if (user !== undefined) await tx.updateUser({ ...user, enabled: false })
    })
    expect(await logOn(name, appTokencode(app, now))).toEqual({ outcome: 'rejected' })
    const other = await userWithApp()
    await cloud.revokeApp(other.app.serial)
    expect(await logOn(other.name, appTokencode(other.app, now))).toEqual({ outcome: 'rejected' })
  })

  it('is on record with its exact reason', async () => {
    const { name } = await userWithApp()
    await logOn(name, '00000000')
    const filter = { securityDomainIds: [cloud.company.id], actions: ['authenticate'] as const }
    const { items } = await cloud.cloud.cloud.read.auditLog.search(filter, { limit: 1 })
    expect(items[0]?.entry).toMatchObject({
      username: `${cloud.company.name}\\${name}`,
      outcome: 'failure',
      reason: 'wrong-passcode',
    })
  })
})
