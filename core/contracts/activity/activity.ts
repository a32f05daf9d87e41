import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, instant, sentence, text } from '../values.ts'

/** The three monitors: log-ons, what administrators do, and what the system does. */
export const activityChannel = z.enum(['authentication', 'administration', 'system']).meta({ id: 'ActivityChannel' })

export const outcome = z.enum(['success', 'failure', 'warning']).meta({ id: 'Outcome' })

/** What was seen of one token while a passcode was judged. */
export const tokenTrace = z
  .object({
    serial: z.string(),
    pin: z.string(),
    code: z.string(),
    via: z.enum(['tokencode', 'emergency']),
    window: z.enum(['small', 'medium', 'large']).optional(),
    stepsOff: z.int().optional(),
    clockOffMs: z.number().optional(),
    hindrance: z.string().optional(),
  })
  .meta({ id: 'TokenTrace' })

/** One thing that happened, with its reason in the help desk's words. */
export const activityRecord = z
  .object({
    id,
    at: instant,
    channel: activityChannel,
    action: z.string(),
    actionText: z.string(),
    outcome,
    reason: z.string(),
    reasonText: z.string(),
    sentences: z.array(sentence).describe('The trace in words: which token, how far off, which rule, what to do'),
    actor: z.object({ type: z.string(), id: z.string(), name: z.string() }),
    userId: z.string().nullable(),
    username: z.string().nullable(),
    tokenSerial: z.string().nullable(),
    securityDomainId: z.string().nullable(),
    agent: z.string().nullable(),
    clientAddress: z.string().nullable(),
    requestId: z.string().nullable(),
    tokens: z.array(tokenTrace),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'ActivityRecord' })

export const activityQuery = z.object({
  channel: activityChannel,
  userId: id.optional(),
  username: text(255).optional().describe('Beginning of the user ID'),
  tokenSerial: text(64).optional(),
  agent: text(255).optional(),
  outcome: outcome.optional(),
  securityDomainId: id.optional().describe('This domain and everything below it'),
})

export const activityEndpoints = {
  watchActivity: endpoint({
    method: 'GET',
    path: '/api/v1/activity/events',
    summary: 'Live monitor as server-sent events: `event: activity`, id = record id, data = ActivityRecord',
    access: needs('view-activity'),
    stream: 'events',
    query: activityQuery,
    response: activityRecord,
  }),
} as const

export type ActivityChannel = z.infer<typeof activityChannel>
export type ActivityRecord = z.infer<typeof activityRecord>
export type ActivityQuery = z.input<typeof activityQuery>
export type TokenTrace = z.infer<typeof tokenTrace>
export type Outcome = z.infer<typeof outcome>
