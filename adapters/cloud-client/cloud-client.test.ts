import type { CloudCalls, CloudRegistration, SealedRecord } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cloudClient } from './cloud-client.ts'
import { sealSeed, SigningCloud } from './testing/signing-cloud.ts'

const clock = { now: () => unixMs(Date.now()), monotonicMs: () => performance.now() }
const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const client = cloudClient({ clock, random })

let cloud: SigningCloud
beforeEach(async () => {
  cloud = new SigningCloud()
  await cloud.start()
})
afterEach(() => cloud.stop())

const code = (thumbprint = cloud.thumbprint) => `${'s'.repeat(43)}.${thumbprint}`
const register = (registrationCode = code()): Promise<CloudRegistration> => {
  cloud.reply = () => ({ body: cloud.standing({ managerId: 'm1' }) })
  return client.register({ baseUrl: cloud.url, registrationCode, deploymentName: 'am', timeoutMs: 2000 })
}

async function connected(timeoutMs = 2000): Promise<{ calls: CloudCalls; sealingKey: JWK }> {
  const { keys, managerId, baseUrl, standing } = await register()
  const sealingKey = cloud.received[0]?.body['sealingKey'] as JWK // what the client just sent
  const at = unixMs(0)
  const identity = { ...standing, baseUrl, managerId, deploymentName: 'am', connectedAt: at, keysChangedAt: at }
  return { calls: client.open({ identity, keys, timeoutMs }), sealingKey }
}

const page = { companyId: 'c1', records: [], nextMarker: '0', hasMore: false, serverTimeMs: 1 }

describe('registration', () => {
  it('believes the cloud whose key the code names', async () => {
    expect(await register()).toMatchObject({ managerId: 'm1', baseUrl: cloud.url, standing: { companyId: 'c1' } })
    expect(cloud.received[0]?.body).not.toHaveProperty('signingKey.d')
  })

  it('does not believe somebody in between', async () => {
    await expect(register(code('x'.repeat(43)))).rejects.toMatchObject({ code: 'CLOUD_ANSWER_UNTRUSTED' })
  })

  it.each(['http://cloud.example', 'ftp://x', 'https://cloud.example/path', 'cloud'])('refuses %s', async (baseUrl) => {
    const asked = client.register({ baseUrl, registrationCode: code(), deploymentName: 'am', timeoutMs: 100 })
    await expect(asked).rejects.toMatchObject({ code: 'CLOUD_ADDRESS_INVALID' })
  })
})

describe('an answer', () => {
  it('is believed when it is signed for the request, which names itself whole', async () => {
    const { calls } = await connected()
    cloud.reply = () => ({ body: page })
    expect(await calls.feed('7.r1', 10)).toMatchObject({ companyId: 'c1', hasMore: false })
    expect(cloud.received.at(-1)?.claims).toMatchObject({
      iss: 'm1',
      method: 'GET',
      target: '/cloud/v1/feed?after=7.r1&limit=10',
    })
  })

  it.each([
    ['not signed', { body: page, unsigned: true }],
    ['signed with another key', { body: page, foreignKey: true }],
    ['signed for another request', { body: page, claims: { requestSha256: 'A'.repeat(43) } }],
    ['signed for another content', { body: page, claims: { bodySha256: 'A'.repeat(43) } }],
    ['signed for another status', { body: page, claims: { status: 201 } }],
  ] as const)('is not believed when it is %s', async (_what, reply) => {
    const { calls } = await connected()
    cloud.reply = () => reply
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_ANSWER_UNTRUSTED' })
  })

  it('is refused when it is garbage, signed or not', async () => {
    const { calls } = await connected()
    cloud.reply = () => ({ body: null, raw: Buffer.from('<html>') })
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_ANSWER_INVALID' })
    cloud.reply = () => ({ body: { ...page, records: [{ recordId: 'r' }] } })
    await expect(calls.feed('0', 10)).rejects.toThrow(/records\.0/)
  })

  it('is read up to 8 MiB and no further', async () => {
    const { calls } = await connected()
    cloud.reply = () => ({ body: null, raw: Buffer.alloc(9 * 1024 * 1024, 0x20) })
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_ANSWER_TOO_LARGE' })
  })

  it('is not waited for longer than the time-out', async () => {
    const { calls } = await connected(150)
    cloud.reply = () => new Promise((resolve) => setTimeout(resolve, 400, { body: page }))
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_TIMEOUT' })
  })

  it('of a proxy before a cloud that is away is told as that', async () => {
    const { calls } = await connected()
    cloud.reply = () => ({ body: {}, status: 503, unsigned: true })
    await expect(calls.status()).rejects.toMatchObject({ code: 'CLOUD_UNREACHABLE' })
  })
})

