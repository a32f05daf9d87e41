import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { deleteToken } from '@driftlock/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../adapters/keys/testing/test-clock.ts'
import { type ScratchCloud, startScratchCloud } from '../../apps/cloud/testing/index.ts'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { recordsOfCloud } from './testing/both-sides.ts'
import { differences } from './testing/differences.ts'
import { type Manager, openManager } from './testing/manager.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const MARKER_TIME = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'
const NAMES = ['ada', 'bob']

let folder: string
let clock: TestClock
let cloud: ScratchCloud
let manager: Manager

beforeEach(async () => {
  folder = scratchFolder()
  clock = new TestClock()
  cloud = await startScratchCloud({ clock, database: join(folder, 'cloud.db') })
  manager = await openManager({ database: join(folder, 'manager.db'), clock })
  await manager.connect(cloud.url, await cloud.managerCode())
  for (const name of NAMES) await cloud.registerApp((await cloud.createUser(name)).id)
})
afterEach(async () => {
  await manager.close()
  await cloud.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const anySource = () => manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')

async function expectAsCloud(there: ScratchCloud, names: readonly string[]): Promise<void> {
  expect(await differences(manager, await recordsOfCloud(there.cloud, there.company.id), names)).toEqual([])
}

/** As seed 001 has it: the marker time becomes 0, and the next run fetches everything. */
async function fullResync() {
  await manager.set(MARKER_TIME, '0')
  const run = await manager.sync()
  expect(run).toMatchObject({ outcome: 'succeeded', kind: 'full' })
  return run
}

describe('a full resynchronisation, over the wire, for each of the reasons of seed 001', () => {
  it('the company account changed and the manager was connected again', async () => {
    await anySource()
    await manager.insertUsers(NAMES)
    await manager.sync()
    const next = await startScratchCloud({ clock, database: join(folder, 'next.db') })
    try {
      for (const name of NAMES) await next.registerApp((await next.createUser(name)).id)
      await manager.connect(next.url, await next.managerCode())
      expect((await fullResync()).counts).toMatchObject({ added: 2, removed: 2 })
      await expectAsCloud(next, NAMES)
    } finally {
      await next.dispose()
    }
  })

  it('an identity source was added that the cloud also has', async () => {
    await manager.insertUsers(NAMES)
    expect((await manager.sync()).counts).toMatchObject({ fetched: 2, unmatched: 2 })
    await expectAsCloud(cloud, [])
    await manager.ports.administration.transaction(async (tx) => {
      const source = { id: 'employees', name: 'Employees', kind: 'ldap', configuration: {}, version: 0 } as const
      await tx.securityDomains.saveIdentitySource(source)
      for (const name of NAMES) {
        const user = await tx.users.findByLoginName(name)
        if (user !== undefined) await tx.users.update({ ...user, identitySourceId: source.id })
      }
    })
    await fullResync()
    await expectAsCloud(cloud, NAMES)
  })

  it('users were not to be found and now are', async () => {
    await anySource()
    expect((await manager.sync()).counts).toMatchObject({ fetched: 2, unmatched: 2 })
    await manager.insertUsers(NAMES)
    await fullResync()
    await expectAsCloud(cloud, NAMES)
  })

  it('tokens were deleted by an administrator', async () => {
    await anySource()
    await manager.insertUsers(NAMES)
    await manager.sync()
    for (const { serial } of await recordsOfCloud(cloud.cloud, cloud.company.id))
      await deleteToken(manager.ports, COMMAND, { token: serial })
    await manager.sync()
    expect((await manager.ports.administration.read.highAvailability.counts()).deletedHere).toBe(2)
    expect((await fullResync()).divergence).toMatchObject({ deletedHere: 2 })
    await expectAsCloud(cloud, NAMES)
  })
})
