import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { loginName } from '@driftlock/application'
import { storedUserWithToken } from '../sample-data.ts'
import { type CrashReport, emptyCrashReport, inspectAfterCrash } from './after-crash.ts'
import { type EngineUnderTest, openAs } from './engine-under-test.ts'
import type { Acknowledged } from './login-load.ts'

const USERS = Array.from({ length: 16 }, (_, index) => `crash-${index}`)

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
  const report = emptyCrashReport()
  for (let round = 0; round < rounds; round++) {
    const loads = instances.map((instance) => startLoad(database, instance))
    for (const { acknowledged } of loads) await untilBusy(acknowledged)
    await sleep(Math.random() * 400)
    await Promise.all(loads.map(({ child }) => killed(child)))
    const logins = loads.flatMap(({ acknowledged }) => acknowledged())
    await inspectAfterCrash(database, { usernames: USERS, logins }, report)
  }
  return report
}
