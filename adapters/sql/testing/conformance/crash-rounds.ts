import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { loginName } from '@driftlock/application'
import type { Store } from '../../open-store.ts'
import { acceptance, storedUserWithToken, subjectOf } from '../sample-data.ts'
import { type EngineUnderTest, openAs } from './engine-under-test.ts'
import type { Acknowledged } from './login-load.ts'

const USERS = Array.from({ length: 16 }, (_, index) => `crash-${index}`)

export interface CrashReport {
  readonly acknowledged: number
  /** Acknowledged logins whose record or step is gone. */
  readonly lost: number
  /** Acknowledged steps that could be used again. */
  readonly replayable: number
  readonly gapsInChains: number
}

function startLoad(database: string, instance: string) {
  const program = fileURLToPath(new URL('./login-load.ts', import.meta.url))
  const child = spawn(process.execPath, [program, database, instance, ...USERS.map(loginName)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const acknowledged = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Acknowledged) // lines of login-load
  return { child, acknowledged }
}

/** Waits until the process writes; how long it takes to start is the machine's affair. */
async function untilBusy(acknowledged: () => readonly Acknowledged[]): Promise<void> {
  const deadline = performance.now() + 30_000
  while (acknowledged().length < 50 && performance.now() < deadline) await sleep(20)
}

/** @throws Error when the process had ended by itself: then nothing was killed under load. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`The load ended by itself with exit code ${child.exitCode}.`)
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

/** Kills processes under load without warning, `rounds` times, and counts what is missing afterwards. */
export async function crashRounds(
  engine: EngineUnderTest,
  rounds: number,
  instances: readonly string[],
): Promise<CrashReport> {
  const database = await engine.newDatabase()
  const first = await openAs('set-up', database)
  for (const username of USERS) await storedUserWithToken(first, username)
  await first.close()
  const report = { acknowledged: 0, lost: 0, replayable: 0, gapsInChains: 0 }
  for (let round = 0; round < rounds; round++) {
    const loads = instances.map((instance) => startLoad(database, instance))
    for (const { acknowledged } of loads) await untilBusy(acknowledged)
    await sleep(Math.random() * 400)
    await Promise.all(loads.map(({ child }) => killed(child)))
    await inspect(
      database,
      loads.flatMap(({ acknowledged }) => acknowledged()),
      report,
    )
  }
  return report
}

async function gapsInChains({ administration }: Store): Promise<number> {
  const { auditLog } = administration.read
  let gaps = 0
  for (const { chainId, sequence } of await auditLog.heads()) {
    const links = await auditLog.links(chainId, 0, sequence + 1000)
    if (links.length !== sequence || links.some((link, index) => link.sequence !== index + 1)) gaps++
  }
  return gaps
}

async function inspect(
  database: string,
  logins: readonly Acknowledged[],
  report: { -readonly [K in keyof CrashReport]: number },
) {
  const store = await openAs('inspector', database)
  report.acknowledged += logins.length
  const latest = new Map<string, number>()
  for (const { auditId, tokenId, step } of logins) {
    latest.set(tokenId, Math.max(step, latest.get(tokenId) ?? 0))
    if ((await store.administration.read.auditLog.find(auditId)) === undefined) report.lost++
  }
  for (const username of USERS) {
    const subject = await subjectOf(store, username)
    const [token] = subject.tokens
    const step = latest.get(token?.record.id ?? '') ?? 0
    if (Number(token?.state.highWaterStep ?? 0n) < step) report.lost++
    if (step > 0 && (await store.authentication.commit(acceptance(subject, step))) === 'committed') report.replayable++
  }
  report.gapsInChains += await gapsInChains(store)
  await store.close()
}
