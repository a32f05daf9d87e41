/**
 * What a log-on over RADIUS costs, beside floors measured in the same run: a bare UDP echo, an echo with RADIUS digests,
 * FreeRADIUS with rlm_totp where it is installed (it stores nothing), and Driftlock on SQLite and PostgreSQL: PIN + TOTP,
 * durable and audited. The load comes from `../shared/tools/radload.mjs`, whose every request is signed and every answer checked;
 * all servers are warmed up alike. Run: `npm run bench -- radius [USERS PER MEASUREMENT]`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { echoLoad } from './radius/echo-load.ts'
import { type LoadResult, type LoadUser, load } from './radius/load.ts'
import { startFreeRadius } from './radius/freeradius.ts'

const secret = 'a-shared-secret-for-the-bench'
const most = Number(process.argv[2] ?? 8000)
const levels = [1, 8, 32, 64, 128] as const
const countAt = (concurrency: number) => Math.min(most, Math.max(200, concurrency * 125))
const warmUp = 8000
const total = levels.reduce((sum, level) => sum + countAt(level), warmUp)

interface Started {
  readonly child: ChildProcess
  readonly port: number
  readonly users?: readonly { readonly username: string; readonly pin: string; readonly seed: string }[]
}

async function start(file: string, ...args: readonly string[]): Promise<Started> {
  const path = join(import.meta.dirname, 'radius', file)
  const child = spawn(process.execPath, ['--expose-gc', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout }))
    return { ...(JSON.parse(line) as Omit<Started, 'child'>), child } // printed by our own process
  throw new Error(`${file} ended before it was ready.`)
}

async function end({ child }: Started): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

type Measured = ReadonlyMap<number, LoadResult>

/** Asks a server at every level, warmed up before; `ask` gets what part of the users to take. */
async function measure(name: string, ask: (part: Part) => Promise<LoadResult>): Promise<Measured> {
  const results = new Map<number, LoadResult>()
  await ask({ from: 0, count: warmUp, concurrency: 64 })
  let from = warmUp
  for (const concurrency of levels) {
    const count = countAt(concurrency)
    const result = await ask({ from, count, concurrency })
    from += count
    results.set(concurrency, result)
    console.log(lineOf(name, concurrency, result))
  }
  return results
}

interface Part {
  readonly from: number
  readonly count: number
  readonly concurrency: number
}

function logOns(port: number, users: readonly LoadUser[]) {
  return ({ from, count, concurrency }: Part) =>
    load({ port, secret, users: users.slice(from, from + count), concurrency })
}

function lineOf(name: string, concurrency: number, { perSecond, p50Ms, p99Ms, lost, wrong }: LoadResult): string {
  const figures = `${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50Ms.toFixed(2).padStart(7)} ms  p99 ${p99Ms.toFixed(2).padStart(7)} ms`
  return `${name.padEnd(24)} c=${String(concurrency).padEnd(4)} ${figures}  lost ${lost}  wrong ${wrong}`
}

const madeUp: readonly LoadUser[] = Array.from({ length: total }, (_, index) => {
  return { username: `user${index}`, pin: '4837', seed: new Uint8Array(randomBytes(20)) }
})

async function measureEcho(mode: 'bare' | 'digests'): Promise<Measured> {
  const server = await start('echo-server.ts', mode, secret)
  try {
    if (mode === 'bare') return await measure('UDP echo', (part) => echoLoad(server.port, part))
    return await measure('echo with digests', logOns(server.port, madeUp))
  } finally {
    await end(server)
  }
}

async function measureFreeRadius(): Promise<Measured | undefined> {
  const server = await startFreeRadius(madeUp, secret)
  if (server === undefined) return undefined
  try {
    return await measure('FreeRADIUS + rlm_totp', logOns(server.port, madeUp))
  } finally {
    await server.stop()
  }
}

async function measureDriftlock(engine: 'sqlite' | 'postgresql'): Promise<Measured> {
  const server = await start('driftlock-server.ts', engine, String(total), secret)
  try {
    const users = (server.users ?? []).map(({ seed, ...user }) => ({
      ...user,
      seed: new Uint8Array(Buffer.from(seed, 'hex')),
    }))
    return await measure(`Driftlock, ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`, logOns(server.port, users))
  } finally {
    await end(server)
  }
}

const echo = await measureEcho('bare')
const digests = await measureEcho('digests')
const freeRadius = await measureFreeRadius()
const sqlite = await measureDriftlock('sqlite')
const postgresql = await measureDriftlock('postgresql')

console.log('\nRatios of throughput')
for (const [name, measured] of [
  ['SQLite', sqlite],
  ['PostgreSQL', postgresql],
] as const) {
  for (const level of levels) {
    const rate = measured.get(level)?.perSecond ?? 0
    const beside = (floor: Measured | undefined) => (rate / (floor?.get(level)?.perSecond ?? Number.NaN)).toFixed(2)
    const ratios = `echo ${beside(echo)}  echo with digests ${beside(digests)}  FreeRADIUS + rlm_totp ${beside(freeRadius)}`
    console.log(`Driftlock, ${name.padEnd(12)} c=${String(level).padEnd(4)} ${ratios}`)
  }
}
if (freeRadius === undefined) console.log('FreeRADIUS with rlm_totp is not installed here.')
