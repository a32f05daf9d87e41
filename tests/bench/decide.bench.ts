/**
 * What a decision costs, as multiples of one HMAC and one AES block measured in the same run, turn by turn.
 * Run: npm run bench -- decide (or, after the searches alone, npm run bench -- domain)
 */
import { ecb } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import {
  addSteps,
  codeSource,
  decide,
  resynchronise,
  type Snapshot,
  step,
  stepAt,
  type Token,
  type TokenKind,
} from '@driftlock/domain'
import { ALICES_PIN, aToken, NOON, passcodeOf, wrongCode } from '../../core/domain/testing/tokens.ts'
import { World } from '../../core/domain/testing/world.ts'
import { interleavedCosts } from './interleaved-costs.ts'

const ENTROPY = new Uint8Array(64)
const at = { now: NOON, entropy: ENTROPY }

const key = new Uint8Array(20).fill(7)
const message = new Uint8Array(8)
const block = new Uint8Array(16)
const HMAC = 'one HMAC-SHA1'
const AES_BLOCK = 'one AES block with its key'

type Works = Record<string, () => unknown>

function passcode(snapshot: Snapshot, text: string, expected: string): () => unknown {
  const attempt = { type: 'passcode', passcode: text } as const
  const { outcome } = decide(snapshot, attempt, at)
  if (outcome !== expected) throw new Error(`measured ${outcome} instead of ${expected}`)
  return () => decide(snapshot, attempt, at)
}

function snapshotOf(token: Token): Snapshot {
  return new World({ tokens: [token] }).snapshot
}

function timed(kind: TokenKind, passcodeStyle: 'fob' | 'pinpad'): Works {
  const token = aToken({ kind, record: { passcodeStyle } })
  const snapshot = snapshotOf(token)
  const name = `${kind} ${passcodeStyle}`
  const wrong = passcodeStyle === 'fob' ? ALICES_PIN + wrongCode(token, NOON) : wrongCode(token, NOON)
  const challenged = new World({ tokens: [token] })
  challenged.login(2)
  const next = codeSource(token.record, token.seed).code(addSteps(stepAt(token.record, NOON), 3))
  const answer = { type: 'answer', challenge: challenged.challenge, answer: next } as const
  const after = challenged.snapshot
  if (decide(after, answer, at).outcome !== 'accept') throw new Error('the next tokencode was not accepted')
  return {
    [`${name}: accept, centre`]: passcode(snapshot, passcodeOf(token, NOON), 'accept'),
    [`${name}: accept, one step behind`]: passcode(snapshot, passcodeOf(token, NOON, { off: -1 }), 'accept'),
    [`${name}: accept, one step ahead`]: passcode(snapshot, passcodeOf(token, NOON, { off: 1 }), 'accept'),
    [`${name}: reject, ±3 steps`]: passcode(snapshot, wrong, 'reject'),
    [`${name}: ask the next tokencode`]: passcode(snapshot, passcodeOf(token, NOON, { off: 2 }), 'challenge'),
    [`${name}: accept the next tokencode`]: () => decide(after, answer, at),
  }
}

function counted(): Works {
  const hotp = aToken({ kind: 'hotp', state: { highWaterStep: step(5000) } })
  const next = codeSource(hotp.record, hotp.seed).code(addSteps(hotp.state.highWaterStep, 1))
  return {
    'hotp: accept, next counter': passcode(snapshotOf(hotp), ALICES_PIN + next, 'accept'),
    'hotp: reject': passcode(snapshotOf(hotp), ALICES_PIN + wrongCode(hotp, NOON), 'reject'),
  }
}

/** Resynchronisations by name, with the HMACs or AES blocks their search cannot do without. */
const RESYNCS = {
  // ±12 h: 1,442 codes of 60 s, or 2,882 of 30 s, an HMAC each; some 390 or 750 AES blocks; an unused HOTP token: 1,002 counters.
  'totp, 60 s': { kind: 'totp', intervalSeconds: 60, units: 1442 },
  'totp, 30 s': { kind: 'totp', intervalSeconds: 30, units: 2882 },
  'securid, 60 s': { kind: 'securid', intervalSeconds: 60, units: 390 },
  'securid, 30 s': { kind: 'securid', intervalSeconds: 30, units: 750 },
  hotp: { kind: 'hotp', intervalSeconds: 0, units: 1002 },
} as const

function resync({ kind, intervalSeconds }: (typeof RESYNCS)[keyof typeof RESYNCS]): () => unknown {
  const token = aToken({ kind, record: { intervalSeconds } })
  const snapshot = snapshotOf(token)
  const source = codeSource(token.record, token.seed)
  const first = kind === 'hotp' ? addSteps(token.state.highWaterStep, 301) : addSteps(stepAt(token.record, NOON), -300)
  const request = { tokenId: token.record.id, first: source.code(first), second: source.code(addSteps(first, 1)) }
  const { outcome, reason } = resynchronise(snapshot, request, NOON)
  if (outcome !== 'resynchronised') throw new Error(`measured ${reason}`)
  return () => resynchronise(snapshot, request, NOON)
}

const decisions = {
  ...timed('totp', 'fob'),
  ...timed('totp', 'pinpad'),
  ...timed('securid', 'fob'),
  ...timed('securid', 'pinpad'),
  ...counted(),
}
const resyncs = Object.fromEntries(Object.entries(RESYNCS).map(([name, spec]) => [name, resync(spec)]))
const costs: Record<string, number> = interleavedCosts({
  [HMAC]: () => hmac(sha1, key, message),
  [AES_BLOCK]: () => ecb(block, { disablePadding: true }).encrypt(block),
  ...decisions,
  ...resyncs,
})
const µs = (name: string): number => costs[name] ?? Number.NaN

console.log(`${HMAC} ${µs(HMAC).toFixed(2)} µs · ${AES_BLOCK} ${µs(AES_BLOCK).toFixed(2)} µs\n`)
console.table(
  Object.fromEntries(
    Object.keys(decisions).map((name) => [
      name,
      {
        µs: µs(name).toFixed(1),
        'HMAC-SHA1': (µs(name) / µs(HMAC)).toFixed(1),
        'AES blocks': (µs(name) / µs(AES_BLOCK)).toFixed(0),
      },
    ]),
  ),
)
console.log('\nresynchronisation: ±12 h, or 1,000 counters, as multiples of the HMACs or AES blocks its search needs')
console.table(
  Object.fromEntries(
    Object.entries(RESYNCS).map(([name, { kind, units }]) => [
      name,
      {
        µs: µs(name).toFixed(0),
        units,
        multiple: (µs(name) / units / µs(kind === 'securid' ? AES_BLOCK : HMAC)).toFixed(2),
      },
    ]),
  ),
)
