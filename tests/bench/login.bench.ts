/**
 * What a login costs, all in: look-up, opened seed, decision, PIN, sealed nothing more than needed, audit record chained, on
 * disk. By 1, 16 and 64 callers on each engine, beside the disk's own rate (overwrite 4 KiB + fdatasync) and three HMACs in
 * the same run. Run: `npm run bench -- login [SECONDS] [USERS] [sqlite|postgresql]`.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuthenticationPorts, authenticate, seedContext } from '@driftlock/application'
import { addMs, codeSource, newPinState, stepAt, unixMs } from '@driftlock/domain'
import {
  type EngineUnderTest,
  postgresqlUnderTest,
  sqliteUnderTest,
} from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { sampleToken, sampleUser } from '../../adapters/sql/testing/sample-data.ts'
import { initialiseInstance } from '../../apps/driftlock/instance/initialise-instance.ts'
import type { Instance } from '../../apps/driftlock/instance/open-instance.ts'
import { diskRate } from './disk-rate.ts'

const seconds = Number(process.argv[2] ?? 3)
const userCount = Number(process.argv[3] ?? 5000)
const PIN = '2468'
const INTERVAL_MS = 30_000

interface Virtual {
  readonly username: string
  readonly seed: Uint8Array
  readonly record: ReturnType<typeof sampleToken>['token']['record']
}

/** @returns microseconds of three HMACs: the code, the PIN and the link of the audit chain need no fewer. */
function threeHmacs(): number {
  const key = randomBytes(32)
  const rounds = 20_000
  const start = performance.now()
  for (let done = 0; done < rounds; done++) {
    createHmac('sha1', key).update('12345678').digest()
    createHmac('sha256', key).update('2468 and a token').digest()
    createHmac('sha256', key).update('a digest and where it stands in its chain').digest()
  }
  return ((performance.now() - start) * 1000) / rounds
}

async function fill({ store, keys, clock }: Instance): Promise<readonly Virtual[]> {
  const made: Virtual[] = []
  for (let from = 0; from < userCount; from += 500) {
    await store.administration.transaction(async (tx) => {
      for (let index = from; index < Math.min(from + 500, userCount); index++) {
        const user = sampleUser(`user${index}`)
        await tx.users.insert(user)
        const { token } = sampleToken(String(index).padStart(12, '0'), { userId: user.user.id })
        const { id: tokenId } = token.record
        const own = { previous: null, tokenId, keys: keys.pinKeys(), now: clock.now(), historyCount: 0 }
        const seed = new Uint8Array(randomBytes(20))
        const sealed = keys.seal('seed', seedContext(tokenId), seed)
        const pin = newPinState(PIN, own)
        await tx.tokens.insert({
          token: { ...token, state: { ...token.state, pin } },
          seed: sealed,
          seedFingerprint: null,
        })
        made.push({ username: user.user.username, seed, record: token.record })
      }
    })
  }
  await store.analyse()
  return made
}

/** Every user in turn; when all had theirs, the clock goes on to the next code. */
class Turns {
  readonly #tokens: readonly Virtual[]
  readonly #begun = unixMs(Date.now())
  #taken = 0
  /** Milliseconds spent on computing what the callers enter: not the server's cost. */
  enteringMs = 0

  constructor(tokens: readonly Virtual[]) {
    this.#tokens = tokens
  }

  now() {
    return addMs(this.#begun, Math.floor(this.#taken / this.#tokens.length) * INTERVAL_MS)
  }

  next(): { readonly username: string; readonly passcode: string } {
    const token = this.#tokens[this.#taken++ % this.#tokens.length]
    if (token === undefined) throw new Error('There is a token for every turn.')
    const start = performance.now()
    const { record, seed, username } = token
    const passcode = PIN + codeSource(record, seed).code(stepAt(record, this.now()))
    this.enteringMs += performance.now() - start
    return { username, passcode }
  }
}

const origin = { actor: { type: 'agent', id: 'bench', name: 'bench' } } as const

async function caller(ports: AuthenticationPorts, turns: Turns, until: number): Promise<readonly number[]> {
  const latencies: number[] = []
  while (performance.now() < until) {
    const { username, passcode } = turns.next()
    const start = performance.now()
    const { outcome, reason } = await authenticate(ports, { username, entry: { type: 'passcode', passcode }, origin })
    if (outcome !== 'accept') throw new Error(`${username} was to get in, but: ${reason}`)
    latencies.push(performance.now() - start)
  }
  return latencies
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2)
}

async function measure(engine: EngineUnderTest): Promise<void> {
  await engine.start()
  const dataFolder = mkdtempSync(join(tmpdir(), 'driftlock-login-'))
  const database = await engine.newDatabase()
  const instance = await initialiseInstance({ dataFolder, database, environment: {}, name: 'bench' })
  const turns = new Turns(await fill(instance))
  const ports = { ...instance.authentication, clock: { ...instance.clock, now: () => turns.now() } }
  await Promise.all(Array.from({ length: 16 }, () => caller(ports, turns, performance.now() + 1000)))
  for (const callers of [1, 16, 64]) await round(engine.name, { ports, turns, callers })
  await instance.close()
  await engine.stop()
  rmSync(dataFolder, { recursive: true })
}

interface Round {
  readonly ports: AuthenticationPorts
  readonly turns: Turns
  readonly callers: number
}

async function round(name: string, { ports, turns, callers }: Round): Promise<void> {
  const before = diskRate()
  turns.enteringMs = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  const until = start + seconds * 1000
  const own = await Promise.all(Array.from({ length: callers }, () => caller(ports, turns, until)))
  const latencies = own.flat().toSorted((a, b) => a - b)
  const elapsed = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  const disk = (before + diskRate()) / 2
  const rate = latencies.length / elapsed
  const cpuMicros = (used.user + used.system - turns.enteringMs * 1000) / latencies.length
  process.stdout.write(
    `${name} c=${callers}: ${rate.toFixed(0)} logins/s = ${(rate / disk).toFixed(2)} of the disk's ${disk.toFixed(0)}/s, ` +
      `p50 ${percentile(latencies, 0.5)} ms, p99 ${percentile(latencies, 0.99)} ms, ${cpuMicros.toFixed(0)} µs CPU a login ` +
      `(three HMACs: ${threeHmacs().toFixed(1)} µs)\n`,
  )
}

const only = process.argv[4]
if (only !== 'postgresql') await measure(sqliteUnderTest())
if (only !== 'sqlite') await measure(postgresqlUnderTest())
