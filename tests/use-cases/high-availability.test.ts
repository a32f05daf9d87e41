import {
  assignToken,
  authenticate,
  changeSetting,
  CloudError,
  connectCloud,
  createUser,
  deleteToken,
  deleteUser,
  disconnectCloud,
  type HaPorts,
  haAlarm,
  haStatus,
  importTokens,
  listRecords,
  listSyncRuns,
  previewResync,
  proposeEmergencyAccess,
  requestResync,
  resyncUser,
  runSyncOnce,
  saveEmergencyAccess,
  synchroniseNow,
  synchroniseWhenDue,
  unassignToken,
  updateUser,
  appCodeCheck,
} from '@driftlock/application'
import { codeSource, step, stepAt } from '@driftlock/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND, type Deployment, openDeployment, totpList } from './testing/deployment.ts'
import { FakeCloud, type FakeRecord } from './testing/fake-cloud.ts'

let deployment: Deployment
let cloud: FakeCloud
let ha: HaPorts

const MARKER = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'
const ORIGIN = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const

beforeEach(async () => {
  deployment = await openDeployment()
  cloud = new FakeCloud()
  ha = { ...deployment.ports, cloud: cloud.service(), instanceName: 'one' }
})
afterEach(() => deployment.close())

const connect = () =>
  connectCloud(ha, COMMAND, { registrationCode: 'code', url: 'https://cloud.example', deploymentName: 'am' })
const sync = () => runSyncOnce(ha, { trigger: 'command' })
const newUser = (username: string, more: object = {}) =>
  createUser(deployment.ports, COMMAND, { username, securityDomainId: 'root', ...more })
const set = (key: string, value: string) => changeSetting(deployment.ports, COMMAND, { key, value, scope: 'GLOBAL' })
const tokenOf = ({ serial }: FakeRecord) => deployment.store.administration.read.tokens.findBySerial(serial)
const counts = async () => (await haStatus(ha, COMMAND)).counts

function codeOf({ seed, digits, intervalSeconds, algorithm }: FakeRecord, stepsAhead = 0): string {
  const record = { kind: 'totp', algorithm, digits, intervalSeconds, t0Seconds: 0, serial: '' } as const
  return codeSource(record, seed).code(step(stepAt(record, deployment.clock.now()) + BigInt(stepsAhead)))
}

async function logIn(username: string, passcode: string, appCodes = appCodeCheck(ha)): Promise<string> {
  const ports = { ...deployment.logins, appCodes }
  const entry = { type: 'passcode', passcode } as const
  const { outcome, reason } = await authenticate(ports, { username, entry, origin: ORIGIN })
  return `${outcome} ${reason}`
}
const localFirst = () => set('auth_manager.cas.authentication.ha.order', 'local-first')

