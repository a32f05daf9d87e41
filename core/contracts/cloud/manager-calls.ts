import { z } from 'zod'
import { instant, text, wholeNumber } from '../values.ts'
import { cloudKey, sealingJwk, signingJwk } from './keys.ts'
import { CLOUD_BASE_PATH, CLOUD_LIMITS } from './limits.ts'
import { markerText, START_MARKER } from './marker.ts'
import { appSerial, feedPage, stepText, userRecords } from './tokencode-record.ts'

/** One call of a manager to the cloud as data: the cloud registers it, the manager's client calls it. */
export interface CloudCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly response: z.ZodType
}

const call = <const C extends CloudCall>(one: C): C => one

const standing = z.object({
  companyId: z.string().min(1).max(64),
  companyName: z.string().max(255),
  haEnabled: z.boolean(),
  cloudKeys: z.array(cloudKey).min(1).max(8),
  serverTimeMs: instant,
})
const managerId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
/** As the administrator was shown it: 32 octets of secret, a point, the thumbprint of the key that will sign the answer. */
export const managerRegistrationCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/, 'is no registration code for a manager')

export const managerCalls = {
  register: call({
    method: 'POST',
    path: `${CLOUD_BASE_PATH}/managers/registrations`,
    body: z.object({
      registrationCode: managerRegistrationCode,
      deploymentName: text(255).min(1),
      signingKey: signingJwk,
      sealingKey: sealingJwk,
    }),
    response: standing.extend({ managerId }),
  }),
  /** The keys that are given replace the ones of before; the request is signed with the old signing key. */
  rotateKeys: call({
    method: 'POST',
    path: `${CLOUD_BASE_PATH}/managers/keys`,
    body: z.object({ signingKey: signingJwk.optional(), sealingKey: sealingJwk.optional() }),
    response: z.object({ oldSigningKeyUntilMs: instant.nullable() }),
  }),
  status: call({
    method: 'GET',
    path: `${CLOUD_BASE_PATH}/status`,
    response: standing.extend({
      recordCount: z.int().min(0).describe('Active records'),
      latestMarker: markerText,
    }),
  }),
  feed: call({
    method: 'GET',
    path: `${CLOUD_BASE_PATH}/feed`,
    query: z.object({
      after: markerText.default(START_MARKER),
      limit: wholeNumber(1, CLOUD_LIMITS.pageRecords).default(CLOUD_LIMITS.pageRecords),
    }),
    response: feedPage,
  }),
  userRecords: call({
    method: 'GET',
    path: `${CLOUD_BASE_PATH}/users/records`,
    query: z.object({ attribute: text(255).min(1), identitySource: text(255).min(1).optional() }),
    response: userRecords,
  }),
  /** Checks a code as a log-on at the cloud would; uses it up when it is good. */
  verify: call({
    method: 'POST',
    path: `${CLOUD_BASE_PATH}/verifications`,
    body: z.object({ serial: appSerial, tokencode: text(16).min(1) }),
    response: z.object({
      outcome: z
        .enum(['accepted', 'rejected', 'next-tokencode'])
        .describe('next-tokencode: good, but the clock is far off; the manager decides this one by its own record'),
      reason: z.string().max(64).describe('For the help desk; never for the user'),
      step: stepText.nullable().describe('The step that was used up, when accepted'),
    }),
  }),
  /** Codes that the manager accepted on its own. Saying it twice changes nothing. */
  reportSteps: call({
    method: 'POST',
    path: `${CLOUD_BASE_PATH}/steps`,
    body: z.object({
      steps: z
        .array(z.object({ serial: appSerial, step: stepText }))
        .min(1)
        .max(CLOUD_LIMITS.pageRecords),
    }),
    response: z.object({
      applied: z.int().min(0),
      behind: z.int().min(0).describe('The cloud knew this step or a later one as used'),
      unknown: z
        .array(appSerial)
        .describe('No such app in this company, or revoked, or a step that lies in the future'),
    }),
  }),
} as const

export type ManagerCalls = typeof managerCalls
export type ManagerStanding = z.infer<typeof managerCalls.register.response>
export type CloudStatus = z.infer<typeof managerCalls.status.response>
export type Verification = z.infer<typeof managerCalls.verify.response>
export type StepReport = z.infer<typeof managerCalls.reportSteps.body>
export type StepReportAnswer = z.infer<typeof managerCalls.reportSteps.response>
