import { newKeyPair, TestManager } from '@driftlock/cloud-keys/testing'
import { appTokencode, COMMAND_CONTEXT } from '@driftlock/cloud'
import { type ScratchCloud, startScratchCloud } from '@driftlock/cloud/testing'
import { rotateCloudKey } from '@driftlock/application'
import { feedPage, managerCalls, stepText } from '@driftlock/contracts'
import { MS_PER_MINUTE, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let cloud: ScratchCloud
let manager: TestManager
beforeAll(async () => {
  cloud = await startScratchCloud()
  manager = await TestManager.connect(cloud.url, await cloud.managerCode())
})
afterAll(() => cloud.dispose())

const FEED = '/cloud/v1/feed?after=0&limit=1000'
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code // a problem

async function recordOf(serial: string, from = manager) {
  const page = feedPage.parse((await from.call('GET', FEED)).body)
  const record = page.records.find((one) => one.serial === serial)
  if (record === undefined) throw new Error(`${serial} is not in the feed`)
  return record
}

describe('registration of a manager', () => {
  it('takes a code once', async () => {
    const code = await cloud.managerCode()
    await TestManager.connect(cloud.url, code)
    await expect(TestManager.connect(cloud.url, code)).rejects.toThrow('REGISTRATION_CODE_REFUSED')
  })

  it('refuses a code with the thumbprint of another key, and a request that its own key did not sign', async () => {
    const [secret] = (await cloud.managerCode()).split('.')
    const other = await newKeyPair('sign')
    await expect(TestManager.connect(cloud.url, `${secret}.${other.id}`)).rejects.toThrow('REGISTRATION_CODE_REFUSED')
    const forged = new TestManager(cloud.url, { signing: await newKeyPair('sign'), sealing: await newKeyPair('P-256') })
    await manager.call('GET', FEED)
    const header = manager.lastHeader
    const body = {
      registrationCode: await cloud.managerCode(),
      deploymentName: 'Forged',
      signingKey: forged.signing.jwk,
      sealingKey: forged.sealing.jwk,
    }
    const answer = await forged.call('POST', managerCalls.register.path, { body, header })
    expect(codeOf(answer)).toBe('UNKNOWN_KEY')
  })

  it('refuses a key that comes with its private part', async () => {
    const body = {
      registrationCode: await cloud.managerCode(),
      deploymentName: 'Careless',
      signingKey: { ...manager.signing.jwk, d: 'A'.repeat(43) },
      sealingKey: manager.sealing.jwk,
    }
    expect(await manager.call('POST', managerCalls.register.path, { body })).toMatchObject({ status: 400 })
  })
})

describe('a request of a manager', () => {
  it.each([
    ['not signed', { header: '' }, 'SIGNATURE_MISSING'],
    ['signed by nobody', { header: 'a.b.c' }, 'SIGNATURE_INVALID'],
    ['for another target', { target: '/cloud/v1/feed?after=0&limit=999' }, 'REQUEST_MISMATCH'],
    ['for another method', { claims: { method: 'POST' } }, 'REQUEST_MISMATCH'],
    ['in the name of another manager', { claims: { iss: 'somebody' } }, 'UNKNOWN_KEY'],
    ['an hour old', { claims: { iat: Math.floor(Date.now() / 1000) - 3600 } }, 'CLOCK_SKEW'],
    ['of tomorrow', { claims: { iat: Math.floor(Date.now() / 1000) + 86_400 } }, 'CLOCK_SKEW'],
  ])('is refused when it is %s', async (_, tampering, code) => {
    const answer = await manager.call('GET', FEED, tampering)
    expect(codeOf(answer)).toBe(code)
    expect(answer.status).toBe(401)
  })

  it('is refused with another body than the signed one', async () => {
    const steps = { steps: [{ serial: 'MFA000000000000', step: '1' }] }
    const answer = await manager.call('POST', '/cloud/v1/steps', { body: steps, sentBody: '{"steps":[]}' })
    expect(codeOf(answer)).toBe('REQUEST_MISMATCH')
  })

  it('is refused the second time, and the refusal is signed', async () => {
    await manager.call('GET', FEED)
    const answer = await manager.call('GET', FEED, { header: manager.lastHeader })
    expect(answer).toMatchObject({ status: 401, signed: true, body: { code: 'REQUEST_REPLAYED' } })
  })

  it('is refused when its signature was changed', async () => {
    await manager.call('GET', FEED)
    const [head, payload, signature = ''] = manager.lastHeader.split('.')
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const answer = await manager.call('GET', FEED, { header: `${head}.${payload}.${changed}` })
    expect(codeOf(answer)).toBe('SIGNATURE_INVALID')
  })

  it('is told of a clock that is off in an answer it can believe', async () => {
    const iat = Math.floor(Date.now() / 1000) - 3600
    expect(await manager.call('GET', FEED, { claims: { iat } })).toMatchObject({ signed: true })
  })

  it('is refused once the manager is disconnected', async () => {
    const leaving = await TestManager.connect(cloud.url, await cloud.managerCode())
    await cloud.cloud.cloud.transaction(async (tx) => {
      const found = await tx.manager(leaving.managerId)
      if (found !== undefined) await tx.updateManager({ ...found, revokedAt: unixMs(Date.now()) })
    })
    expect(codeOf(await leaving.call('GET', FEED))).toBe('MANAGER_REVOKED')
  })

  it.each(['after=x', 'after=0&limit=0', 'after=0&limit=1001', 'after=1.a%20b'])('is refused for %s', async (query) => {
    expect(await manager.call('GET', `/cloud/v1/feed?${query}`)).toMatchObject({ status: 400, signed: true })
  })
})

describe('the feed', () => {
  it.each(['X25519', 'P-256'] as const)('seals the seed of an app to a %s key', async (curve) => {
    const reader = await TestManager.connect(cloud.url, await cloud.managerCode(), curve)
    const user = await cloud.createUser(`reader-${curve}`)
    const app = await cloud.registerApp(user.id)
    const record = await recordOf(app.serial, reader)
    expect(record).toMatchObject({
      userAttribute: `reader-${curve}`,
      state: 'active',
      lastUsedStep: expect.any(String),
    })
    if (record.state !== 'active') throw new Error('it is active')
    const { seed, header } = await reader.openSeed(record.sealedSeed)
    expect(Buffer.from(seed).toString('base64url')).toBe(app.seed)
    expect(header).toMatchObject({ managerId: reader.managerId, recordId: record.recordId, serial: app.serial })
    await expect(manager.openSeed(record.sealedSeed)).rejects.toThrow()
  })

  it('goes on from its marker, and does not seal again what only moved on', async () => {
    const user = await cloud.createUser('stepper')
    const app = await cloud.registerApp(user.id)
    const before = await recordOf(app.serial)
    const { nextMarker, hasMore } = feedPage.parse((await manager.call('GET', FEED)).body)
    expect(hasMore).toBe(false)
    const at = `/cloud/v1/feed?after=${nextMarker}&limit=10`
    expect(feedPage.parse((await manager.call('GET', at)).body)).toMatchObject({ records: [], nextMarker })
    const tokencode = appTokencode(app, unixMs(Date.now() + MS_PER_MINUTE))
    const verdict = await manager.call('POST', '/cloud/v1/verifications', { body: { serial: app.serial, tokencode } })
    expect(verdict).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    const { records } = feedPage.parse((await manager.call('GET', at)).body)
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      serial: app.serial,
      sealedSeed: 'sealedSeed' in before ? before.sealedSeed : '',
    })
    expect(BigInt(records[0]?.lastUsedStep ?? 0)).toBeGreaterThan(BigInt(before.lastUsedStep ?? 0))
  })

  it('keeps a revoked app as such and without a seed', async () => {
    const user = await cloud.createUser('loser')
    const app = await cloud.registerApp(user.id)
    await cloud.revokeApp(app.serial)
    const record = await recordOf(app.serial)
    expect(record.state).toBe('revoked')
    expect(record).not.toHaveProperty('sealedSeed')
  })

  it('gives the app of before as revoked when another replaces it', async () => {
    const user = await cloud.createUser('changer')
    const first = await cloud.registerApp(user.id)
    const second = await cloud.registerApp(user.id)
    expect((await recordOf(first.serial)).state).toBe('revoked')
    expect((await recordOf(second.serial)).state).toBe('active')
  })

  it('gives one user on demand, in one source or in all', async () => {
    const user = await cloud.createUser('Single User')
    const app = await cloud.registerApp(user.id)
    const ask = async (query: string) => {
      const answer = await manager.call('GET', `/cloud/v1/users/records?${query}`)
      return managerCalls.userRecords.response.parse(answer.body).records.map(({ serial }) => serial)
    }
    expect(await ask('attribute=single%20user')).toEqual([app.serial])
    expect(await ask('attribute=single%20user&identitySource=employees')).toEqual([app.serial])
    expect(await ask('attribute=single%20user&identitySource=other')).toEqual([])
  })

  it('is closed while high availability is off', async () => {
    await cloud.setHighAvailability(false)
    try {
      expect(await manager.call('GET', FEED)).toMatchObject({
        status: 409,
        signed: true,
        body: { code: 'HA_DISABLED' },
      })
      expect((await manager.call('GET', '/cloud/v1/status')).body).toMatchObject({ haEnabled: false })
    } finally {
      await cloud.setHighAvailability(true)
    }
  })
})

