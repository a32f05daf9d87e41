import type { AuthnResponse, AuthnStatusResponse, CancelAttempt, CheckStatus } from '@driftlock/contracts'
import { addMs, MS_PER_SECOND } from '@driftlock/domain'
import type { Caller, DialogueParts } from './attempt-dialogue.ts'
import type { AttemptRecord } from './attempt-register.ts'
import type { AttemptTicket } from './attempt-ticket.ts'
import { respond, respondError } from './respond.ts'

const UNKNOWN: AuthnStatusResponse = {
  attemptResponseCode: 'ERROR',
  attemptReasonCode: 'ATTEMPT_UNKNOWN',
  subjectName: null,
  authnPolicyId: null,
  sessionAttributes: [],
  successfulMethods: [],
  attemptExpires: null,
}

/** What an attempt that is kept came to so far; one that is not kept, or was removed, is unknown. */
export async function attemptStatus(
  parts: DialogueParts,
  { agent }: Caller,
  { authnAttemptId, removeAttemptId }: CheckStatus,
): Promise<AuthnStatusResponse> {
  const ticket = parts.ids.openId(authnAttemptId)
  if (ticket === undefined || ticket.agentId !== agent.id) return UNKNOWN
  const record = ticket.kept ? await parts.register.find(ticket) : undefined
  if (record === undefined || record.removed || record.expiresAt <= parts.ports.clock.now()) return UNKNOWN
  if (removeAttemptId === true) await parts.register.end(ticket, { ...record, removed: true })
  return {
    attemptResponseCode: record.responseCode,
    attemptReasonCode: record.reasonCode,
    subjectName: ticket.subjectName,
    authnPolicyId: ticket.policyId,
    sessionAttributes: [...record.sessionAttributes],
    successfulMethods: [...record.successfulMethods],
    attemptExpires: new Date(record.expiresAt).toISOString(),
  }
}

/** The user gave up, or the client did: no message of the attempt is taken any more. What was reached stays reached. */
export async function cancelAttempt(
  parts: DialogueParts,
  { agent }: Caller,
  { authnAttemptId, removeAttemptId }: CancelAttempt,
): Promise<AuthnResponse> {
  const reply = { attemptId: authnAttemptId, inResponseTo: null }
  const ticket = parts.ids.openId(authnAttemptId)
  if (ticket === undefined || ticket.agentId !== agent.id) return respondError(reply, 'ATTEMPT_UNKNOWN')
  const record = await parts.register.find(ticket)
  const isOver = record?.responseCode === 'SUCCESS' || record?.responseCode === 'FAIL'
  const ended = isOver ? record : cancelled(parts, ticket, record)
  await parts.register.end(ticket, { ...ended, removed: removeAttemptId ?? !ticket.kept })
  return respond(reply, { code: 'FAIL', reason: 'ATTEMPT_CANCELLED' })
}

function cancelled({ ports }: DialogueParts, ticket: AttemptTicket, record: AttemptRecord | undefined): AttemptRecord {
  return {
    responseCode: 'FAIL',
    reasonCode: 'ATTEMPT_CANCELLED',
    sessionAttributes: record?.sessionAttributes ?? [],
    successfulMethods: record?.successfulMethods ?? [],
    expiresAt: addMs(ports.clock.now(), ticket.timeoutSeconds * MS_PER_SECOND),
    removed: false,
  }
}
