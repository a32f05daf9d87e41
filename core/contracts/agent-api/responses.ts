import { z } from 'zod'
import { nameValueSchema } from './name-value.ts'

/** Answers of the SecurID Authentication API v1_1 (authentication-manager §9.2). */

/**
 * ERROR: technical, the attempt is of no use any more. FAIL: wrong, the attempt is over. CHALLENGE: something is asked.
 * IN_PROCESS: ask again with the same reference id.
 */
export const responseCodeSchema = z.enum(['SUCCESS', 'FAIL', 'ERROR', 'CHALLENGE', 'IN_PROCESS'])

const promptSchema = z.object({
  promptResourceId: z.string(),
  defaultText: z.string(),
  formatRegex: z.string().nullable(),
  defaultValue: z.string().nullable(),
  /** True for a new PIN: the client asks twice and sends it once. */
  valueBeingDefined: z.boolean(),
  sensitive: z.boolean(),
  minLength: z.number().int().nullable(),
  maxLength: z.number().int().nullable(),
  promptArgs: z.array(z.string()),
})

const methodSchema = z.object({
  methodId: z.string(),
  displayName: z.string().nullable(),
  priority: z.number().int().nullable(),
  versions: z.array(
    z.object({
      versionId: z.string(),
      methodAttributes: z.array(nameValueSchema),
      valueRequired: z.boolean(),
      referenceId: z.string().nullable(),
      prompt: promptSchema,
    }),
  ),
})

/** The sets are alternatives; the methods of one set are all required. */
const challengeSetSchema = z.object({ methodSetId: z.string().nullable(), requiredMethods: z.array(methodSchema) })

export const authnResponseSchema = z.object({
  context: z.object({
    authnAttemptId: z.string().nullable(),
    messageId: z.string(),
    /** The client's message id. */
    inResponseTo: z.string().nullable(),
  }),
  credentialValidationResults: z.array(
    z.object({
      methodId: z.string(),
      methodResponseCode: responseCodeSchema,
      methodReasonCode: z.string(),
      authnAttributes: z.array(nameValueSchema),
    }),
  ),
  attemptResponseCode: responseCodeSchema,
  attemptReasonCode: z.string(),
  /** Null where nothing is asked: there are clients that take anything else for a question. */
  challengeMethods: z.object({ challenges: z.array(challengeSetSchema) }).nullable(),
})

export const authnStatusResponseSchema = z.object({
  attemptResponseCode: responseCodeSchema,
  attemptReasonCode: z.string(),
  subjectName: z.string().nullable(),
  authnPolicyId: z.string().nullable(),
  sessionAttributes: z.array(nameValueSchema),
  successfulMethods: z.array(z.string()),
  /** ISO 8601, UTC. */
  attemptExpires: z.string().nullable(),
})

export const resourcesResponseSchema = z.array(nameValueSchema)

export type ResponseCode = z.infer<typeof responseCodeSchema>
export type MethodPrompt = z.infer<typeof promptSchema>
export type AuthenticationMethod = z.infer<typeof methodSchema>
export type AuthnResponse = z.infer<typeof authnResponseSchema>
export type AuthnStatusResponse = z.infer<typeof authnStatusResponseSchema>