describe('a clock that is off', () => {
  it('is settled once, by the signed time of the refusal', async () => {
    const { calls } = await connected()
    const cloudSeconds = Math.floor(Date.now() / 1000) + 3600
    cloud.reply = ({ claims }) =>
      Math.abs(Number(claims['iat']) - cloudSeconds) > 300
        ? { status: 401, body: { code: 'CLOCK_SKEW' }, iatSeconds: cloudSeconds }
        : { body: page, iatSeconds: cloudSeconds }
    expect(await calls.feed('0', 10)).toMatchObject({ hasMore: false })
    expect(Math.abs(calls.learned().skewSeconds - 3600)).toBeLessThanOrEqual(1)
  })

  it('is not settled by a refusal that nobody signed, and tried no second time', async () => {
    const { calls } = await connected()
    cloud.reply = () => ({ status: 401, body: { code: 'CLOCK_SKEW' }, unsigned: true })
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_ANSWER_UNTRUSTED' })
    cloud.received.length = 0
    cloud.reply = () => ({ status: 401, body: { code: 'CLOCK_SKEW' } })
    await expect(calls.feed('0', 10)).rejects.toMatchObject({ code: 'CLOUD_CLOCK_SKEW' })
    expect(cloud.received).toHaveLength(2)
  })
})

describe('a sealed seed', () => {
  const seed = new Uint8Array(32).fill(9)
  const place = { recordId: 'r1', serial: 'MFA000000000001', seedVersion: 1 }
  const record = (sealedSeed: string): SealedRecord => ({
    ...place,
    userAttribute: 'ada',
    identitySource: 'HR',
    algorithm: 'sha256',
    digits: 8,
    intervalSeconds: 60,
    state: 'active',
    lastUsedStep: null,
    clockOffsetMs: null,
    changeTimeMs: 1,
    sealedSeed,
  })

  it('opens for its record', async () => {
    const { calls, sealingKey } = await connected()
    const sealed = await sealSeed(seed, sealingKey, { ...place, managerId: 'm1' })
    expect(await calls.openSeed(record(sealed))).toEqual(seed)
  })

  it.each([
    ['another serial', { serial: 'MFA000000000002' }],
    ['another record', { recordId: 'r2' }],
    ['another version', { seedVersion: 2 }],
    ['another manager', { managerId: 'm2' }],
  ])('of %s is not taken', async (_what, other) => {
    const { calls, sealingKey } = await connected()
    const sealed = await sealSeed(seed, sealingKey, { ...place, managerId: 'm1', ...other })
    await expect(calls.openSeed(record(sealed))).rejects.toMatchObject({ code: 'SEED_UNREADABLE' })
  })
})

describe('new keys', () => {
  it('are told once more when the answer was lost, signed with whichever the cloud knows', async () => {
    const { calls } = await connected()
    const rotation = await calls.rotateKeys()
    cloud.reply = () => ({ body: { oldSigningKeyUntilMs: null }, unsigned: true })
    await expect(rotation.carryOut()).rejects.toMatchObject({ code: 'CLOUD_ANSWER_UNTRUSTED' })
    const oldRequest = cloud.received.at(-1)
    const kidOf = (request: string) => JSON.parse(Buffer.from(request.split('.')[0] ?? '', 'base64url').toString()).kid
    cloud.reply = ({ request }) =>
      kidOf(request) === kidOf(oldRequest?.request ?? '')
        ? { status: 401, body: { code: 'UNKNOWN_KEY' } }
        : { body: { oldSigningKeyUntilMs: null } }
    const kept = await rotation.carryOut()
    expect(JSON.parse(Buffer.from(kept).toString('utf8'))).not.toHaveProperty('next')
  })
})