describe('a run', () => {
  it('brings every record in pages, and its users in with the codes of their apps', async () => {
    await connect()
    await localFirst()
    await set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
    const records = []
    for (const name of ['ada', 'bob', 'eve', 'kim', 'lea']) {
      await newUser(name)
      records.push(cloud.put(name))
    }
    const run = await sync()
    expect(run).toMatchObject({ outcome: 'succeeded', kind: 'full', counts: { pages: 3, fetched: 5, added: 5 } })
    expect(await logIn('kim', codeOf(records[3] as FakeRecord))).toBe('accept passcode-accepted')
    expect(await counts()).toEqual({ matched: 5, unmatched: {}, revoked: 0, deletedHere: 0 })
  })

  it('fetches only what changed since, and opens no seed twice', async () => {
    await connect()
    await newUser('ada')
    await newUser('bob')
    const [first, second] = [cloud.put('ada'), cloud.put('bob')]
    await sync()
    cloud.opened = 0
    cloud.change(first.recordId, {
      lastUsedStep: step(stepAt({ kind: 'totp', intervalSeconds: 60, t0Seconds: 0 }, deployment.clock.now())),
    })
    expect(await sync()).toMatchObject({ kind: 'incremental', counts: { fetched: 1, updated: 1 } })
    expect(cloud.opened).toBe(0)
    await localFirst()
    expect(await logIn('ada', codeOf(first))).toBe('reject tokencode-reused')
    expect(await logIn('bob', codeOf(second))).toBe('accept passcode-accepted')
    expect(await sync()).toMatchObject({ counts: { fetched: 1, stepsReported: 1 } })
    expect(await sync()).toMatchObject({ counts: { fetched: 0, stepsReported: 0 } })
  })

  it('keeps a revoked app out, and lets it in again when the cloud does', async () => {
    await connect()
    await localFirst()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    cloud.change(record.recordId, { state: 'revoked' })
    expect(await sync()).toMatchObject({ counts: { revoked: 1 } })
    expect(await logIn('ada', codeOf(record))).toBe('reject no-token-assigned')
    cloud.change(record.recordId, { state: 'active' })
    await sync()
    expect(await logIn('ada', codeOf(record, 1))).toBe('accept passcode-accepted')
  })

  it('tells the cloud which steps were used here, each once', async () => {
    await connect()
    await localFirst()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    await logIn('ada', codeOf(record))
    cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    expect(await sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_UNREACHABLE' })
    cloud.fault = undefined
    await sync()
    await sync()
    expect(cloud.told).toHaveLength(1)
  })

  it('waits longer after each failure, and is due again then', async () => {
    await connect()
    cloud.fault = new CloudError('CLOUD_TIMEOUT', 'slow')
    const waits: number[] = []
    for (let failures = 0; failures < 4; failures++) {
      expect(await synchroniseWhenDue(ha)).toMatchObject({ outcome: 'failed' })
      const { connection } = await haStatus(ha, COMMAND)
      waits.push((connection?.nextRunAt ?? 0) - deployment.clock.now())
      expect(await synchroniseWhenDue(ha)).toBeUndefined()
      deployment.clock.advanceMs(waits.at(-1) ?? 0)
    }
    expect(waits.every((wait, index) => wait >= 2500 * 2 ** index && wait <= 5000 * 2 ** index)).toBe(true)
    cloud.fault = undefined
    expect(await synchroniseWhenDue(ha)).toMatchObject({ outcome: 'succeeded' })
  })

  it('raises the alarm when the last good one is too long ago', async () => {
    await connect()
    await sync()
    expect(await haAlarm(ha)).toMatchObject({ connected: true, overdue: false })
    deployment.clock.advanceMs(3_601_000)
    expect(await haAlarm(ha)).toMatchObject({ overdue: true })
  })

  it('takes nothing over from an answer about another company', async () => {
    await connect()
    await newUser('ada')
    cloud.put('ada')
    cloud.companyId = 'company-2'
    expect(await sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_FOREIGN_COMPANY' })
    expect((await counts()).matched).toBe(0)
  })

  it('goes on after a page whose next one failed, and after a run that was killed', async () => {
    await connect()
    await set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
    for (const name of ['ada', 'bob', 'eve', 'kim', 'lea']) {
      await newUser(name)
      cloud.put(name)
    }
    let feeds = 0
    cloud.onFeed = () => {
      if (++feeds === 2) throw new CloudError('CLOUD_UNREACHABLE', 'cut')
    }
    expect(await sync()).toMatchObject({ outcome: 'failed', counts: { pages: 1 } })
    expect((await counts()).matched).toBe(2)
    cloud.feeds.length = 0
    expect(await sync()).toMatchObject({ kind: 'full', outcome: 'succeeded', counts: { fetched: 3, added: 3 } })
    expect(cloud.feeds[0]).not.toBe('0')
    expect((await counts()).matched).toBe(5)
  })

  it('begins anew when somebody sets the marker to 0 while a page is on its way', async () => {
    await connect()
    await newUser('ada')
    cloud.put('ada')
    let isFirst = true
    cloud.onFeed = async () => {
      if (isFirst) await set(MARKER, '5')
      isFirst = false
    }
    await set(MARKER, '0')
    const run = await sync()
    expect(run.outcome).toBe('succeeded')
    expect((await counts()).matched).toBe(1)
  })

  it('is done by one instance at a time', async () => {
    await connect()
    cloud.put('ada')
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    cloud.onFeed = () => held
    const first = synchroniseNow(ha, COMMAND, { trigger: 'command' })
    await expect(synchroniseNow({ ...ha, instanceName: 'two' }, COMMAND, { trigger: 'console' })).rejects.toMatchObject(
      { code: 'SYNC_UNDER_WAY' },
    )
    release()
    expect(await first).toMatchObject({ outcome: 'succeeded' })
  })

  it('lists a record whose seed does not open, and asks for it again', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    const { seed } = record
    cloud.change(record.recordId, { seed: new Uint8Array(4) })
    expect(await sync()).toMatchObject({ counts: { failed: 1 } })
    expect(await counts()).toMatchObject({ matched: 0, unmatched: { 'seed-unreadable': 1 } })
    const held = cloud.records.get(record.recordId)
    if (held !== undefined) cloud.records.set(record.recordId, { ...held, seed })
    await sync()
    expect(await counts()).toMatchObject({ matched: 1, unmatched: {} })
  })
})

describe('the four reasons of seed 001', () => {
  const resync = () => set(MARKER, '0')

  it('the company account changed: the records of the old one go, those of the new one come', async () => {
    await connect()
    await newUser('ada')
    const old = cloud.put('ada')
    await sync()
    cloud.records.clear()
    cloud.companyId = 'company-2'
    await connect()
    const fresh = cloud.put('ada')
    expect(await sync()).toMatchObject({ kind: 'full', outcome: 'succeeded', counts: { added: 1, removed: 1 } })
    expect(await tokenOf(old)).toBeUndefined()
    expect(await tokenOf(fresh)).toMatchObject({ username: 'ada' })
  })

  it('a source was added that the cloud also has', async () => {
    await connect()
    const record = cloud.put('ada', { identitySource: 'HR' })
    await newUser('ada')
    await sync()
    expect((await counts()).unmatched).toEqual({ 'source-unknown': 1 })
    await deployment.store.administration.transaction(async (tx) => {
      const source = { id: 'hr', name: 'HR', kind: 'ldap', configuration: {}, version: 0 } as const
      await tx.securityDomains.saveIdentitySource(source)
      const ada = await tx.users.findByLoginName('ada')
      if (ada !== undefined) await tx.users.update({ ...ada, identitySourceId: 'hr' })
    })
    await resync()
    expect(await sync()).toMatchObject({ kind: 'full', counts: { fetched: 1 } })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
  })

  it('users were not to be found and now are: also without asking the cloud for anything', async () => {
    await connect()
    const record = cloud.put('ada')
    await sync()
    const { items } = await listRecords(ha, COMMAND, { limit: 10, filter: { condition: 'unmatched' } })
    expect(items).toMatchObject([{ serial: record.serial, reason: 'user-unknown' }])
    await newUser('ada')
    cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    expect(await sync()).toMatchObject({ outcome: 'failed', counts: { rematched: 1 } })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
    cloud.fault = undefined
    await resync()
    expect(await sync()).toMatchObject({ kind: 'full', outcome: 'succeeded' })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
  })

  it('tokens were deleted by an administrator: they stay deleted until everything is fetched again', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    await deleteToken(deployment.ports, COMMAND, { token: record.serial })
    await sync()
    expect(await tokenOf(record)).toBeUndefined()
    expect((await counts()).deletedHere).toBe(1)
    await requestResync(ha, COMMAND)
    const run = await synchroniseWhenDue(ha)
    expect(run).toMatchObject({ kind: 'full', divergence: { deletedHere: 1, missing: 0, different: 0, gone: 0 } })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
  })
})

