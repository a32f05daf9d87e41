import { z } from 'zod'
import { nameValueSchema } from './name-value.ts'

/**
 * Messages of the SecurID Authentication API v1_1 as clients send them (authentication-manager §9.2). Clients leave out
 * what they do not use or send null for it; fields that nobody knows are passed over.
 */

/** Longer than any attempt or message id this server gives out. */
const LONGEST_ID = 4096

/** One answer of the user to one method. */
export const authnCredentialSchema = z.object({
  methodId: z.string().min(1).max(64),
  referenceId: z.string().max(255).nullish(),
  versionId: z.string().max(16).nullish(),
  collectedInputs: z.array(nameValueSchema).min(1).max(8),
})

const messageContextSchema = z.object({
  authnAttemptId: z.string().max(LONGEST_ID).nullish(),
  /** Made by the client, new for each request. */
  messageId: z.string().min(1).max(LONGEST_ID),
  inResponseTo: z.string().max(LONGEST_ID).nullish(),
})

export const initializeSchema = z
  .object({
    /** Seconds the attempt is kept after each call; absent = 180. Some clients write the number as text. */
    authnAttemptTimeout: z
      .union([
        z.number().int(),
        z
          .string()
          .regex(/^[0-9]{1,9}$/)
          .transform(Number),
      ])
      .pipe(z.number().positive())
      .nullish(),
    tenantId: z.string().max(255).nullish(),
    /** Name of the agent record. */
    clientId: z.string().max(255).nullish(),
    subjectName: z.string().min(1).max(255),
    display: z.string().max(255).nullish(),
    lang: z.string().max(35).nullish(),
    assurancePolicyId: z.string().max(255).nullish(),
    assuranceLevel: z.enum(['LOW', 'MEDIUM', 'HIGH']).nullish(),
    authMethodId: z.string().max(64).nullish(),
    sessionAttributes: z.array(nameValueSchema).max(32).nullish(),
    /** Given, the attempt is judged at once (one-step). */
    subjectCredentials: z.array(authnCredentialSchema).max(4).nullish(),
    clientDetails: z
      .object({
        hostname: z.string().max(255).nullish(),
        softwareId: z.string().max(255).nullish(),
        version: z.string().max(64).nullish(),
        component: z.string().max(255).nullish(),
        platform: z.string().max(255).nullish(),
      })
      .nullish(),
    context: messageContextSchema,
    /** True if the status of the attempt will be asked for when it is over. */
    keepAttempt: z.boolean().nullish(),
  })
  .refine(
    ({ assurancePolicyId, assuranceLevel, authMethodId }) =>
      [assurancePolicyId, assuranceLevel, authMethodId].filter((given) => (given ?? '') !== '').length <= 1,
    { path: ['assurancePolicyId'], error: 'give one of assurancePolicyId, assuranceLevel and authMethodId' },
  )

export const verifySchema = z.object({
  subjectCredentials: z.array(authnCredentialSchema).min(1).max(4),
  context: messageContextSchema.extend({
    authnAttemptId: z.string().min(1).max(LONGEST_ID),
    /** The server's last message id. */
    inResponseTo: z.string().min(1).max(LONGEST_ID),
  }),
})

export const checkStatusSchema = z.object({
  authnAttemptId: z.string().min(1).max(LONGEST_ID),
  removeAttemptId: z.boolean().nullish(),
})

export const cancelAttemptSchema = z.object({
  authnAttemptId: z.string().min(1).max(LONGEST_ID),
  reason: z.enum(['USER_ACTION', 'TIME_OUT']).nullish(),
  removeAttemptId: z.boolean().nullish(),
})

export const promptResourcesQuerySchema = z.object({
  lang: z.string().max(35).optional(),
  resourceId: z.string().max(255).optional(),
})

export type AuthnCredential = z.infer<typeof authnCredentialSchema>
export type Initialize = z.infer<typeof initializeSchema>
export type Verify = z.infer<typeof verifySchema>
export type CheckStatus = z.infer<typeof checkStatusSchema>
export type CancelAttempt = z.infer<typeof cancelAttemptSchema>
export type PromptResourcesQuery = z.infer<typeof promptResourcesQuerySchema>
