/**
 * What the rules cost, as multiples of one HMAC and one AES block measured in the same run.
 * Run: npm run bench -- domain
 */
import { ecb } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import {
  acceptanceWindow,
  addSteps,
  type CodeSourceRecord,
  codeSource,
  defaultWindows,
  NO_STEP,
  sameCode,
  searchPair,
  searchWindow,
  stepAt,
  step,
  type TokenKind,
  type TokenRecord,
  UNKNOWN_CLOCK,
  unixMs,
} from '@driftlock/domain'

const SEED = Uint8Array.from({ length: 20 }, (_, at) => at)
const AES_SEED = SEED.slice(0, 16)
const NOW = unixMs(Date.UTC(2026, 4, 1, 12, 38, 42))
const ROUNDS = 12
const ROUND_MS = 40

let kept = 0

/** Best of a few rounds, microseconds a call: what the code costs when nothing else runs. */
function microseconds(work: () => { readonly length: number } | boolean): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    let calls = 0
    while (performance.now() - start < ROUND_MS) {
      for (let call = 0; call < 8; call += 1) kept += work() ? 1 : 0
      calls += 8
    }
    best = Math.min(best, ((performance.now() - start) * 1000) / calls)
  }
  return best
}

interface Bench {
  readonly name: string
  readonly record: CodeSourceRecord & Pick<TokenRecord, 'formFactor' | 'windows'>
  readonly seed: Uint8Array
  /** HMACs or AES blocks of a ±12 h search, and the cost of one. */
  readonly resyncUnits: number
  readonly radiusSteps: number
}

function token(kind: TokenKind, intervalSeconds: number): Bench['record'] {
  return {
    kind,
    intervalSeconds,
    algorithm: kind === 'securid' ? 'aes-128' : 'sha1',
    digits: 6,
    serial: '000123456789',
    t0Seconds: 0,
    formFactor: 'key-fob',
    windows: defaultWindows(kind, 'key-fob', intervalSeconds),
  }
}

const TOKENS: readonly Bench[] = [
  { name: 'SecurID-format 60 s', record: token('securid', 60), seed: AES_SEED, resyncUnits: 390, radiusSteps: 720 },
  { name: 'SecurID-format 30 s', record: token('securid', 30), seed: AES_SEED, resyncUnits: 750, radiusSteps: 1440 },
  { name: 'TOTP 60 s', record: token('totp', 60), seed: SEED, resyncUnits: 1442, radiusSteps: 720 },
  { name: 'TOTP 30 s', record: token('totp', 30), seed: SEED, resyncUnits: 2882, radiusSteps: 1440 },
  { name: 'HOTP, 1,000 ahead', record: token('hotp', 0), seed: SEED, resyncUnits: 2002, radiusSteps: 1000 },
]

const message = new Uint8Array(8)
const block = new Uint8Array(16)
// Once to warm up, once to count.
microseconds(() => hmac(sha1, SEED, message))
microseconds(() => ecb(AES_SEED, { disablePadding: true }).encrypt(block))
const hmacUs = microseconds(() => hmac(sha1, SEED, message))
const aesUs = microseconds(() => ecb(AES_SEED, { disablePadding: true }).encrypt(block))
console.log(`one HMAC-SHA-1: ${hmacUs.toFixed(2)} µs · one AES-128 block with its key: ${aesUs.toFixed(2)} µs\n`)

/** Searches as a decision does: a source made anew, since it is never kept between logins. */
function row({ name, record, seed, resyncUnits, radiusSteps }: Bench): Record<string, string> {
  const unitUs = record.kind === 'securid' ? aesUs : hmacUs
  const highWaterStep = record.kind === 'hotp' ? step(29_000_000) : NO_STEP
  const { centre, smallSteps } = acceptanceWindow(record, { clock: UNKNOWN_CLOCK, highWaterStep }, NOW)
  const good = codeSource(record, seed).code(record.kind === 'hotp' ? addSteps(highWaterStep, 1) : stepAt(record, NOW))
  const search = (code: string, radius: number) =>
    searchWindow(codeSource(record, seed), {
      fits: (shown) => sameCode(shown, code),
      centre,
      radiusSteps: radius,
      above: highWaterStep,
    })
  const times = (us: number, unit: number): string => `${us.toFixed(1)} µs = ${(us / unit).toFixed(1)}`
  const resyncUs = microseconds(
    () =>
      searchPair(codeSource(record, seed), {
        first: 'none-1',
        second: 'none-2',
        centre,
        radiusSteps,
        above: highWaterStep,
      }).match !== undefined,
  )
  return {
    token: name,
    unit: record.kind === 'securid' ? 'AES block' : 'HMAC',
    'accept at the centre': times(
      microseconds(() => search(good, 1).match !== undefined),
      unitUs,
    ),
    'reject, ±1': times(
      microseconds(() => search('none-1', 1).match !== undefined),
      unitUs,
    ),
    [`reject, small after disuse`]: `${times(
      microseconds(() => search('none-1', smallSteps).match !== undefined),
      unitUs,
    )} (±${smallSteps})`,
    'pair search': times(resyncUs, unitUs),
    'its units': `${resyncUnits}: ${(resyncUs / unitUs / resyncUnits).toFixed(2)} each`,
  }
}

console.table(TOKENS.map(row))
if (kept < 0) console.log(kept)

await import('./decide.bench.ts')
