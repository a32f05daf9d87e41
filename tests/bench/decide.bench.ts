/**
 * What a decision costs, as multiples of one HMAC and one AES block measured in the same run.
 * Run: npm run bench -- decide (or, after the searches alone, npm run bench -- domain)
 */
import { ecb } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
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

const ENTROPY = new Uint8Array(64)
const at = { now: NOON, entropy: ENTROPY }

/** Best of nine batches, in µs for one call, after a batch to warm up; on a shared machine the best is the least disturbed. */
function cost(act: () => unknown): number {
  let calls = 1
  for (let ms = 0; ms < 40; calls *= 2) ms = batch(act, calls)
  return Math.min(...Array.from({ length: 9 }, () => (batch(act, Math.ceil(calls / 2)) / Math.ceil(calls / 2)) * 1000))
}

function batch(act: () => unknown, calls: number): number {
  const started = performance.now()
  for (let call = 0; call < calls; call++) act()
  return performance.now() - started
}

const key = new Uint8Array(20).fill(7)
const message = new Uint8Array(8)
const block = new Uint8Array(16)
const HMAC_SHA1 = cost(() => hmac(sha1, key, message))
const HMAC_SHA256 = cost(() => hmac(sha256, key, message))
const AES_BLOCK = cost(() => ecb(block, { disablePadding: true }).encrypt(block))

interface Row {
  readonly µs: string
  readonly 'HMAC-SHA1': string
  readonly 'AES blocks': string
}

function row(act: () => unknown): Row {
  const micros = cost(act)
  return {
    µs: micros.toFixed(1),
    'HMAC-SHA1': (micros / HMAC_SHA1).toFixed(1),
    'AES blocks': (micros / AES_BLOCK).toFixed(0),
  }
}

function passcode(snapshot: Snapshot, text: string, expected: string): () => unknown {
  const attempt = { type: 'passcode', passcode: text } as const
  const { outcome } = decide(snapshot, attempt, at)
  if (outcome !== expected) throw new Error(`measured ${outcome} instead of ${expected}`)
  return () => decide(snapshot, attempt, at)
}

function snapshotOf(token: Token): Snapshot {
  return new World({ tokens: [token] }).snapshot
}

function timed(kind: TokenKind, passcodeStyle: 'fob' | 'pinpad'): Record<string, Row> {
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
    [`${name}: accept, centre`]: row(passcode(snapshot, passcodeOf(token, NOON), 'accept')),
    [`${name}: accept, one step behind`]: row(passcode(snapshot, passcodeOf(token, NOON, { off: -1 }), 'accept')),
    [`${name}: accept, one step ahead`]: row(passcode(snapshot, passcodeOf(token, NOON, { off: 1 }), 'accept')),
    [`${name}: reject, ±3 steps`]: row(passcode(snapshot, wrong, 'reject')),
    [`${name}: ask the next tokencode`]: row(passcode(snapshot, passcodeOf(token, NOON, { off: 2 }), 'challenge')),
    [`${name}: accept the next tokencode`]: row(() => decide(after, answer, at)),
  }
}

function resync(kind: TokenKind): Row & { readonly 'of its HMACs or blocks': string } {
  const token = aToken({ kind })
  const snapshot = snapshotOf(token)
  const source = codeSource(token.record, token.seed)
  const first = kind === 'hotp' ? addSteps(token.state.highWaterStep, 301) : addSteps(stepAt(token.record, NOON), -300)
  const request = { tokenId: token.record.id, first: source.code(first), second: source.code(addSteps(first, 1)) }
  const { outcome, reason } = resynchronise(snapshot, request, NOON)
  if (outcome !== 'resynchronised') throw new Error(`measured ${reason}`)
  const measured = row(() => resynchronise(snapshot, request, NOON))
  // ±12 h of a 60 s token: 1,442 codes, an HMAC each, or about 390 AES blocks; an unused HOTP token: 1,003 counters.
  const floor = { totp: 1442 * HMAC_SHA1, securid: 390 * AES_BLOCK, hotp: 1003 * HMAC_SHA1 }[kind]
  return { ...measured, 'of its HMACs or blocks': `× ${(Number(measured.µs) / floor).toFixed(1)}` }
}

console.log(
  `one HMAC-SHA1 ${HMAC_SHA1.toFixed(2)} µs · one HMAC-SHA256 ${HMAC_SHA256.toFixed(2)} µs · one AES block with its key ${AES_BLOCK.toFixed(2)} µs\n`,
)
console.table({
  ...timed('totp', 'fob'),
  ...timed('totp', 'pinpad'),
  ...timed('securid', 'fob'),
  ...timed('securid', 'pinpad'),
})
const hotp = aToken({ kind: 'hotp', state: { highWaterStep: step(5000) } })
console.table({
  'hotp: accept, next counter': row(
    passcode(
      snapshotOf(hotp),
      ALICES_PIN + codeSource(hotp.record, hotp.seed).code(addSteps(hotp.state.highWaterStep, 1)),
      'accept',
    ),
  ),
  'hotp: reject': row(passcode(snapshotOf(hotp), ALICES_PIN + wrongCode(hotp, NOON), 'reject')),
})
console.log('\nresynchronisation: ±12 h of a 60 s token, 1,000 counters')
console.table(Object.fromEntries((['totp', 'securid', 'hotp'] as const).map((kind) => [kind, resync(kind)])))
