import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, probeCloud, revokeApp, searchAudit } from '@driftlock/application'
import { COMMAND_CONTEXT } from '@driftlock/cloud'
import { addMs, MS_PER_HOUR } from '@driftlock/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ScratchCloud, seedApps, startScratchCloud } from '../../apps/cloud/testing/index.ts'
import { TestClock } from '../../adapters/keys/testing/test-clock.ts'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { recordsOfCloud, recordsOfManager } from './testing/both-sides.ts'
import { differences } from './testing/differences.ts'
import { type LineToCloud, lineTo, onFeed } from './testing/line-to-cloud.ts'
import { type Manager, openManager } from './testing/manager.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { ofCompany, readingSeeds, swappingSeeds } from './testing/lying-cloud.ts'

/** Records of one page: three pages in all. */
const PAGE = 4
const USERS = 10
const NAMES = Array.from({ length: USERS }, (_, number) => `user${String(number).padStart(7, '0')}`)

const clock = new TestClock()
let folder: string
let cloud: ScratchCloud
let line: LineToCloud
let manager: Manager

beforeAll(async () => {
  folder = scratchFolder()
  cloud = await startScratchCloud({ clock })
  await seedApps(cloud.cloud, { companyId: cloud.company.id, sourceId: cloud.source.id, count: USERS })
})
afterAll(async () => {
  await cloud.dispose()
  rmSync(folder, { recursive: true, force: true })
})

let made = 0
beforeEach(async () => {
  line = await lineTo(cloud.url)
  manager = await openManager({ database: join(folder, `manager-${++made}.db`), clock })
  await manager.connect(line.url, await cloud.managerCode())
  await manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
  await manager.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', String(PAGE))
  await manager.insertUsers(NAMES)
})
afterEach(async () => {
  await manager.close()
  await line.close()
})

/** Everything the cloud has is here, with its seed and its user, once. */
async function expectAsCloud(): Promise<void> {
  const there = await recordsOfCloud(cloud.cloud, cloud.company.id)
  expect(there).toHaveLength(USERS)
  expect(await differences(manager, there, NAMES)).toEqual([])
}

async function expectFailed(errorCode: string): Promise<void> {
  const before = await recordsOfManager(manager)
  expect(await manager.sync()).toMatchObject({ outcome: 'failed', errorCode })
  expect(await recordsOfManager(manager)).toEqual(before)
}

/** The fault is met, nothing of it is taken over, and the run after it ends whole. */
async function expectRefused(errorCode: string): Promise<void> {
  await expectFailed(errorCode)
  line.fault(undefined)
  expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
  await expectAsCloud()
}

/** The cloud revokes one app, which is news to the manager. */
async function revokeSome(): Promise<void> {
  clock.advanceMs(1000)
  const active = (await recordsOfCloud(cloud.cloud, cloud.company.id)).find(({ state }) => state === 'active')
  if (active !== undefined) await revokeApp(cloud.cloud, COMMAND_CONTEXT, active.serial)
}

