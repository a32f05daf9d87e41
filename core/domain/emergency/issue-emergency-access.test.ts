import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verifyCode } from '../pin/pin-verifier.ts'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { addMs, unixMs } from '../time.ts'
import type { EmergencySettings } from './emergency-settings.ts'
import {
  EmptyEmergencyProposalError,
  type EmergencySaving,
  emergencyAccessOf,
  proposeEmergencyAccess,
} from './issue-emergency-access.ts'

const keys = testPinKeys()
const now = unixMs(1_700_000_000_000)
const format = INITIAL_POLICIES.token.emergencyCode
const saving: EmergencySaving = { tokenId: 't1', keys, now, pinNeeded: true }
const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 })
const set = (count: number): EmergencySettings => ({
  method: { type: 'one-time-set', count },
  expiresAt: addMs(now, 1000),
  ifTokenBecomesAvailable: 'allow-after-expiry',
})

/** Which codes of a set a text verifies against. */
function matches(code: string, access: ReturnType<typeof emergencyAccessOf>, tokenId = 't1'): number[] {
  const verifiers =
    access.method.type === 'one-time-set' ? access.method.codes.map((one) => one.verifier) : [access.method.verifier]
  return verifiers.flatMap((verifier, index) => (verifyCode(code, { tokenId, verifier }, keys) ? [index] : []))
}

it('makes every shown code of a set verify exactly once, unused, for this token only', () => {
  fc.assert(
    fc.property(entropy, fc.integer({ min: 1, max: 50 }), (bytes, count) => {
      const proposal = proposeEmergencyAccess(set(count), format, bytes)
      const access = emergencyAccessOf(proposal, saving)
      expect(proposal.codes).toHaveLength(count)
      for (const [index, code] of proposal.codes.entries()) {
        expect(matches(code, access)).toEqual([index])
        expect(matches(code, access, 't2')).toEqual([])
      }
      expect(access.method.type === 'one-time-set' && access.method.codes.every(({ usedAt }) => usedAt === null)).toBe(
        true,
      )
    }),
    { numRuns: 20 },
  )
})

it('saves what was asked for', () => {
  const access = emergencyAccessOf(proposeEmergencyAccess(set(3), format, new Uint8Array(32)), saving)
  expect(access).toMatchObject({
    codeLength: 8,
    issuedAt: now,
    expiresAt: now + 1000,
    ifTokenBecomesAvailable: 'allow-after-expiry',
    pinNeeded: true,
  })
})

it('proposes and saves a single temporary fixed code', () => {
  const settings = { ...set(1), method: { type: 'temporary-fixed' } } as const
  const proposal = proposeEmergencyAccess(settings, format, new Uint8Array(32).fill(2))
  const access = emergencyAccessOf(proposal, { ...saving, pinNeeded: false })
  expect(proposal.codes).toHaveLength(1)
  expect(access.method.type).toBe('temporary-fixed')
  expect(matches(proposal.codes[0] ?? '', access)).toEqual([0])
  expect(access.pinNeeded).toBe(false)
})

it('voids the old codes with a new issue', () => {
  const old = proposeEmergencyAccess(set(5), format, new Uint8Array(32).fill(1))
  const renewed = emergencyAccessOf(proposeEmergencyAccess(set(5), format, new Uint8Array(32).fill(2)), saving)
  for (const code of old.codes) expect(matches(code, renewed)).toEqual([])
})

it('keeps no code in the clear', () => {
  const proposal = proposeEmergencyAccess(set(5), format, new Uint8Array(32).fill(3))
  const kept = JSON.stringify(emergencyAccessOf(proposal, saving))
  for (const code of proposal.codes) expect(kept).not.toContain(code)
})

it('refuses to save a proposal without codes', () => {
  const save = () => emergencyAccessOf({ settings: set(1), codes: [] }, saving)
  expect(save).toThrow(EmptyEmergencyProposalError)
  expect(save).toThrow(expect.objectContaining({ code: 'EMERGENCY_PROPOSAL_EMPTY' }))
  expect(save).toThrow(/^codes: .*generate the codes again$/)
})
