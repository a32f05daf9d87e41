import {
  CloudError,
  deleteToken,
  deleteUser,
  disconnectCloud,
  haAlarm,
  haStatus,
  listSyncRuns,
  synchroniseNow,
  synchroniseWhenDue,
  updateUser,
} from '@driftlock/application'
import { step, stepAt } from '@driftlock/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND } from './testing/deployment.ts'
import type { FakeRecord } from './testing/fake-cloud.ts'
import { type HaDeployment, openHaDeployment } from './testing/ha-deployment.ts'

let at: HaDeployment
beforeEach(async () => {
  at = await openHaDeployment()
})
afterEach(() => at.close())

const MARKER = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'

describe('a run', () => {
  it('brings every record in pages, and its users in with the codes of their apps', async () => {
    await at.connect()
    await at.localFirst()
    await at.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
    const records = []
    for (const name of ['ada', 'bob', 'eve', 'kim', 'lea']) {
      await at.newUser(name)
      records.push(at.cloud.put(name))
    }
    const run = await at.sync()
    expect(run).toMatchObject({ outcome: 'succeeded', kind: 'full', counts: { pages: 3, fetched: 5, added: 5 } })
    expect(await at.logIn('kim', at.codeOf(records[3] as FakeRecord))).toBe('accept passcode-accepted')
    expect(await at.counts()).toEqual({ matched: 5, unmatched: {}, revoked: 0, deletedHere: 0 })
  })

  it('fetches only what changed since, and opens no seed twice', async () => {
    await at.connect()
    await at.newUser('ada')
    await at.newUser('bob')
    const [first, second] = [at.cloud.put('ada'), at.cloud.put('bob')]
    await at.sync()
    at.cloud.opened = 0
    at.cloud.change(first.recordId, {
      lastUsedStep: step(stepAt({ kind: 'totp', intervalSeconds: 60, t0Seconds: 0 }, at.clock.now())),
    })
    expect(await at.sync()).toMatchObject({ kind: 'incremental', counts: { fetched: 1, updated: 1 } })
    expect(at.cloud.opened).toBe(0)
    await at.localFirst()
    expect(await at.logIn('ada', at.codeOf(first))).toBe('reject tokencode-reused')
    expect(await at.logIn('bob', at.codeOf(second))).toBe('accept passcode-accepted')
    expect(await at.sync()).toMatchObject({ counts: { fetched: 1, stepsReported: 1 } })
    expect(await at.sync()).toMatchObject({ counts: { fetched: 0, stepsReported: 0 } })
  })

  it('keeps a revoked app out, and lets it in again when the cloud does', async () => {
    await at.connect()
    await at.localFirst()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    at.cloud.change(record.recordId, { state: 'revoked' })
    expect(await at.sync()).toMatchObject({ counts: { revoked: 1 } })
    expect(await at.logIn('ada', at.codeOf(record))).toBe('reject no-token-assigned')
    at.cloud.change(record.recordId, { state: 'active' })
    await at.sync()
    expect(await at.logIn('ada', at.codeOf(record, 1))).toBe('accept passcode-accepted')
  })

  it('tells the cloud which steps were used here, each once', async () => {
    await at.connect()
    await at.localFirst()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    await at.logIn('ada', at.codeOf(record))
    at.cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    expect(await at.sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_UNREACHABLE' })
    at.cloud.fault = undefined
    await at.sync()
    await at.sync()
    expect(at.cloud.told).toHaveLength(1)
  })

  it.each([
    ['was deleted', (name: string) => deleteUser(at.ha, COMMAND, { user: name, tokens: 'unassign' })],
    ['was renamed', (name: string) => updateUser(at.ha, COMMAND, { user: name, username: 'nobody' })],
    [
      'was deleted and created anew',
      async (name: string) => {
        await deleteUser(at.ha, COMMAND, { user: name, tokens: 'unassign' })
        await at.newUser(name)
      },
    ],
    ['lost the token', () => deleteToken(at.ha, COMMAND, { token: 'MFA000000000001' })],
  ])('tells the cloud of a step whose user %s before the cloud was told, once', async (_what, change) => {
    await at.connect()
    await at.localFirst()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    expect(await at.logIn('ada', at.codeOf(record))).toBe('accept passcode-accepted')
    await change('ada')
    const used = stepAt({ kind: 'totp', intervalSeconds: 60, t0Seconds: 0 }, at.clock.now())
    expect(await at.sync()).toMatchObject({ counts: { stepsReported: 1 } })
    expect(await at.sync()).toMatchObject({ counts: { stepsReported: 0 } })
    expect(at.cloud.told).toEqual([{ serial: record.serial, step: used }])
  })

  it('waits longer after each failure, and is due again then', async () => {
    await at.connect()
    at.cloud.fault = new CloudError('CLOUD_TIMEOUT', 'slow')
    const waits: number[] = []
    for (let failures = 0; failures < 4; failures++) {
      expect(await synchroniseWhenDue(at.ha)).toMatchObject({ outcome: 'failed' })
      const { connection } = await haStatus(at.ha, COMMAND)
      waits.push((connection?.nextRunAt ?? 0) - at.clock.now())
      expect(await synchroniseWhenDue(at.ha)).toBeUndefined()
      at.clock.advanceMs(waits.at(-1) ?? 0)
    }
    expect(waits.every((wait, index) => wait >= 2500 * 2 ** index && wait <= 5000 * 2 ** index)).toBe(true)
    at.cloud.fault = undefined
    expect(await synchroniseWhenDue(at.ha)).toMatchObject({ outcome: 'succeeded' })
  })

  it('raises the alarm when the last good one is too long ago', async () => {
    await at.connect()
    await at.sync()
    expect(await haAlarm(at.ha)).toMatchObject({ connected: true, overdue: false })
    at.clock.advanceMs(3_601_000)
    expect(await haAlarm(at.ha)).toMatchObject({ overdue: true })
  })

  it('takes nothing over from an answer about another company', async () => {
    await at.connect()
    await at.newUser('ada')
    at.cloud.put('ada')
    at.cloud.companyId = 'company-2'
    expect(await at.sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_FOREIGN_COMPANY' })
    expect((await at.counts()).matched).toBe(0)
  })

  it('goes on after a page whose next one failed, and after a run that was killed', async () => {
    await at.connect()
    await at.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
    for (const name of ['ada', 'bob', 'eve', 'kim', 'lea']) {
      await at.newUser(name)
      at.cloud.put(name)
    }
    let feeds = 0
    at.cloud.onFeed = () => {
      if (++feeds === 2) throw new CloudError('CLOUD_UNREACHABLE', 'cut')
    }
    expect(await at.sync()).toMatchObject({ outcome: 'failed', counts: { pages: 1 } })
    expect((await at.counts()).matched).toBe(2)
    at.cloud.feeds.length = 0
    expect(await at.sync()).toMatchObject({ kind: 'full', outcome: 'succeeded', counts: { fetched: 3, added: 3 } })
    expect(at.cloud.feeds[0]).not.toBe('0')
    expect((await at.counts()).matched).toBe(5)
  })

  it('begins anew when somebody sets the marker to 0 while a page is on its way', async () => {
    await at.connect()
    await at.newUser('ada')
    at.cloud.put('ada')
    let isFirst = true
    at.cloud.onFeed = async () => {
      if (isFirst) await at.set(MARKER, '5')
      isFirst = false
    }
    await at.set(MARKER, '0')
    const run = await at.sync()
    expect(run.outcome).toBe('succeeded')
    expect((await at.counts()).matched).toBe(1)
  })

  it('removes nothing when somebody sets the marker ahead after a full one was cut short', async () => {
    await at.connect()
    await at.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
    for (const name of ['ada', 'bob', 'eve', 'kim', 'lea']) {
      await at.newUser(name)
      at.cloud.put(name)
    }
    await at.sync()
    await at.set(MARKER, '0')
    let feeds = 0
    at.cloud.onFeed = () => {
      if (++feeds === 2) throw new CloudError('CLOUD_UNREACHABLE', 'cut')
    }
    expect(await at.sync()).toMatchObject({ outcome: 'failed', counts: { pages: 1 } })
    at.cloud.put('mia', { changeTimeMs: 9_000_000 })
    await at.set(MARKER, '9000000')
    expect(await at.sync()).toMatchObject({ kind: 'incremental', outcome: 'succeeded', counts: { removed: 0 } })
    expect((await at.counts()).matched).toBe(5)
  })

  it('takes up a marker that was set by hand once, with the first record of that millisecond', async () => {
    await at.connect()
    at.cloud.put('ada')
    await at.sync()
    expect(await synchroniseWhenDue(at.ha)).toBeUndefined()
    at.cloud.put('bob', { changeTimeMs: 9_000_000 })
    await at.set(MARKER, '9000000')
    expect(await synchroniseWhenDue(at.ha)).toMatchObject({ kind: 'incremental', counts: { fetched: 1 } })
    at.clock.advanceMs(10_000)
    expect(await synchroniseWhenDue(at.ha)).toBeUndefined()
  })

  it('fetches everything, and ends, when a marker was set behind all that the cloud has', async () => {
    await at.connect()
    at.cloud.put('ada')
    await at.sync()
    await at.set(MARKER, '9000000')
    expect(await synchroniseWhenDue(at.ha)).toMatchObject({ kind: 'full', counts: { fetched: 1 } })
    at.clock.advanceMs(10_000)
    expect(await synchroniseWhenDue(at.ha)).toBeUndefined()
  })

  it('is done by one instance at a time', async () => {
    await at.connect()
    at.cloud.put('ada')
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    at.cloud.onFeed = () => held
    const first = synchroniseNow(at.ha, COMMAND, { trigger: 'command' })
    await expect(
      synchroniseNow({ ...at.ha, instanceName: 'two' }, COMMAND, { trigger: 'console' }),
    ).rejects.toMatchObject({ code: 'SYNC_UNDER_WAY' })
    release()
    expect(await first).toMatchObject({ outcome: 'succeeded' })
  })

  it('lists a record whose seed does not open, and asks for it again', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    const { seed } = record
    at.cloud.change(record.recordId, { seed: new Uint8Array(4) })
    expect(await at.sync()).toMatchObject({ counts: { failed: 1 } })
    expect(await at.counts()).toMatchObject({ matched: 0, unmatched: { 'seed-unreadable': 1 } })
    const held = at.cloud.records.get(record.recordId)
    if (held !== undefined) at.cloud.records.set(record.recordId, { ...held, seed })
    await at.sync()
    expect(await at.counts()).toMatchObject({ matched: 1, unmatched: {} })
  })
})

it('removes everything when the connection is ended', async () => {
  await at.connect()
  await at.newUser('ada')
  const record = at.cloud.put('ada')
  at.cloud.put('bob')
  await at.sync()
  expect(await disconnectCloud(at.ha, COMMAND)).toEqual({ removed: 2 })
  expect(await at.tokenOf(record)).toBeUndefined()
  expect((await haStatus(at.ha, COMMAND)).connection).toBeNull()
  expect((await listSyncRuns(at.ha, COMMAND, { limit: 5 })).items).toHaveLength(1)
})