describe('a full run', () => {
  it('removes what the cloud no longer has, and reports it as divergence', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    cloud.put('bob')
    await sync()
    cloud.records.delete(record.recordId)
    expect(await previewResync(ha, COMMAND)).toMatchObject({ removed: 1, counts: { fetched: 1, added: 0 } })
    await requestResync(ha, COMMAND)
    expect(await sync()).toMatchObject({ counts: { removed: 1 }, divergence: { gone: 1 } })
    expect(await tokenOf(record)).toBeUndefined()
  })

  it('comes by itself when the rule of matching changes', async () => {
    await connect()
    await newUser('ada', { email: 'ada@example.org' })
    const record = cloud.put('ada@example.org')
    await sync()
    expect((await counts()).unmatched).toEqual({ 'user-unknown': 1 })
    await set('auth_manager.cas.authentication.ha.matching.attribute', 'email')
    expect(await sync()).toMatchObject({ kind: 'full' })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
  })
})

describe('one user', () => {
  it('is resynchronised alone, and first only looked at', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    await deleteToken(deployment.ports, COMMAND, { token: record.serial })
    expect(await resyncUser(ha, COMMAND, { user: 'ada', dryRun: true })).toMatchObject({
      divergence: { deletedHere: 1 },
    })
    expect(await tokenOf(record)).toBeUndefined()
    await resyncUser(ha, COMMAND, { user: 'ada' })
    expect(await tokenOf(record)).toMatchObject({ username: 'ada' })
    cloud.records.delete(record.recordId)
    expect(await resyncUser(ha, COMMAND, { user: 'ada' })).toMatchObject({ removed: 1 })
    expect(await tokenOf(record)).toBeUndefined()
  })

  it('loses the app when renamed, and finds it under the new name', async () => {
    await connect()
    await newUser('ada')
    const [old, next] = [cloud.put('ada'), cloud.put('ada.lovelace')]
    await sync()
    await updateUser(deployment.ports, COMMAND, { user: 'ada', username: 'ada.lovelace' })
    await sync()
    expect(await tokenOf(old)).toBeUndefined()
    expect(await tokenOf(next)).toMatchObject({ username: 'ada.lovelace' })
  })

  it('is deleted with the tokens of the apps, which wait for a successor', async () => {
    await connect()
    await localFirst()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    await logIn('ada', codeOf(record))
    expect(await deleteUser(deployment.ports, COMMAND, { user: 'ada', tokens: 'unassign' })).toEqual({
      serials: [record.serial],
    })
    await newUser('ada')
    await sync()
    expect(await logIn('ada', codeOf(record))).toBe('reject tokencode-reused')
  })
})

