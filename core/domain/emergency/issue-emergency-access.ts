import type { PinKeys } from '../pin/pin-state.ts'
import { makeCodeVerifier } from '../pin/pin-verifier.ts'
import type { EmergencyCodeFormat } from '../policy/policies.ts'
import type { UnixMs } from '../time.ts'
import type { EmergencyAccess } from './emergency-access.ts'
import { generateEmergencyCodes } from './emergency-code-format.ts'
import type { EmergencySettings } from './emergency-settings.ts'

/** Generated, shown once, not valid yet. Holds codes in the clear: keep it out of logs and of the store. */
export interface EmergencyProposal {
  readonly settings: EmergencySettings
  /** One code for a temporary fixed tokencode; `count` different ones for a set. */
  readonly codes: readonly string[]
}

/** What saving a proposal needs to know. */
export interface EmergencySaving {
  readonly tokenId: string
  readonly keys: PinKeys
  readonly now: UnixMs
  /** False for codes that stand for an authenticate app, and for tokens without a PIN. */
  readonly pinNeeded: boolean
}

/**
 * Generates the codes of emergency access. It changes nothing: no code is valid until what `emergencyAccessOf` makes of the
 * proposal is saved. The settings have no faults (`emergencySettingFaults`).
 * @param entropy at least 32 fresh random bytes.
 */
export function proposeEmergencyAccess(
  settings: EmergencySettings,
  format: EmergencyCodeFormat,
  entropy: Uint8Array,
): EmergencyProposal {
  const count = settings.method.type === 'one-time-set' ? settings.method.count : 1
  return { settings, codes: generateEmergencyCodes(format, count, entropy) }
}

/**
 * The emergency access to save in the token's state. It replaces what stood there, so the codes of an earlier issue are
 * void from then on; the codes themselves are kept as keyed hashes only.
 */
export function emergencyAccessOf(proposal: EmergencyProposal, saving: EmergencySaving): EmergencyAccess {
  const { settings, codes } = proposal
  const verifiers = codes.map((code) => makeCodeVerifier(code, saving.tokenId, saving.keys))
  const [fixed] = verifiers
  const [first] = codes
  if (fixed === undefined || first === undefined) throw new EmptyEmergencyProposalError()
  return {
    method:
      settings.method.type === 'one-time-set'
        ? { type: 'one-time-set', codes: verifiers.map((verifier) => ({ verifier, usedAt: null })) }
        : { type: 'temporary-fixed', verifier: fixed },
    codeLength: first.length,
    issuedAt: saving.now,
    expiresAt: settings.expiresAt,
    ifTokenBecomesAvailable: settings.ifTokenBecomesAvailable,
    pinNeeded: saving.pinNeeded,
  }
}

/** Thrown for a proposal without codes: it was not made by `proposeEmergencyAccess` from settings without faults. */
export class EmptyEmergencyProposalError extends Error {
  readonly code = 'EMERGENCY_PROPOSAL_EMPTY'
  constructor() {
    super('codes: the proposal holds none; generate the codes again')
    this.name = 'EmptyEmergencyProposalError'
  }
}
