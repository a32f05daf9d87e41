import type { Reason } from './reasons.ts'
import { isPinRight, type Verdict } from './verdict.ts'

/** What the verdicts of all tokens together say, most telling fact first. */
const RANKING: readonly { readonly reason: (verdict: Verdict) => Reason | undefined }[] = [
  { reason: (v) => (v.code === 'good' && isPinRight(v) ? v.hindrance : undefined) },
  { reason: (v) => (isEmergency(v) && v.code === 'reused' && isPinRight(v) ? 'emergency-code-used' : undefined) },
  {
    reason: (v) => (isEmergency(v) && v.code !== 'none' && v.pin === 'bad' ? 'bad-pin-good-emergency-code' : undefined),
  },
  { reason: (v) => (v.code === 'reused' && isPinRight(v) ? 'tokencode-reused' : undefined) },
  { reason: (v) => (v.code === 'too-old' && isPinRight(v) ? 'tokencode-too-old' : undefined) },
  { reason: (v) => (v.code === 'good' && v.pin === 'bad' ? 'bad-pin-good-tokencode' : undefined) },
  { reason: (v) => (isSpent(v) && v.pin === 'bad' ? 'bad-pin-previous-tokencode' : undefined) },
  { reason: (v) => (v.code === 'none' && v.pin === 'good' ? 'good-pin-bad-tokencode' : undefined) },
]

/** Why no token and no emergency code of the user lets this passcode in. */
export function rejectReason(verdicts: readonly Verdict[]): Reason {
  for (const { reason } of RANKING) {
    const found = verdicts.map(reason).find((candidate) => candidate !== undefined)
    if (found !== undefined) return found
  }
  if (verdicts.length === 0) return 'no-token-assigned'
  return verdicts.every((verdict) => verdict.code === 'unreadable') ? 'passcode-format-error' : 'wrong-passcode'
}

function isEmergency(verdict: Verdict): boolean {
  return verdict.via === 'emergency'
}

function isSpent(verdict: Verdict): boolean {
  return verdict.code === 'reused' || verdict.code === 'too-old'
}
