import { z } from 'zod'
import { instant, text } from '../values.ts'
import { CLOUD_BASE_PATH } from './limits.ts'
import type { CloudCall } from './manager-calls.ts'
import { appSerial } from './tokencode-record.ts'

const call = <const C extends CloudCall>(one: C): C => one
const BASE = `${CLOUD_BASE_PATH}/app`

/** What an authenticator app asks of the cloud. Not signed: the registration code, then the tokencode, are its proof. */
export const appCalls = {
  /** The seed travels once, to the app, over TLS. Until the proof the app counts for nothing. */
  beginRegistration: call({
    method: 'POST',
    path: `${BASE}/registrations`,
    body: z.object({
      registrationCode: text(64).min(8, 'is no registration code of an app: copy all of its letters and digits'),
      publicName: text(64).min(1).describe('Of the device'),
    }),
    response: z.object({
      registrationId: z.string().min(1).max(64),
      companyName: z.string(),
      serial: appSerial,
      seed: z.string().describe('base64url'),
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      digits: z.int(),
      intervalSeconds: z.int(),
      proofUntilMs: instant,
    }),
  }),
  /** One tokencode of the new seed completes the registration; the user's app of before is replaced. */
  proveRegistration: call({
    method: 'POST',
    path: `${BASE}/registrations/{registrationId}/proof`,
    body: z.object({ tokencode: text(16).min(1) }),
    response: z.object({ serial: appSerial, replacedSerial: appSerial.nullable() }),
  }),
  /** Log-on of a user at the cloud. The answer is the same for a wrong code and for nobody of that name. */
  authenticate: call({
    method: 'POST',
    path: `${BASE}/authentications`,
    body: z.object({
      company: text(64).min(1).describe('Short name of the company'),
      userName: text(255).min(1),
      tokencode: text(16).min(1),
      challenge: text(1024).optional().describe('Of the answer before, with the next tokencode'),
    }),
    response: z.object({
      outcome: z.enum(['accepted', 'rejected', 'next-tokencode']),
      challenge: z.string().optional(),
    }),
  }),
} as const

export type AppRegistration = z.infer<typeof appCalls.beginRegistration.response>
