import type { EmergencyProposal, UnixMs } from '@driftlock/domain'
import type { KeyRing } from '../ports/key-ring.ts'
import { utf8Of, textOf } from '../text-bytes.ts'

/** A proposal on its way to an administrator's screen and back: nothing is stored before it is saved. */
export interface CarriedProposal {
  readonly proposal: EmergencyProposal
  /** The token's version when the codes were generated: a token that changed since needs a new look. */
  readonly tokenVersion: number
  readonly proposedAt: UnixMs
}

/** How long a proposal may lie on a screen before it is saved. */
export const PROPOSAL_LIFETIME_MS = 30 * 60_000

/** Seals a proposal for its token, so that exactly the codes that were shown are saved, by any instance. */
export function sealProposal(keys: KeyRing, tokenId: string, carried: CarriedProposal): string {
  return keys.sealText('download', bounds(tokenId), utf8Of(JSON.stringify(carried)))
}

/** @returns undefined for whatever was not proposed for this token. */
export function openProposal(keys: KeyRing, tokenId: string, sealed: string): CarriedProposal | undefined {
  const content = keys.openText('download', bounds(tokenId), sealed)
  return content === undefined ? undefined : (JSON.parse(textOf(content)) as CarriedProposal) // sealed by sealProposal
}

function bounds(tokenId: string): readonly string[] {
  return ['emergency-proposal', tokenId]
}
