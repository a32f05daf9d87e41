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
import { interleavedCosts } from './interleaved-costs.ts'

const SEED = Uint8Array.from({ length: 20 }, (_, at) => at)
const AES_SEED = SEED.slice(0, 16)
const NOW = unixMs(Date.UTC(2026, 4, 1, 12, 38, 42))
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
const HMAC = 'HMAC'
const AES_BLOCK = 'AES block'

/** Searches as a decision does: a source made anew, since it is never kept between logins. */
function searchesOf({ name, record, seed, radiusSteps }: Bench): Record<string, () => unknown> {
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
  const pair = { first: 'none-1', second: 'none-2', centre, radiusSteps, above: highWaterStep }
  return {
    [`${name}: accept at the centre`]: () => search(good, 1),
    [`${name}: reject, ±1`]: () => search('none-1', 1),
    [`${name}: reject, small after disuse, ±${smallSteps}`]: () => search('none-1', smallSteps),
    [`${name}: ${PAIR_SEARCH}`]: () => searchPair(codeSource(record, seed), pair),
  }
}

const PAIR_SEARCH = 'pair search'
const searches = TOKENS.map((subject) => ({ subject, works: searchesOf(subject) }))
const costs: Record<string, number> = interleavedCosts({
  [HMAC]: () => hmac(sha1, SEED, message),
  [AES_BLOCK]: () => ecb(AES_SEED, { disablePadding: true }).encrypt(block),
  ...Object.fromEntries(searches.flatMap(({ works }) => Object.entries(works))),
})
const µs = (name: string): number => costs[name] ?? Number.NaN

function row({ record, resyncUnits }: Bench, name: string): Record<string, string> {
  const unit = record.kind === 'securid' ? AES_BLOCK : HMAC
  const units = µs(name) / µs(unit)
  return {
    µs: µs(name).toFixed(1),
    cost: `${units.toFixed(1)} ${unit}s`,
    'of those it needs': name.endsWith(PAIR_SEARCH) ? `${resyncUnits}: ${(units / resyncUnits).toFixed(2)} each` : '',
  }
}

console.log(
  `one ${HMAC}-SHA-1: ${µs(HMAC).toFixed(2)} µs · one AES-128 block with its key: ${µs(AES_BLOCK).toFixed(2)} µs\n`,
)
console.table(
  Object.fromEntries(
    searches.flatMap(({ subject, works }) => Object.keys(works).map((name) => [name, row(subject, name)])),
  ),
)

await import('./decide.bench.ts')
