import { z } from 'zod'
import { id, instant } from '../values.ts'

const count = z.int().min(0)

/** Counters of one client over all instances; suspicions are those of the answering one. */
export const radiusClientActivity = z
  .object({
    id,
    name: z.string(),
    requests: count,
    accepts: count,
    rejects: count,
    challenges: count,
    resent: count.describe('Answers sent again to repeated requests'),
    statusAnswers: count,
    garbagePasswords: count.describe('Passwords that look like those of another secret'),
    dropped: z.record(z.string(), count).describe('Packets without an answer, by reason'),
    wrongSecretSuspected: z.boolean().describe('By the instance that answers, from what it received itself'),
  })
  .meta({ id: 'RadiusClientActivity' })

/** A source that sent packets and is no client. */
export const unknownRadiusClient = z
  .object({ address: z.string(), packets: count, lastSeenAt: instant })
  .meta({ id: 'UnknownRadiusClient' })

export type RadiusClientActivity = z.infer<typeof radiusClientActivity>
export type UnknownRadiusClient = z.infer<typeof unknownRadiusClient>