describe('codes and steps', () => {
  it('uses a code up: the second verification is refused', async () => {
    const user = await cloud.createUser('once')
    const app = await cloud.registerApp(user.id)
    const tokencode = appTokencode(app, unixMs(Date.now() + MS_PER_MINUTE))
    const verify = () => manager.call('POST', '/cloud/v1/verifications', { body: { serial: app.serial, tokencode } })
    const first = managerCalls.verify.response.parse((await verify()).body)
    expect(first).toMatchObject({ outcome: 'accepted', step: expect.stringMatching(/^\d+$/) })
    expect((await verify()).body).toMatchObject({ outcome: 'rejected', reason: 'tokencode-reused', step: null })
  })

  it('raises steps that a manager reports, once, and none into the future', async () => {
    const user = await cloud.createUser('reported')
    const app = await cloud.registerApp(user.id)
    const now = BigInt(Math.floor(Date.now() / 60_000))
    const report = async (step: bigint) => {
      const steps = [{ serial: app.serial, step: stepText.parse(step.toString()) }]
      return (await manager.call('POST', '/cloud/v1/steps', { body: { steps } })).body
    }
    expect(await report(now + 2n)).toEqual({ applied: 1, behind: 0, unknown: [] })
    expect(await report(now + 2n)).toEqual({ applied: 0, behind: 1, unknown: [] })
    expect(await report(now + 1_000_000n)).toEqual({ applied: 0, behind: 0, unknown: [app.serial] })
    const tokencode = appTokencode(app, unixMs(Date.now() + MS_PER_MINUTE))
    const verdict = await manager.call('POST', '/cloud/v1/verifications', { body: { serial: app.serial, tokencode } })
    expect(verdict.body).toMatchObject({ outcome: 'rejected' })
  })

  it('knows no app of another company', async () => {
    const stranger = await startScratchCloud()
    try {
      const app = await stranger.registerApp((await stranger.createUser('stranger')).id)
      const tokencode = appTokencode(app, unixMs(Date.now() + MS_PER_MINUTE))
      const verdict = await manager.call('POST', '/cloud/v1/verifications', { body: { serial: app.serial, tokencode } })
      expect(verdict.body).toMatchObject({ outcome: 'rejected', reason: 'no-token-assigned' })
    } finally {
      await stranger.dispose()
    }
  })
})

