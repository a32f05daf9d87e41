/**
 * What the feed of the cloud gives a manager: records a second with the sealing of every seed, and without (sealed before),
 * beside bare sealing in the same run; what one change costs. Run: `npm run bench -- cloud [RECORDS] [postgres://…]`.
 */
import { randomBytes } from 'node:crypto'
import { seedApps, startScratchCloud } from '@driftlock/cloud/testing'
import { cloudCipher } from '@driftlock/cloud-keys'
import { TestManager } from '@driftlock/cloud-keys/testing'
import { feedPage } from '@driftlock/contracts'

const records = Number(process.argv[2] ?? 20_000)
const database = process.argv[3]
const SEALED_ALONE = 2000

const perSecond = (count: number, fromMs: number): number => Math.round((count * 1000) / (performance.now() - fromMs))

/** Fetches from a marker to the end. @returns how many records, and the last marker. */
async function fetchAll(manager: TestManager, from: string): Promise<{ count: number; marker: string }> {
  for (let marker = from, count = 0; ; ) {
    const answer = await manager.call('GET', `/cloud/v1/feed?after=${marker}&limit=1000`)
    if (answer.signed !== true) throw new Error(`an answer was not signed: ${answer.status}`)
    const page = feedPage.parse(answer.body)
    count += page.records.length
    marker = page.nextMarker
    if (!page.hasMore) return { count, marker }
  }
}

/** Sealing by itself, as the service does it, to the manager's key. */
async function bareSealing(manager: TestManager): Promise<number> {
  const key = { id: manager.sealing.id, jwk: JSON.stringify(manager.sealing.jwk) }
  const seeds = Array.from({ length: SEALED_ALONE }, (_, index) => ({
    facts: { managerId: manager.managerId, recordId: String(index), serial: 'MFA000000000000', seedVersion: 1 },
    seed: new Uint8Array(randomBytes(32)),
  }))
  const from = performance.now()
  await cloudCipher.sealSeeds(key, seeds)
  return perSecond(SEALED_ALONE, from)
}

const cloud = await startScratchCloud({
  ...(database !== undefined && { database }),
  configuration: { limits: { requestsPerAddressAndMinute: 1_000_000 } },
})
try {
  const manager = await TestManager.connect(cloud.url, await cloud.managerCode())
  let from = performance.now()
  let serial = ''
  await seedApps(cloud.cloud, {
    companyId: cloud.company.id,
    sourceId: cloud.source.id,
    count: records,
    onSeeded: (app) => {
      serial = app.serial
    },
  })
  console.log(`seeded ${records} users with an app: ${perSecond(records, from)} /s`)
  const bare = await bareSealing(manager)
  console.log(`bare sealing: ${bare} /s`)
  from = performance.now()
  const first = await fetchAll(manager, '0')
  const sealing = perSecond(first.count, from)
  console.log(
    `full feed, every seed sealed anew: ${first.count} records, ${sealing} /s (${(sealing / bare).toFixed(2)} x)`,
  )
  from = performance.now()
  const second = await fetchAll(manager, '0')
  console.log(`full feed, seeds sealed before: ${second.count} records, ${perSecond(second.count, from)} /s`)
  await manager.call('POST', '/cloud/v1/steps', { body: { steps: [{ serial, step: '1' }] } })
  from = performance.now()
  const changed = await fetchAll(manager, second.marker)
  console.log(`after one change: ${changed.count} record in ${(performance.now() - from).toFixed(1)} ms`)
  console.log(`memory of client and service in one process: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`)
} finally {
  await cloud.dispose()
}
