import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DatabaseSync } from 'node:sqlite'
import {
  type CrashReport,
  emptyCrashReport,
  inspectAfterCrash,
} from '../../../adapters/sql/testing/conformance/after-crash.ts'
import { openAs } from '../../../adapters/sql/testing/conformance/engine-under-test.ts'
import type { Acknowledged } from '../../../adapters/sql/testing/conformance/login-load.ts'
import { storedUserWithToken } from '../../../adapters/sql/testing/sample-data.ts'
import { CutDisk, type Fate } from './cut-disk.ts'
import { readDiskTrace, TRACED_CALLS } from './disk-trace.ts'

const USERS = Array.from({ length: 8 }, (_, index) => `cut-${index}`)
const FATES: readonly Fate[] = ['all lost', 'some sectors kept', 'all kept']

export interface PowerCutPlan {
  /** Log-ons that are traced. */
  readonly logins: number
  /** Moments at which the power goes, evenly spread, each with every fate of what was not confirmed. */
  readonly cuts: number
  /** For the counter-proof: a disk whose syncs do nothing. */
  readonly ignoresSyncs?: boolean
}

export interface PowerCutReport extends CrashReport {
  cuts: number
  /** Cuts after which SQLite found its own database damaged. */
  damaged: number
}

/**
 * Lets a process log on under strace, then cuts the power of the machine it would have run on, again and again: writes that no
 * sync had confirmed are lost, kept or torn, and what is left is opened. Counts what is missing of what had been acknowledged.
 */
export async function powerCuts(plan: PowerCutPlan): Promise<PowerCutReport> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-power-cut-'))
  try {
    const traced = await tracedLogins(folder, plan.logins)
    const report = { ...emptyCrashReport(), cuts: 0, damaged: 0 }
    const moments = new Set(
      Array.from({ length: plan.cuts }, (_, cut) => Math.ceil(((cut + 1) * traced.events) / (plan.cuts + 1))),
    )
    const disk = new CutDisk({ ignoresSyncs: plan.ignoresSyncs === true })
    disk.begin(traced.database, traced.before)
    for await (const cut of cutsOf(traced, disk, moments)) {
      for (const fate of FATES) await inspect(folder, { ...cut, fate }, report)
    }
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Traced {
  readonly database: string
  readonly acknowledgements: string
  readonly trace: string
  /** The database as it was before. */
  readonly before: Buffer
  readonly events: number
}

async function tracedLogins(folder: string, logins: number): Promise<Traced> {
  const [database, acknowledgements, trace] = ['store.db', 'acknowledged', 'trace'].map((name) =>
    join(folder, name),
  ) as [string, string, string] // three names, three paths
  const store = await openAs('set-up', database)
  for (const username of USERS) await storedUserWithToken(store, username)
  await store.close()
  const before = readFileSync(database)
  const program = fileURLToPath(new URL('./traced-load.ts', import.meta.url))
  const files = [database, `${database}-wal`, acknowledgements].flatMap((path) => ['-P', path])
  const strace = ['-f', '-qq', '-y', '-xx', '-s', '1000000', '-e', `trace=${TRACED_CALLS}`, ...files, '-o', trace]
  const load = [process.execPath, program, database, acknowledgements, String(logins), ...USERS]
  await promisify(execFile)('strace', [...strace, ...load])
  let events = 0
  for await (const _event of readDiskTrace(trace)) events += 1
  return { database, acknowledgements, trace, before, events }
}

interface Cut {
  readonly disk: CutDisk
  readonly database: string
  /** Acknowledged before the power went. */
  readonly logins: readonly Acknowledged[]
}

/** The disk at each of the moments, numbered by events. */
async function* cutsOf(
  { database, acknowledgements, trace }: Traced,
  disk: CutDisk,
  moments: ReadonlySet<number>,
): AsyncGenerator<Cut> {
  const logins: Acknowledged[] = []
  let number = 0
  for await (const event of readDiskTrace(trace)) {
    number += 1
    if (event.path !== acknowledgements) disk.take(event)
    else if (event.type === 'write') logins.push(JSON.parse(event.octets.toString()) as Acknowledged) // a line of traced-load
    if (moments.has(number)) yield { disk, database, logins: [...logins] }
  }
}

async function inspect(
  folder: string,
  { disk, database, logins, fate }: Cut & { readonly fate: Fate },
  report: PowerCutReport,
): Promise<void> {
  const after = join(folder, `after-${report.cuts++}.db`)
  for (const end of ['', '-wal']) writeFileSync(`${after}${end}`, disk.afterCut(`${database}${end}`, fate, Math.random))
  if (isSound(after)) {
    await inspectAfterCrash(after, { usernames: USERS, logins }, report)
  } else {
    report.damaged += 1
    report.lost += logins.length
  }
  for (const end of ['', '-wal', '-shm']) rmSync(`${after}${end}`, { force: true })
}

function isSound(path: string): boolean {
  const database = new DatabaseSync(path)
  try {
    return database.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok'
  } catch {
    return false
  } finally {
    database.close()
  }
}