describe('keys', () => {
  it('believes the old signing key a while, and seals to the new key from then on', async () => {
    const rotating = await TestManager.connect(cloud.url, await cloud.managerCode())
    const app = await cloud.registerApp((await cloud.createUser('rotated')).id)
    const before = await recordOf(app.serial, rotating)
    const [signing, sealing] = [await newKeyPair('sign'), await newKeyPair('P-256')]
    const answer = await rotating.call('POST', '/cloud/v1/managers/keys', {
      body: { signingKey: signing.jwk, sealingKey: sealing.jwk },
    })
    expect(answer).toMatchObject({ status: 200, signed: true })
    expect((await rotating.call('GET', '/cloud/v1/status')).status).toBe(200)
    Object.assign(rotating, { signing, sealing })
    const after = await recordOf(app.serial, rotating)
    if (before.state !== 'active' || after.state !== 'active') throw new Error('both are active')
    expect(after.sealedSeed).not.toBe(before.sealedSeed)
    expect(Buffer.from((await rotating.openSeed(after.sealedSeed)).seed).toString('base64url')).toBe(app.seed)
  })

  it('publishes the next key of the cloud before it signs', async () => {
    const made = await rotateCloudKey(cloud.cloud, COMMAND_CONTEXT, { afterMs: 3_600_000 })
    await expect
      .poll(
        async () => {
          const answer = await manager.call('GET', '/cloud/v1/status')
          expect(answer.signed).toBe(true)
          return managerCalls.status.response.parse(answer.body).cloudKeys.map(({ key }) => JSON.stringify(key))
        },
        { timeout: 15_000, interval: 1_000 },
      )
      .toContain(made.key.jwk)
  })
})
