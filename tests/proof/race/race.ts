import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineUnderTest } from '../../../adapters/sql/testing/conformance/engine-under-test.ts'
import { initialiseInstance } from '../../../apps/driftlock/instance/initialise-instance.ts'
import type { Instance } from '../../../apps/driftlock/instance/open-instance.ts'
import { addHolders, type Holder } from './holders.ts'
import { type Racers, racersElsewhere, racersHere } from './racers.ts'

const USES = 32
const HOLDERS_AT_ONCE = 250

export interface RaceReport {
  readonly rounds: number
  /** Rounds by how many of the 32 uses were accepted: all of them should have one. */
  readonly acceptedNever: number
  readonly acceptedOnce: number
  readonly acceptedTwiceOrMore: number
  /** Accepts that the audit log has of the users of this race. */
  readonly auditedAccepts: number
}

/**
 * Enters one code 32 times at once, in each round of another user, through the use case `authenticate`: all in this process, or
 * half by half in two processes that are two instances.
 */
export async function race(engine: EngineUnderTest, rounds: number, processes: 1 | 2): Promise<RaceReport> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'driftlock-race-'))
  const database = await engine.newDatabase()
  const instance = await initialiseInstance({ dataFolder, database, environment: {}, name: 'set-up' })
  const racers =
    processes === 1
      ? [racersHere(instance)]
      : await Promise.all(['one', 'two'].map((name) => racersElsewhere({ dataFolder, database, name })))
  try {
    return await runRounds(instance, racers, rounds)
  } finally {
    await Promise.all(racers.map((each) => each.close()))
    await instance.close()
    rmSync(dataFolder, { recursive: true })
  }
}

async function runRounds(instance: Instance, racers: readonly Racers[], rounds: number): Promise<RaceReport> {
  const counts = [0, 0, 0]
  let auditedAccepts = 0
  for (let from = 0; from < rounds; from += HOLDERS_AT_ONCE) {
    const holders = await addHolders(instance, `racer-${from}-`, Math.min(HOLDERS_AT_ONCE, rounds - from))
    for (const holder of holders) {
      const accepted = await acceptsOf(racers, holder)
      counts[Math.min(accepted, 2)] = (counts[Math.min(accepted, 2)] ?? 0) + 1
      auditedAccepts += await auditedAcceptsOf(instance, holder)
    }
  }
  const [acceptedNever = 0, acceptedOnce = 0, acceptedTwiceOrMore = 0] = counts
  return { rounds, acceptedNever, acceptedOnce, acceptedTwiceOrMore, auditedAccepts }
}

async function acceptsOf(racers: readonly Racers[], { username, passcode }: Holder): Promise<number> {
  const heat = { username, passcode: passcode(), times: USES / racers.length }
  const outcomes = (await Promise.all(racers.map((each) => each.run(heat)))).flat()
  if (outcomes.length !== USES) throw new Error(`${USES} uses had ${outcomes.length} answers.`)
  return outcomes.filter((outcome) => outcome === 'accept').length
}

async function auditedAcceptsOf({ store }: Instance, { userId }: Holder): Promise<number> {
  const { items } = await store.administration.read.auditLog.search({ userId }, { limit: 2 * USES })
  if (items.length !== USES) throw new Error(`${USES} uses left ${items.length} audit records.`)
  return items.filter(({ entry }) => entry.outcome === 'success').length
}

export function isWhole({ rounds, acceptedOnce, auditedAccepts }: RaceReport): boolean {
  return acceptedOnce === rounds && auditedAccepts === rounds
}