describe('the token of an app', () => {
  const LIST = { format: 'csv', securityDomainId: 'root', duplicates: 'refuse', origin: 'list.csv' } as const
  const importList = (serials: readonly string[]) =>
    importTokens(deployment.ports, COMMAND, { ...LIST, source: totpList(serials) })

  it('does not count among the tokens a user may have, and is not taken away or given', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    await importList(['T1', 'T2', 'T3'])
    for (const token of ['T1', 'T2', 'T3']) await assignToken(deployment.ports, COMMAND, { token, user: 'ada' })
    const refused = { code: 'TOKEN_CLOUD_MANAGED' }
    await expect(unassignToken(deployment.ports, COMMAND, { token: record.serial })).rejects.toMatchObject(refused)
    await expect(assignToken(deployment.ports, COMMAND, { token: record.serial, user: 'ada' })).rejects.toMatchObject(
      refused,
    )
  })

  it('cannot come by a file', async () => {
    const report = await importList(['MFA000000000001'])
    expect(report).toMatchObject({ errors: [{ field: 'serial' }] })
  })

  it('is stood in for by an emergency code without a PIN, while its user holds a token that counts (seed 004)', async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    const settings = {
      method: { type: 'one-time-set', count: 2 },
      expiresAt: null,
      ifTokenBecomesAvailable: 'deny',
    } as const
    const propose = () => proposeEmergencyAccess(deployment.ports, COMMAND, { token: record.serial, settings })
    await expect(propose()).rejects.toMatchObject({ code: 'EMERGENCY_ACCESS_REFUSED' })
    await importList(['T1'])
    await assignToken(deployment.ports, COMMAND, { token: 'T1', user: 'ada' })
    const { codes, sealedProposal } = await propose()
    await saveEmergencyAccess(deployment.ports, COMMAND, { token: record.serial, sealedProposal })
    expect(await logIn('ada', codes[0] ?? '')).toBe('accept emergency-code-accepted')
    await unassignToken(deployment.ports, COMMAND, { token: 'T1' })
    expect(await logIn('ada', codes[1] ?? '')).toMatch(/^reject/)
    expect(cloud.asked).toEqual([])
  })
})

