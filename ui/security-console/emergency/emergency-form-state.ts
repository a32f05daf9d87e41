import type {
  EmergencyAccess,
  EmergencyProposal,
  EmergencySettings,
  IfTokenBecomesAvailable,
} from '@driftlock/contracts'

/** What is chosen on Manage Emergency Access Tokencodes; nothing of it holds before Save. */
export interface EmergencyChoices {
  readonly online: boolean
  readonly method: 'one-time-set' | 'temporary-fixed'
  readonly count: number
  readonly lifetime: 'none' | 'date'
  readonly expiresAt: number | null
  readonly rule: IfTokenBecomesAvailable
  readonly proposal: EmergencyProposal | undefined
}

export const maxCodes = 50
const usualLifetimeMs = 7 * 86_400_000

export function initialChoices(current: EmergencyAccess, nowMs: number): EmergencyChoices {
  return {
    online: current.active,
    method: current.method ?? 'one-time-set',
    count: current.codeCount ?? 5,
    lifetime: current.active && current.expiresAt === null ? 'none' : 'date',
    expiresAt: current.expiresAt !== null && current.expiresAt > nowMs ? current.expiresAt : nowMs + usualLifetimeMs,
    rule: current.ifTokenBecomesAvailable ?? 'allow-and-disable-emergency',
    proposal: undefined,
  }
}

/** Lifetime as the contract has it: null = no expiration. Undefined where a date is still to be chosen. */
export function lifetimeOf({ lifetime, expiresAt }: EmergencyChoices): number | null | undefined {
  return lifetime === 'none' ? null : (expiresAt ?? undefined)
}

export type EmergencyContradiction = 'no-date' | 'date-past' | 'rule-needs-expiration' | 'count'

/** Choices that cannot be saved together. */
export function contradictionsIn(choices: EmergencyChoices, nowMs: number): readonly EmergencyContradiction[] {
  const found: EmergencyContradiction[] = []
  const expiresAt = lifetimeOf(choices)
  if (expiresAt === undefined) found.push('no-date')
  else if (expiresAt !== null && expiresAt <= nowMs) found.push('date-past')
  if (expiresAt === null && choices.rule === 'allow-after-expiry') found.push('rule-needs-expiration')
  if (choices.method === 'one-time-set' && !(choices.count >= 1 && choices.count <= maxCodes)) found.push('count')
  return found
}

export type EmergencyRisk = 'deny-advised' | 'no-expiration' | 'outlives-token'

/** Choices that can be saved but should be thought about first. */
export function risksIn(
  choices: EmergencyChoices,
  token: { readonly passcodeStyle: string; readonly expiresAt: number | null },
): readonly EmergencyRisk[] {
  const found: EmergencyRisk[] = []
  const expiresAt = lifetimeOf(choices)
  if (token.passcodeStyle === 'tokencode-only' && choices.rule !== 'deny') found.push('deny-advised')
  if (expiresAt === null) found.push('no-expiration')
  else if (expiresAt !== undefined && token.expiresAt !== null && token.expiresAt < expiresAt)
    found.push('outlives-token')
  return found
}

/**
 * What codes are generated for. Lifetime and rule come later on the page and are sent again with Save; where they
 * still contradict each other, a choice that is always allowed stands in.
 */
export function settingsToPropose(choices: EmergencyChoices, nowMs: number): EmergencySettings {
  const method =
    choices.method === 'one-time-set'
      ? { type: 'one-time-set' as const, count: choices.count }
      : { type: 'temporary-fixed' as const }
  const contradictory = contradictionsIn(choices, nowMs).some((one) => one !== 'count')
  if (contradictory) return { method, expiresAt: null, ifTokenBecomesAvailable: 'deny' }
  return { method, expiresAt: lifetimeOf(choices) ?? null, ifTokenBecomesAvailable: choices.rule }
}
