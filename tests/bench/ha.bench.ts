/**
 * What synchronising with the cloud costs a manager: a full run beside bare JSON and unsealing of such records in the same
 * run, its memory, runs that find few changes, log-ons with an app's code among many records and among few; and how fast the
 * cloud's own feed is. The cloud of the full run is played by another process. Run: `npm run bench -- ha [RECORDS]`.
 */
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { systemClock } from '@driftlock/system'
import { seedApps, startScratchCloud } from '../../apps/cloud/testing/index.ts'
import { openManager } from '../high-availability/testing/manager.ts'
import { type BenchedManager, benchedManager } from './ha/benched-manager.ts'
import { logOnMicros, nextMinute } from './ha/log-ons.ts'
import { openBare, RecordMaker } from './ha/sealed-feed.ts'

const recordCount = Number(process.argv[2] ?? 100_000)
const FEW = 1000
const SAMPLE = 5000
const CLOUD_RECORDS = 5000
const LOG_ON_ROUNDS = 3

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

interface Cost {
  readonly ms: number
  /** Processor time of all threads. */
  readonly cpuMs: number
}

/** @returns what JSON and unsealing alone cost for one record, page by page. */
function bareCost(): Cost {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const jwk = publicKey.export({ format: 'jwk' })
  const maker = new RecordMaker('bench', { jwk: { ...jwk, crv: 'X25519' }, kid: 'k'.repeat(43) })
  const pages = Array.from({ length: SAMPLE / 500 }, (_, page) =>
    JSON.stringify(Array.from({ length: 500 }, (__, place) => maker.record(page * 500 + place, place, null))),
  )
  const [start, usage] = [performance.now(), process.cpuUsage()]
  for (const page of pages)
    for (const { sealedSeed } of JSON.parse(page) as { sealedSeed: string }[]) openBare(sealedSeed, privateKey).fill(0) // of the maker
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(usage)
  return { ms: ms / SAMPLE, cpuMs: (user + system) / 1000 / SAMPLE }
}

interface SyncReport extends Cost {
  readonly outcome: string
  readonly peakMebibytes: number
}

/** The first run, in a process of its own, so that its memory is measured alone. */
async function syncInProcess({ manager }: BenchedManager): Promise<SyncReport> {
  const program = fileURLToPath(import.meta.resolve('../high-availability/testing/sync-process.ts'))
  const { stdout } = await promisify(execFile)(process.execPath, [program, manager.database, 'once'])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as SyncReport // as sync-process says it
}

/** @returns milliseconds of one run. */
async function timedSync({ manager }: BenchedManager): Promise<number> {
  const start = performance.now()
  const run = await manager.sync()
  if (run.outcome !== 'succeeded') throw new Error(`The run ${run.outcome}: ${run.errorText}`)
  return performance.now() - start
}

async function fullRun(benched: BenchedManager): Promise<void> {
  const before = bareCost()
  const { ms, cpuMs, outcome, peakMebibytes } = await syncInProcess(benched)
  if (outcome !== 'succeeded') throw new Error(`The run ${outcome}.`)
  const after = bareCost()
  const bare = { ms: (before.ms + after.ms) / 2, cpuMs: (before.cpuMs + after.cpuMs) / 2 }
  const { matched } = await benched.manager.ports.administration.read.highAvailability.counts()
  const rate = (recordCount * 1000) / ms
  const micros = (cpuMs * 1000) / recordCount
  const byWall = (bare.ms * recordCount) / ms
  const byProcessor = (bare.cpuMs * recordCount) / cpuMs
  say(`full run of ${recordCount}: ${(ms / 1000).toFixed(1)} s, ${rate.toFixed(0)} records/s, ${matched} matched`)
  say(`bare JSON and unsealing: ${(1000 / bare.ms).toFixed(0)} records/s; the run is × ${byWall.toFixed(2)} of it`)
  say(
    `processor time: ${micros.toFixed(0)} µs a record, bare ${(bare.cpuMs * 1000).toFixed(0)} µs: × ${byProcessor.toFixed(2)}`,
  )
  say(`peak memory of the manager's process: ${peakMebibytes.toFixed(0)} MiB`)
}

async function incrementalRuns(benched: BenchedManager, count: number): Promise<void> {
  for (const changes of [0, 100, 1000]) {
    await benched.change(changes)
    say(`run that finds ${changes} of ${count} changed: ${(await timedSync(benched)).toFixed(0)} ms`)
  }
}

async function logOns(few: BenchedManager, many: BenchedManager): Promise<void> {
  const costs: { readonly few: number[]; readonly many: number[] } = { few: [], many: [] }
  for (let round = 0; round < LOG_ON_ROUNDS; round++) {
    await nextMinute()
    costs.few.push(await logOnMicros(few.manager, FEW, round))
    costs.many.push(await logOnMicros(many.manager, recordCount, round))
  }
  const [small, large] = [median(costs.few), median(costs.many)]
  say(
    `log-on with an app's code: ${large.toFixed(0)} µs CPU among ${recordCount}, ${small.toFixed(0)} among ${FEW}: × ${(large / small).toFixed(2)}`,
  )
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
}

/** The real cloud: a manager that knows none of the users fetches all, then all again from what was sealed before. */
async function cloudFeed(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-bench-cloud-'))
  const cloud = await startScratchCloud()
  const manager = await openManager({ database: join(folder, 'manager.db'), clock: systemClock })
  try {
    await seedApps(cloud.cloud, { companyId: cloud.company.id, sourceId: cloud.source.id, count: CLOUD_RECORDS })
    await manager.connect(cloud.url, await cloud.managerCode())
    const { ports } = manager
    const connection = await ports.administration.read.highAvailability.connection()
    if (connection === undefined) throw new Error('It was connected.')
    const { identity } = connection
    const keys = ports.keys.open(
      'private-key',
      { table: 'ha_connections', column: 'keys', row: identity.managerId },
      connection.keys,
    )
    const session = ports.cloud.open({ identity, keys, timeoutMs: 30_000 })
    for (const text of ['sealed for the first time', 'sealed before']) {
      const start = performance.now()
      for (let after = '0', hasMore = true; hasMore; ) ({ nextMarker: after, hasMore } = await session.feed(after, 500))
      const rate = (CLOUD_RECORDS * 1000) / (performance.now() - start)
      say(`the cloud's feed, ${text}: ${rate.toFixed(0)} records/s`)
    }
  } finally {
    await manager.close()
    await cloud.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const many = await benchedManager(recordCount)
const few = await benchedManager(FEW)
try {
  await fullRun(many)
  await timedSync(few)
  await incrementalRuns(few, FEW)
  await incrementalRuns(many, recordCount)
  await logOns(few, many)
  await cloudFeed()
} finally {
  await many.close()
  await few.close()
}
