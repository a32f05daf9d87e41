import { z } from 'zod'
import { thumbprint } from './keys.ts'

/** Headers that carry the compact JWS (RFC 7515 §7.1, EdDSA) of a request and of its answer. */
export const REQUEST_HEADER = 'driftlock-request'
export const ANSWER_HEADER = 'driftlock-answer'

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not a SHA-256 in base64url')
const seconds = z.int().min(0)

/** `iss` of the one request that has no manager yet; it is signed with the key that its body registers. */
export const REGISTRATION_ISSUER = 'registration'

export const requestHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  kid: thumbprint,
  typ: z.literal('driftlock-request+jwt'),
})

/** What a manager signs of a request: who, when (Unix seconds), which one, and every octet of it. */
export const requestClaims = z.strictObject({
  iss: z.string().min(1).max(64).describe('managerId, or `registration`'),
  iat: seconds,
  jti: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/, 'is not 128 random bits or more in base64url'),
  method: z.enum(['GET', 'POST']),
  target: z.string().min(1).max(2048).describe('Path and query as sent: /cloud/v1/feed?after=0&limit=1000'),
  bodySha256: digest.describe('Of no octets when there is no body'),
})

export const answerHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  kid: thumbprint,
  typ: z.literal('driftlock-answer+jwt'),
})

/**
 * What the cloud signs of an answer. `requestSha256` is over the request's whole signed header: an answer fits one
 * request of one manager only. (A request's `jti` alone would not do: another manager could ask with the same one.)
 */
export const answerClaims = z.strictObject({
  requestSha256: digest,
  status: z.int().min(100).max(599),
  bodySha256: digest,
  iat: seconds,
})

export type RequestClaims = z.infer<typeof requestClaims>
export type AnswerClaims = z.infer<typeof answerClaims>
