import { TestManager } from '@driftlock/cloud-keys/testing'
import { startScratchCloud, type ScratchCloud } from '@driftlock/cloud/testing'
import { feedPage, managerCalls } from '@driftlock/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'

let cloud: ScratchCloud
beforeAll(async () => {
  cloud = await startScratchCloud()
})
afterAll(() => cloud.dispose())

it('hands a connected manager the seed of a registered app, sealed', async () => {
  const manager = await TestManager.connect(cloud.url, await cloud.managerCode())
  const anna = await cloud.createUser('anna')
  const app = await cloud.registerApp(anna.id)
  const answer = await manager.call('GET', '/cloud/v1/feed?after=0&limit=1000')
  expect(answer).toMatchObject({ status: 200, signed: true })
  const page = feedPage.parse(answer.body)
  expect(page.records).toHaveLength(1)
  const [record] = page.records
  expect(record).toMatchObject({ serial: app.serial, userAttribute: 'anna', state: 'active' })
  if (record?.state !== 'active') throw new Error('it is active')
  const { seed, header } = await manager.openSeed(record.sealedSeed)
  expect(Buffer.from(seed).toString('base64url')).toBe(app.seed)
  expect(header).toMatchObject({ managerId: manager.managerId, serial: app.serial, seedVersion: 1 })
  expect(managerCalls.status.response.parse((await manager.call('GET', '/cloud/v1/status')).body)).toMatchObject({
    recordCount: 1,
    latestMarker: page.nextMarker,
  })
})
