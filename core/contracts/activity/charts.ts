import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, instant, instantInQuery, wholeNumber } from '../values.ts'

const span = z.object({ from: instantInQuery, before: instantInQuery })

export const logOnSeries = z
  .object({
    slotMs: z.int(),
    slots: z.array(z.object({ slotStart: instant, success: z.int(), failure: z.int(), warning: z.int() })),
  })
  .meta({ id: 'LogOnSeries' })

/** Bars of equal width over the believed offsets of all tokens with a clock; the outermost hold the rest. */
export const driftHistogram = z
  .object({
    binSeconds: z.number(),
    bins: z.array(z.object({ fromSeconds: z.number(), count: z.int() })),
    tokens: z.int(),
    neverMeasured: z.int(),
    complete: z.boolean().describe('False when the fleet is larger than what is counted (20,000 tokens)'),
  })
  .meta({ id: 'DriftHistogram' })

export const expirySeries = z
  .object({
    months: z.array(
      z.object({
        month: z.string().describe('2026-11, in UTC'),
        startsAt: instant,
        count: z.int(),
        atLeast: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ExpirySeries' })

/** A high rate at one client points at its clock, its retransmissions or its shared secret. */
export const nextTokencodeRates = z
  .object({
    clients: z.array(
      z.object({ client: z.string(), logOns: z.int(), nextTokencodes: z.int(), failures: z.int(), rate: z.number() }),
    ),
    complete: z.boolean().describe('False when there were more log-ons than are looked at (20,000, the latest)'),
  })
  .meta({ id: 'NextTokencodeRates' })

/** Numbers of the home page. */
export const overview = z
  .object({
    users: z.object({ count: z.int(), atLeast: z.boolean() }),
    tokens: z.object({ count: z.int(), atLeast: z.boolean() }),
    lockedUsers: z.object({ count: z.int(), atLeast: z.boolean() }),
    expiringTokens: z.object({ count: z.int(), atLeast: z.boolean() }).describe('Within 30 days, assigned'),
    driftingTokens: z
      .object({ count: z.int(), atLeast: z.boolean() })
      .describe('Forecast to leave their window within 30 days'),
    emergencyAccess: z.object({ count: z.int(), atLeast: z.boolean() }),
    clockDoubts: z.array(z.object({ reason: z.string(), text: z.string(), since: instant })),
  })
  .meta({ id: 'Overview' })

export const chartEndpoints = {
  getOverview: endpoint({
    method: 'GET',
    path: '/api/v1/charts/overview',
    summary: 'Numbers of the home page',
    access: needs('view-tokens', 'view-users'),
    response: overview,
  }),
  getLogOnSeries: endpoint({
    method: 'GET',
    path: '/api/v1/charts/log-ons',
    summary: 'Log-ons by outcome over time; empty slots are given with zeros',
    access: needs('view-activity'),
    query: span.extend({ slotMs: wholeNumber(60_000, 31 * 86_400_000).default(3_600_000) }),
    response: logOnSeries,
  }),
  getDriftHistogram: endpoint({
    method: 'GET',
    path: '/api/v1/charts/drift',
    summary: 'How the clocks of the fleet are off',
    access: needs('view-tokens'),
    query: z.object({
      securityDomainId: id.optional(),
      binSeconds: wholeNumber(1, 3600).default(30),
      bins: wholeNumber(3, 101).default(21),
    }),
    response: driftHistogram,
  }),
  getExpirySeries: endpoint({
    method: 'GET',
    path: '/api/v1/charts/expiring-tokens',
    summary: 'Assigned tokens expiring in each of the coming months',
    access: needs('view-tokens'),
    query: z.object({ securityDomainId: id.optional(), months: wholeNumber(1, 36).default(12) }),
    response: expirySeries,
  }),
  getNextTokencodeRates: endpoint({
    method: 'GET',
    path: '/api/v1/charts/next-tokencode-rate',
    summary: 'How often each agent and RADIUS client sees next tokencode mode',
    access: needs('view-activity'),
    query: span,
    response: nextTokencodeRates,
  }),
} as const

export type LogOnSeries = z.infer<typeof logOnSeries>
export type DriftHistogram = z.infer<typeof driftHistogram>
export type ExpirySeries = z.infer<typeof expirySeries>
export type NextTokencodeRates = z.infer<typeof nextTokencodeRates>
export type Overview = z.infer<typeof overview>
