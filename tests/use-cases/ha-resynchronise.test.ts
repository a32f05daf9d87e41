import {
  CloudError,
  deleteToken,
  deleteUser,
  listRecords,
  previewResync,
  requestResync,
  resyncUser,
  synchroniseWhenDue,
  updateUser,
} from '@driftlock/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND } from './testing/deployment.ts'
import { type HaDeployment, openHaDeployment } from './testing/ha-deployment.ts'

let at: HaDeployment
beforeEach(async () => {
  at = await openHaDeployment()
})
afterEach(() => at.close())

const MARKER = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'

describe('the four reasons of seed 001', () => {
  const resync = () => at.set(MARKER, '0')

  it('the company account changed: the records of the old one go, those of the new one come', async () => {
    await at.connect()
    await at.newUser('ada')
    const old = at.cloud.put('ada')
    await at.sync()
    at.cloud.records.clear()
    at.cloud.companyId = 'company-2'
    await at.connect()
    const fresh = at.cloud.put('ada')
    expect(await at.sync()).toMatchObject({ kind: 'full', outcome: 'succeeded', counts: { added: 1, removed: 1 } })
    expect(await at.tokenOf(old)).toBeUndefined()
    expect(await at.tokenOf(fresh)).toMatchObject({ username: 'ada' })
  })

  it('a source was added that the cloud also has', async () => {
    await at.connect()
    const record = at.cloud.put('ada', { identitySource: 'HR' })
    await at.newUser('ada')
    await at.sync()
    expect((await at.counts()).unmatched).toEqual({ 'source-unknown': 1 })
    await at.store.administration.transaction(async (tx) => {
      const source = { id: 'hr', name: 'HR', kind: 'ldap', configuration: {}, version: 0 } as const
      await tx.securityDomains.saveIdentitySource(source)
      const ada = await tx.users.findByLoginName('ada')
      if (ada !== undefined) await tx.users.update({ ...ada, identitySourceId: 'hr' })
    })
    await resync()
    expect(await at.sync()).toMatchObject({ kind: 'full', counts: { fetched: 1 } })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
  })

  it('users were not to be found and now are: also without asking the cloud for anything', async () => {
    await at.connect()
    const record = at.cloud.put('ada')
    await at.sync()
    const { items } = await listRecords(at.ha, COMMAND, { limit: 10, filter: { condition: 'unmatched' } })
    expect(items).toMatchObject([{ serial: record.serial, reason: 'user-unknown' }])
    await at.newUser('ada')
    at.cloud.fault = new CloudError('CLOUD_UNREACHABLE', 'away')
    expect(await at.sync()).toMatchObject({ outcome: 'failed', counts: { rematched: 1 } })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
    at.cloud.fault = undefined
    await resync()
    expect(await at.sync()).toMatchObject({ kind: 'full', outcome: 'succeeded' })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
  })

  it('tokens were deleted by an administrator: they stay deleted until everything is fetched again', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    await deleteToken(at.ports, COMMAND, { token: record.serial })
    await at.sync()
    expect(await at.tokenOf(record)).toBeUndefined()
    expect((await at.counts()).deletedHere).toBe(1)
    await requestResync(at.ha, COMMAND)
    const run = await synchroniseWhenDue(at.ha)
    expect(run).toMatchObject({ kind: 'full', divergence: { deletedHere: 1, missing: 0, different: 0, gone: 0 } })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
  })
})

describe('a full run', () => {
  it('removes what the cloud no longer has, and reports it as divergence', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    at.cloud.put('bob')
    await at.sync()
    at.cloud.records.delete(record.recordId)
    expect(await previewResync(at.ha, COMMAND)).toMatchObject({ removed: 1, counts: { fetched: 1, added: 0 } })
    await requestResync(at.ha, COMMAND)
    expect(await at.sync()).toMatchObject({ counts: { removed: 1 }, divergence: { gone: 1 } })
    expect(await at.tokenOf(record)).toBeUndefined()
  })

  it('comes by itself when the rule of matching changes', async () => {
    await at.connect()
    await at.newUser('ada', { email: 'ada@example.org' })
    const record = at.cloud.put('ada@example.org')
    await at.sync()
    expect((await at.counts()).unmatched).toEqual({ 'user-unknown': 1 })
    await at.set('auth_manager.cas.authentication.ha.matching.attribute', 'email')
    expect(await at.sync()).toMatchObject({ kind: 'full' })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
  })
})

describe('one user', () => {
  it('is resynchronised alone, and first only looked at', async () => {
    await at.connect()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    await deleteToken(at.ports, COMMAND, { token: record.serial })
    expect(await resyncUser(at.ha, COMMAND, { user: 'ada', dryRun: true })).toMatchObject({
      divergence: { deletedHere: 1 },
    })
    expect(await at.tokenOf(record)).toBeUndefined()
    await resyncUser(at.ha, COMMAND, { user: 'ada' })
    expect(await at.tokenOf(record)).toMatchObject({ username: 'ada' })
    at.cloud.records.delete(record.recordId)
    expect(await resyncUser(at.ha, COMMAND, { user: 'ada' })).toMatchObject({ removed: 1 })
    expect(await at.tokenOf(record)).toBeUndefined()
  })

  it('loses the app when renamed, and finds it under the new name', async () => {
    await at.connect()
    await at.newUser('ada')
    const [old, next] = [at.cloud.put('ada'), at.cloud.put('ada.lovelace')]
    await at.sync()
    await updateUser(at.ports, COMMAND, { user: 'ada', username: 'ada.lovelace' })
    await at.sync()
    expect(await at.tokenOf(old)).toBeUndefined()
    expect(await at.tokenOf(next)).toMatchObject({ username: 'ada.lovelace' })
  })

  it('is deleted with the tokens of the apps, which wait for a successor', async () => {
    await at.connect()
    await at.localFirst()
    await at.newUser('ada')
    const record = at.cloud.put('ada')
    await at.sync()
    await at.logIn('ada', at.codeOf(record))
    expect(await deleteUser(at.ports, COMMAND, { user: 'ada', tokens: 'unassign' })).toEqual({
      serials: [record.serial],
    })
    await at.newUser('ada')
    await at.sync()
    expect(await at.logIn('ada', at.codeOf(record))).toBe('reject tokencode-reused')
  })
})
