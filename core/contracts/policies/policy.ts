import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { domainReference, id, text } from '../values.ts'

const seconds = z
  .int()
  .min(0)
  .max(10 * 366 * 86_400)

export const pinPolicy = z
  .object({
    creation: z.enum(['user', 'system']),
    minLength: z.int().min(1).max(64),
    maxLength: z.int().min(1).max(64),
    characters: z.enum(['digits', 'letters-and-digits']),
    minLetters: z.int().min(0).max(64),
    minDigits: z.int().min(0).max(64),
    excludedWords: z.array(text(64)).max(10_000),
    refuseTrivial: z.boolean(),
    historyCount: z.int().min(0).max(100),
    minAgeSeconds: seconds,
    maxAgeSeconds: seconds.nullable(),
  })
  .meta({ id: 'PinPolicy' })

export const emergencyCodeFormat = z
  .object({ length: z.int().min(1).max(64), digits: z.boolean(), letters: z.boolean(), special: z.boolean() })
  .meta({ id: 'EmergencyCodeFormat' })

export const tokenPolicy = z
  .object({
    incorrectPasscodesBeforeNextTokencode: z.int().min(1).max(100).nullable(),
    lockOnWrongNextTokencode: z.boolean(),
    challengeLifetimeSeconds: seconds,
    pin: pinPolicy,
    emergencyCode: emergencyCodeFormat,
  })
  .meta({ id: 'TokenPolicy' })

export const lockoutPolicy = z
  .object({
    response: z.enum(['lock', 'delay', 'both']),
    maxFailures: z.int().min(1).max(1000),
    withinSeconds: seconds,
    unlockAfterSeconds: seconds.nullable(),
    delayFirstSeconds: seconds,
    delayCapSeconds: seconds,
    delayAfterFailures: z.int().min(0).max(1000),
    retransmissionSeconds: seconds,
  })
  .meta({ id: 'LockoutPolicy' })

export const offlinePolicy = z
  .object({
    offlineAllowed: z.boolean(),
    offlineDays: z.int().min(1).max(366),
    emergencyTokencodeAllowed: z.boolean(),
    emergencyPasscodeAllowed: z.boolean(),
    emergencyLifetimeSeconds: seconds,
  })
  .meta({ id: 'OfflinePolicy' })

/** Where a value comes from: a security domain, or the initial policy that came with the product. */
export const policyOrigin = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('domain'), domain: domainReference, own: z.boolean() }),
    z.object({ type: z.literal('initial'), name: z.string() }),
  ])
  .meta({ id: 'PolicyOrigin' })

/** One policy as it holds in a domain. `own` are the fields the domain sets itself; `origins` says for each field whence. */
function inForce<P extends z.ZodObject>(policy: P) {
  return z.object({
    effective: policy,
    own: policy.partial().nullable().describe('null = everything is inherited'),
    inherited: policy.describe('What would hold if the domain set nothing'),
    origins: z.record(z.string(), policyOrigin),
    version: z.int().describe('0 = the domain sets nothing yet'),
  })
}

export const domainPolicies = z
  .object({
    securityDomain: domainReference,
    token: inForce(tokenPolicy),
    lockout: inForce(lockoutPolicy),
    offline: inForce(offlinePolicy),
  })
  .meta({ id: 'DomainPolicies' })

export const policyKind = z.enum(['token', 'lockout', 'offline']).meta({ id: 'PolicyKind' })

/** Fields that are left out are inherited. */
export const setPolicy = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), value: tokenPolicy.partial() }),
    z.object({ kind: z.literal('lockout'), value: lockoutPolicy.partial() }),
    z.object({ kind: z.literal('offline'), value: offlinePolicy.partial() }),
  ])
  .meta({ id: 'SetPolicy' })

const PATH = '/api/v1/security-domains/{securityDomainId}/policies'
const params = z.object({ securityDomainId: id })
const kindParams = params.extend({ kind: policyKind })
const tag = 'policies'

export const policyEndpoints = {
  getPolicies: endpoint({
    method: 'GET',
    path: PATH,
    tag,
    summary: 'The policies that hold in a domain, and where each field comes from',
    access: needs('view-policies'),
    params,
    response: domainPolicies,
  }),
  setPolicy: endpoint({
    method: 'PUT',
    path: `${PATH}/{kind}`,
    tag,
    summary: 'Set a policy of a domain; If-Match carries the version of that kind',
    access: needs('update-policy'),
    precondition: true,
    params: kindParams,
    body: setPolicy,
    response: domainPolicies,
  }),
  inheritPolicy: endpoint({
    method: 'DELETE',
    path: `${PATH}/{kind}`,
    tag,
    summary: 'Return a policy to the inherited one',
    access: needs('update-policy'),
    precondition: true,
    params: kindParams,
    response: domainPolicies,
  }),
} as const

export type PinPolicy = z.infer<typeof pinPolicy>
export type TokenPolicy = z.infer<typeof tokenPolicy>
export type LockoutPolicy = z.infer<typeof lockoutPolicy>
export type OfflinePolicy = z.infer<typeof offlinePolicy>
export type DomainPolicies = z.infer<typeof domainPolicies>
export type PolicyOrigin = z.infer<typeof policyOrigin>
export type PolicyKind = z.infer<typeof policyKind>
