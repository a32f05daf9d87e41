import type { Snapshot } from '../authentication/decision.ts'
import type { Step } from '../time.ts'
import type { Token } from '../token/token.ts'
import { isCloudManaged } from './cloud-token.ts'

/** What the cloud said of an app's code. */
export type CloudVerdict =
  | { readonly outcome: 'accepted' }
  /** The code, or a later one, was used there. */
  | { readonly outcome: 'used'; readonly step: Step }
  /** The cloud does not let this app in: revoked, locked, or the code is none of its codes. */
  | { readonly outcome: 'refused' }
  /** No answer in time: what is known here decides. */
  | { readonly outcome: 'unreachable' }

/**
 * The snapshot as the cloud's word changes it, for a second decision: a used code is used here too, an app that was refused
 * cannot serve this time. The decision itself stays one and the same.
 */
export function asCloudSays(snapshot: Snapshot, tokenId: string, verdict: CloudVerdict): Snapshot {
  if (verdict.outcome === 'accepted' || verdict.outcome === 'unreachable') return snapshot
  const changed = (token: Token): Token => {
    if (token.record.id !== tokenId) return token
    if (verdict.outcome === 'refused') return { ...token, refusedByCloud: true }
    const highWaterStep = verdict.step > token.state.highWaterStep ? verdict.step : token.state.highWaterStep
    return { ...token, state: { ...token.state, highWaterStep } }
  }
  return { ...snapshot, tokens: snapshot.tokens.map(changed) }
}

/** The snapshot where high availability is switched off: codes of apps are the cloud's alone. */
export function withoutApps(snapshot: Snapshot): Snapshot {
  if (!snapshot.tokens.some(({ record }) => isCloudManaged(record))) return snapshot
  return { ...snapshot, tokens: snapshot.tokens.filter(({ record }) => !isCloudManaged(record)) }
}
