import type { AuditRecord as StoredRecord } from '@driftlock/application'
import type { ActivityChannel, ActivityRecord, AuditRecord } from '@driftlock/contracts'
import { ACT_REASONS, APPLICATION_ERRORS } from '@driftlock/application'
import { AUDIT_ACTIONS, type AuditAction, REASONS, traceSentences } from '@driftlock/domain'

const AUTHENTICATION: ReadonlySet<AuditAction> = new Set([
  'authenticate',
  'resynchronise-token',
  'log-on-administrator',
])
const SYSTEM: ReadonlySet<AuditAction> = new Set([
  'start-instance',
  'stop-instance',
  'clock-in-doubt',
  'run-job',
  'suspect-radius-secret',
  'rotate-keys',
  'back-up',
  'restore',
  'prune-audit',
])

/** Which of the three monitors shows an action. */
export function channelOf(action: AuditAction): ActivityChannel {
  if (AUTHENTICATION.has(action)) return 'authentication'
  return SYSTEM.has(action) ? 'system' : 'administration'
}

export function actionsOf(channel: ActivityChannel): AuditAction[] {
  return (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => channelOf(action) === channel) // keys of that table
}

export function activityOf({ entry }: StoredRecord): ActivityRecord {
  const { id, at, action, outcome, reason, trace } = entry
  return {
    id,
    at,
    action,
    outcome,
    reason,
    channel: channelOf(action),
    actionText: AUDIT_ACTIONS[action].text,
    reasonText: reasonText(reason),
    sentences: trace === undefined ? [] : traceSentences(trace).map((one) => ({ ...one, facts: { ...one.facts } })),
    actor: { ...entry.actor },
    userId: entry.userId ?? null,
    username: entry.username ?? null,
    tokenSerial: entry.tokenSerial ?? null,
    securityDomainId: entry.securityDomainId ?? null,
    agent: entry.agent ?? null,
    clientAddress: entry.clientAddress ?? null,
    requestId: entry.requestId ?? null,
    tokens: (trace?.tokens ?? []).map(({ searchedSteps: _searched, ...seen }) => seen),
    before: entry.before ?? null,
    after: entry.after ?? null,
  }
}

export function auditRecordOf(record: StoredRecord): AuditRecord {
  return { ...activityOf(record), chainId: record.chainId, sequence: record.sequence }
}

/** A reason is one of a decision, one of an act, or an error code of a use case. */
export function reasonText(reason: string): string {
  const decided: Readonly<Record<string, { readonly helpDesk: string }>> = REASONS
  const acts: Readonly<Record<string, string>> = ACT_REASONS
  const words = decided[reason]?.helpDesk ?? acts[reason]
  if (words !== undefined) return words
  const known: Readonly<Record<string, { readonly text: string }>> = APPLICATION_ERRORS
  return known[reason]?.text.replace(/\{(\w+)\}/g, '…') ?? reason
}
