import { randomUUID } from 'node:crypto'
import { type AuthnResponse, GROUP_ATTRIBUTE, type ResponseCode } from '@driftlock/contracts'
import type { Asked } from './challenge-methods.ts'

/**
 * Reason codes of the API. The first three are those agents know; what a user caused never tells more than VERIFY_ERROR.
 */
export type ReasonCode =
  | 'AUTHENTICATION_REQUIRED'
  | 'CREDENTIAL_VERIFIED'
  | 'VERIFY_ERROR'
  | 'ATTEMPT_CANCELLED'
  | 'ATTEMPT_UNKNOWN'
  | 'ATTEMPT_EXPIRED'
  | 'OUT_OF_SEQUENCE'
  | 'METHOD_NOT_EXPECTED'
  | 'METHOD_NOT_SUPPORTED'
  | 'TIMEOUT_TOO_LARGE'
  | 'INVALID_REQUEST'
  | 'CLIENT_NOT_AUTHORIZED'
  | 'TOO_MANY_REQUESTS'
  | 'SYSTEM_ERROR'

/** Whose message is answered. */
export interface Reply {
  readonly attemptId: string | null
  readonly inResponseTo: string | null
}

export interface ReplyContent {
  readonly code: ResponseCode
  readonly reason: ReasonCode
  /** What became of the credential that was sent; absent = none was. */
  readonly judged?: {
    readonly methodId: string
    readonly code: 'SUCCESS' | 'FAIL'
    /** Groups of the user, told once the user is in. */
    readonly groups?: readonly string[]
  }
  readonly asked?: Asked
  /** The message id that the next call must name; absent = there is none, any will do. */
  readonly messageId?: string
}

/** One answer with every field of authentication-manager §9.2. */
export function respond({ attemptId, inResponseTo }: Reply, content: ReplyContent): AuthnResponse {
  const { code, reason, judged, asked, messageId = randomUUID() } = content
  return {
    context: { authnAttemptId: attemptId, messageId, inResponseTo },
    credentialValidationResults:
      judged === undefined
        ? []
        : [
            {
              methodId: judged.methodId,
              methodResponseCode: judged.code,
              methodReasonCode: judged.code === 'SUCCESS' ? 'CREDENTIAL_VERIFIED' : 'VERIFY_ERROR',
              authnAttributes: (judged.groups ?? []).map((value) => ({
                name: GROUP_ATTRIBUTE,
                value,
                dataType: 'STRING',
              })),
            },
          ],
    attemptResponseCode: code,
    attemptReasonCode: reason,
    challengeMethods: asked === undefined ? null : { challenges: [...asked.challenges] },
  }
}

export function respondError(reply: Reply, reason: ReasonCode): AuthnResponse {
  return respond(reply, { code: 'ERROR', reason })
}