describe('a log-on with the code of an app', () => {
  const begin = async () => {
    await connect()
    await newUser('ada')
    const record = cloud.put('ada')
    await sync()
    return record
  }

  it('asks the cloud first, and only about a code that would let its user in', async () => {
    const record = await begin()
    expect(await logIn('ada', '1234')).toMatch(/^reject/)
    expect(cloud.asked).toEqual([])
    const code = codeOf(record)
    expect(await logIn('ada', code)).toBe('accept passcode-accepted')
    expect(cloud.asked).toEqual([`${record.serial} ${code}`])
  })

  it('is refused when the cloud knows the code as used, or does not let the app in', async () => {
    const record = await begin()
    cloud.verdict = { outcome: 'rejected', reason: 'tokencode-reused' }
    expect(await logIn('ada', codeOf(record))).toBe('reject tokencode-reused')
    cloud.verdict = { outcome: 'rejected', reason: 'token-disabled' }
    expect(await logIn('ada', codeOf(record, 1))).toBe('reject token-disabled')
  })

  it('is decided here when the cloud is away, and soon without waiting for it', async () => {
    const record = await begin()
    cloud.fault = new CloudError('CLOUD_TIMEOUT', 'slow')
    const appCodes = appCodeCheck(ha)
    for (let ahead = 0; ahead < 4; ahead++) {
      expect(await logIn('ada', codeOf(record), appCodes)).toBe('accept passcode-accepted')
      expect(await logIn('ada', codeOf(record), appCodes)).toBe('reject tokencode-reused')
      deployment.clock.advanceMs(60_000 / 60)
      deployment.clock.advanceMs(59_000)
    }
    expect(cloud.asked.length).toBeGreaterThanOrEqual(3)
  })

  it('asks nobody for a while after three calls in a row were not answered', async () => {
    const record = await begin()
    cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    const appCodes = appCodeCheck(ha)
    const before = cloud.asked.length
    for (let call = 0; call < 6; call++) await appCodes.ask({ serial: record.serial, tokencode: '12345678' })
    expect(cloud.asked.length - before).toBe(3)
  })

  it('is the cloud’s alone while high availability is switched off here', async () => {
    const record = await begin()
    await set('auth_manager.cas.authentication.ha.enabled', 'false')
    expect(await logIn('ada', codeOf(record))).toBe('reject no-token-assigned')
    await expect(sync()).rejects.toMatchObject({ code: 'HA_SWITCHED_OFF' })
  })
})

it('removes everything when the connection is ended', async () => {
  await connect()
  await newUser('ada')
  const record = cloud.put('ada')
  cloud.put('bob')
  await sync()
  expect(await disconnectCloud(ha, COMMAND)).toEqual({ removed: 2 })
  expect(await tokenOf(record)).toBeUndefined()
  expect((await haStatus(ha, COMMAND)).connection).toBeNull()
  expect((await listSyncRuns(ha, COMMAND, { limit: 5 })).items).toHaveLength(1)
})
