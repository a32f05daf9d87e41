import { deleteToken, requestResync, runSyncOnce, synchroniseNow } from '@driftlock/application'
import { codeSource, stepAt } from '@driftlock/domain'
import { TestClock } from '../../../adapters/keys/testing/test-clock.ts'
import { COMMAND } from '../../use-cases/testing/deployment.ts'
import { FakeCloud, type FakeRecord } from '../../use-cases/testing/fake-cloud.ts'
import { recordsOfFake } from './both-sides.ts'
import { differences } from './differences.ts'
import { type Manager, openManager } from './manager.ts'
import { CrashPlan, crashing, Killed } from './crashing-ports.ts'

export interface KilledRuns {
  /** Steps at which a run was killed, in their order. */
  readonly points: readonly string[]
  /** What was not as at the cloud after the run that followed; empty = all is well. */
  readonly faults: readonly string[]
}

const PAGE = 3
const LEASE_MS = 121_000

/**
 * Kills a run at its first step, then at its second, and so on until one is through; before each the cloud has changed in
 * every way it can, and once more before the next run, of another instance, which must leave everything as the cloud has it.
 * @param run.every Only each so manieth step.
 */
export async function killedRuns(
  database: string,
  { kind, every = 1 }: { readonly kind: 'incremental' | 'full'; readonly every?: number },
): Promise<KilledRuns> {
  const clock = new TestClock()
  const cloud = new FakeCloud()
  const manager = await openManager({ database, clock, through: (ports) => ({ ...ports, cloud: cloud.service() }) })
  const points: string[] = []
  const faults: string[] = []
  try {
    await begin(manager, cloud)
    for (let at = 1; ; at += every) {
      await change({ manager, cloud, clock, kind }, at)
      if (kind === 'full') await requestResync(manager.ports, COMMAND)
      const plan = new CrashPlan(at)
      await killed(manager, plan)
      if (plan.killedAt === undefined) return { points, faults }
      points.push(plan.killedAt)
      clock.advanceMs(LEASE_MS)
      newApp(cloud, known(4 + at))
      const run = await runSyncOnce({ ...manager.ports, instanceName: 'am2' }, { trigger: 'schedule' })
      const found =
        run.outcome === 'succeeded' ? await differences(manager, recordsOfFake(cloud), USERS) : [`${run.errorCode}`]
      faults.push(...found.map((fault) => `step ${at}, ${plan.killedAt}: ${fault}`))
    }
  } finally {
    await manager.close()
  }
}

async function killed({ ports }: Manager, plan: CrashPlan): Promise<void> {
  try {
    await synchroniseNow(crashing(plan)(ports), COMMAND, { trigger: 'command' })
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

/** Somebody's app is replaced by another. */
function newApp(cloud: FakeCloud, name: string): void {
  for (const { recordId } of appsOf(cloud, name)) cloud.change(recordId, { state: 'revoked' })
  cloud.put(name)
}

const KNOWN = Array.from({ length: 5 }, (_, number) => `known${number}`)
const USERS = [...KNOWN, 'leaver']
const known = (place: number): string => KNOWN[place % KNOWN.length] ?? ''

async function begin(manager: Manager, cloud: FakeCloud): Promise<void> {
  await manager.connect('https://cloud.example', 'code')
  await manager.set('auth_manager.cas.authentication.ha.order', 'local-first')
  await manager.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', String(PAGE))
  await manager.insertUsers(USERS)
  for (const name of [...USERS, 'unknown']) cloud.put(name)
  await manager.sync()
}

interface Round {
  readonly manager: Manager
  readonly cloud: FakeCloud
  readonly clock: TestClock
  readonly kind: 'incremental' | 'full'
}

/** A new app in place of an old one, an unknown user's, a step used there and one here, a new seed. */
async function change(round: Round, number: number): Promise<void> {
  const { manager, cloud, clock } = round
  clock.advanceMs(120_000)
  const name = (place: number) => known(place + number)
  newApp(cloud, name(0))
  for (const { recordId } of appsOf(cloud, 'unknown')) cloud.change(recordId, { digits: 6 + 2 * (number % 2) })
  for (const record of appsOf(cloud, name(1)))
    cloud.change(record.recordId, { lastUsedStep: stepAt({ ...TOTP, ...record }, clock.now()) })
  for (const { recordId, seedVersion } of appsOf(cloud, name(2)))
    cloud.change(recordId, { seedVersion: seedVersion + 1, seed: new Uint8Array(32).fill(number % 250) })
  for (const record of appsOf(cloud, name(3))) await manager.logIn(name(3), codeOf(record, clock))
  if (round.kind === 'full') await changeUnseen(round)
}

/** What only a full run finds: records that are gone without a trace, a token that an administrator deleted. */
async function changeUnseen({ manager, cloud }: Round): Promise<void> {
  const revoked = [...cloud.records.values()].filter(({ state }) => state === 'revoked')
  for (const { recordId } of revoked.slice(0, -1)) cloud.records.delete(recordId)
  for (const { serial } of appsOf(cloud, 'leaver')) {
    const token = await manager.ports.administration.read.tokens.findBySerial(serial)
    if (token !== undefined) await deleteToken(manager.ports, COMMAND, { token: serial })
  }
}

function appsOf({ records }: FakeCloud, name: string): readonly FakeRecord[] {
  return [...records.values()].filter(({ userAttribute, state }) => userAttribute === name && state === 'active')
}

const TOTP = { kind: 'totp', t0Seconds: 0 } as const

function codeOf(record: FakeRecord, clock: TestClock): string {
  const { seed, digits, intervalSeconds, algorithm, serial } = record
  const shown = { ...TOTP, algorithm, digits, intervalSeconds, serial }
  return codeSource(shown, seed).code(stepAt(shown, clock.now()))
}
