import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, instant } from '../values.ts'

export const instance = z
  .object({
    id,
    name: z.string(),
    role: z.string(),
    version: z.string(),
    address: z.string(),
    condition: z.enum(['running', 'lost', 'stopped']).describe('`lost` = no heartbeat for half a minute'),
    startedAt: instant,
    heartbeatAt: instant,
    stoppedAt: instant.nullable(),
    answersThis: z.boolean().describe('The instance this answer came from'),
  })
  .meta({ id: 'Instance' })

/** Why the answering instance does not trust its clock; empty = it does. */
export const clockDoubt = z.object({ reason: z.string(), text: z.string(), since: instant }).meta({ id: 'ClockDoubt' })

export const instanceEndpoints = {
  listInstances: endpoint({
    method: 'GET',
    path: '/api/v1/instances',
    summary: 'Instances, their state, and the clock of the one that answers',
    access: needs('view-instances'),
    response: z.object({ items: z.array(instance), clockDoubts: z.array(clockDoubt), serverTime: instant }),
  }),
} as const

export type Instance = z.infer<typeof instance>
export type ClockDoubt = z.infer<typeof clockDoubt>
