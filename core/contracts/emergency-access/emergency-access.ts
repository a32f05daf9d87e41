import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { tokenParams } from '../tokens/token-acts.ts'
import { instant, nothing, worded, text } from '../values.ts'

/** "If Token Becomes Available" (seed 004). */
export const ifTokenBecomesAvailable = z
  .enum(['deny', 'allow-and-disable-emergency', 'allow-after-expiry'])
  .meta({ id: 'IfTokenBecomesAvailable' })

export const emergencyMethod = z.enum(['one-time-set', 'temporary-fixed']).meta({ id: 'EmergencyMethod' })

/** What the page Manage Emergency Access Tokencodes shows of a token. Codes themselves are never shown again. */
export const emergencyAccess = z
  .object({
    active: z.boolean(),
    method: emergencyMethod.nullable(),
    codeCount: z.int().nullable(),
    codesLeft: z.int().nullable().describe('null for a temporary fixed tokencode, which does not run out'),
    issuedAt: instant.nullable(),
    expiresAt: instant.nullable().describe('null with `active` = no expiration'),
    expired: z.boolean(),
    ifTokenBecomesAvailable: ifTokenBecomesAvailable.nullable(),
    pinNeeded: z.boolean().describe('The user enters PIN + code, not the code alone'),
    refusals: z.array(worded).describe('Why none can be issued now: unassigned, expired or disabled token'),
  })
  .meta({ id: 'EmergencyAccess' })

export const emergencySettings = z.object({
  method: z.discriminatedUnion('type', [
    z.object({ type: z.literal('one-time-set'), count: z.int().min(1).max(50) }),
    z.object({ type: z.literal('temporary-fixed') }),
  ]),
  expiresAt: instant.nullable().describe('null = no expiration'),
  ifTokenBecomesAvailable,
})

/** Generated and shown once; nothing is valid before it is saved. `proposal` carries it sealed. */
export const emergencyProposal = z
  .object({
    codes: z.array(z.string()),
    proposal: z.string(),
    warnings: z.array(worded).describe('Contradictory or risky choices, to be shown before saving'),
    pinNeeded: z.boolean(),
  })
  .meta({ id: 'EmergencyProposal' })

/** The lifetime and the rule may be changed after generating, as on the page of seed 004. */
export const saveEmergencyAccess = z.object({
  proposal: text(16_384),
  expiresAt: instant.nullable(),
  ifTokenBecomesAvailable,
})

const path = '/api/v1/tokens/{tokenId}/emergency-access'
const params = tokenParams
const tag = 'emergency-access'

export const emergencyAccessEndpoints = {
  getEmergencyAccess: endpoint({
    method: 'GET',
    path,
    tag,
    summary: 'Whether emergency access stands and how many codes remain',
    access: needs('view-emergency-access'),
    params,
    response: emergencyAccess,
  }),
  proposeEmergencyAccess: endpoint({
    method: 'POST',
    path: `${path}/proposal`,
    tag,
    summary: 'Generate codes; none is valid before Save',
    access: needs('issue-emergency-access'),
    params,
    body: emergencySettings,
    response: emergencyProposal,
  }),
  saveEmergencyAccess: endpoint({
    method: 'PUT',
    path,
    tag,
    summary: 'Save what was generated: its codes become valid, earlier ones void',
    access: needs('issue-emergency-access'),
    params,
    body: saveEmergencyAccess,
    response: emergencyAccess,
  }),
  endEmergencyAccess: endpoint({
    method: 'DELETE',
    path,
    tag,
    summary: 'End emergency access at once',
    access: needs('end-emergency-access'),
    status: 204,
    params,
    response: nothing,
  }),
} as const

export type EmergencyAccess = z.infer<typeof emergencyAccess>
export type EmergencySettings = z.infer<typeof emergencySettings>
export type EmergencyProposal = z.infer<typeof emergencyProposal>
export type IfTokenBecomesAvailable = z.infer<typeof ifTokenBecomesAvailable>