describe('the cloud', () => {
  it('answers without a fault: everything is here', async () => {
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded', counts: { pages: 3, added: USERS } })
    await expectAsCloud()
  })

  it('dies in the middle of a page: what came whole before it stays, and the rest follows', async () => {
    let feeds = 0
    line.fault(
      onFeed((answer, _target, response) => {
        if (++feeds < 2) return answer
        response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
        response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy())
        return 'broken'
      }),
    )
    expect(await manager.sync()).toMatchObject({
      outcome: 'failed',
      errorCode: 'CLOUD_UNREACHABLE',
      counts: { pages: 1 },
    })
    expect((await recordsOfManager(manager)).records).toHaveLength(PAGE)
    line.fault(undefined)
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded', counts: { added: USERS - PAGE } })
    await expectAsCloud()
  })

  it('is stopped and started again between two pages', async () => {
    let feeds = 0
    line.fault(
      onFeed(async (answer) => {
        if (++feeds === 1) await cloud.cut()
        return answer
      }),
    )
    expect(await manager.sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_UNREACHABLE' })
    await cloud.restart()
    line.fault(undefined)
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await expectAsCloud()
  })

  it('does not answer in time', async () => {
    await manager.set('ims.trust.via.read_timeout', '300')
    line.delay(600)
    expect(await manager.sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_TIMEOUT' })
    line.delay(0)
    await manager.set('ims.trust.via.read_timeout', '30000')
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await expectAsCloud()
  })
})

describe('an answer is not believed', () => {
  it('that is garbage', async () => {
    line.fault(onFeed(() => ({ status: 200, headers: {}, body: Buffer.from('<html>Welcome to this hotel</html>') })))
    await expectRefused('CLOUD_ANSWER_UNTRUSTED')
  })

  it('of which one octet was changed', async () => {
    line.fault(
      onFeed((answer) => {
        const body = Buffer.from(answer.body)
        const place = Math.floor(body.length / 2)
        body[place] = (body[place] ?? 0) ^ 1
        return { ...answer, body }
      }),
    )
    await expectRefused('CLOUD_ANSWER_UNTRUSTED')
  })

  it('whose signature was changed', async () => {
    line.fault(
      onFeed((answer) => {
        const signature = String(answer.headers['driftlock-answer'])
        const forged = signature.slice(0, -4) + (signature.endsWith('AAAA') ? 'BBBB' : 'AAAA')
        return { ...answer, headers: { ...answer.headers, 'driftlock-answer': forged } }
      }),
    )
    await expectRefused('CLOUD_ANSWER_UNTRUSTED')
  })

  it('that was given before, to another request', async () => {
    await manager.sync()
    await revokeSome()
    let kept: Parameters<Parameters<typeof onFeed>[0]>[0] | undefined
    line.fault(onFeed((answer) => (kept ??= answer)))
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await revokeSome()
    await expectRefused('CLOUD_ANSWER_UNTRUSTED')
  })

  it('whose status was changed', async () => {
    line.fault(onFeed((answer) => ({ ...answer, status: 203 })))
    await expectRefused('CLOUD_ANSWER_UNTRUSTED')
  })

  it('that is larger than was agreed on, whether it says so or not', async () => {
    const huge = Buffer.alloc(9 << 20, 0x20)
    line.fault(onFeed((answer) => ({ ...answer, body: huge })))
    await expectRefused('CLOUD_ANSWER_TOO_LARGE')
    await manager.set('auth_manager.cas.authentication.ha.seed_sync.marker_time', '0')
    let sent = 0
    line.fault(
      onFeed((_answer, _target, response) => {
        response.writeHead(200)
        response.on('error', () => undefined)
        const more = (): void => {
          if (response.destroyed || sent > 200 << 20) return void response.destroy()
          sent += 1 << 20
          response.write(huge.subarray(0, 1 << 20), more)
        }
        more()
        return 'broken'
      }),
    )
    expect(await manager.sync()).toMatchObject({ outcome: 'failed', errorCode: 'CLOUD_ANSWER_TOO_LARGE' })
    expect(sent).toBeLessThan(64 << 20)
    line.fault(undefined)
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await expectAsCloud()
  })
})

describe('a marker behind everything the cloud has', () => {
  it('makes the run a full one, which finds what an incremental one would have passed over', async () => {
    await manager.sync()
    await manager.set('auth_manager.cas.authentication.ha.seed_sync.marker_time', '99999999999999')
    await revokeSome()
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded', kind: 'full', counts: { revoked: 1 } })
    await expectAsCloud()
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded', kind: 'incremental', counts: { fetched: 0 } })
    const { items } = await searchAudit(manager.ports, COMMAND, {
      filter: { actions: ['resynchronise-records'] },
      limit: 1,
    })
    expect(items[0]?.entry).toMatchObject({ reason: 'marker-behind-cloud', before: { marker: '99999999999999.-' } })
  })
})

describe('records of another manager', () => {
  it('do not open here, even if the cloud itself sent them; its own do afterwards', async () => {
    const seeds = new Map<string, string>()
    const other = await openManager({ database: join(folder, 'other.db'), clock, through: readingSeeds(seeds) })
    await other.connect(cloud.url, await cloud.managerCode())
    await other.sync()
    await other.close()
    expect(seeds.size).toBeGreaterThan(0)
    const { database } = manager
    await manager.close()
    manager = await openManager({ database, clock, through: swappingSeeds(seeds) })
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded', counts: { failed: seeds.size } })
    expect((await recordsOfManager(manager)).tokenSerials).toEqual([])
    await manager.close()
    manager = await openManager({ database, clock })
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await expectAsCloud()
  })

  it('are refused as a company', async () => {
    const stranger = await startScratchCloud({ clock })
    try {
      const { database } = manager
      await manager.close()
      manager = await openManager({ database, clock, through: ofCompany(stranger.company.id) })
      await expectFailed('CLOUD_FOREIGN_COMPANY')
    } finally {
      await stranger.dispose()
    }
  })
})

describe('a clock', () => {
  it.each([-1, 1])('that is %i h off is found out by the signed answer and worked with', async (hours) => {
    const { database } = manager
    await manager.close()
    const wrong: Clock = { now: () => addMs(clock.now(), hours * MS_PER_HOUR), monotonicMs: () => clock.monotonicMs() }
    manager = await openManager({ database, clock: wrong })
    expect(await manager.sync()).toMatchObject({ outcome: 'succeeded' })
    await expectAsCloud()
    const reach = await probeCloud(manager.ports, COMMAND)
    expect(reach).toMatchObject({ reachable: true, skewSeconds: -hours * 3600 })
  })
})
