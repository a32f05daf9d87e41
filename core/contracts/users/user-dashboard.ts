import { z } from 'zod'
import { activityRecord } from '../activity/activity.ts'
import { emergencyAccess } from '../emergency-access/emergency-access.ts'
import { permission } from '../permissions.ts'
import { tokenDetails } from '../tokens/token.ts'
import { sentence, worded } from '../values.ts'
import { userDetails } from './user.ts'

/** A mend the caller may do now and the state calls for; `tokenId` where it concerns one token. */
export const suggestedMend = z
  .object({
    mend: z.enum([
      'unlock-user',
      'enable-user',
      'assign-token',
      'enable-token',
      'replace-token',
      'resynchronise-token',
      'clear-pin',
      'issue-emergency-access',
      'end-emergency-access',
      'mark-token-found',
      'undo-redistribution',
    ]),
    tokenId: z.string().nullable(),
    why: worded,
  })
  .meta({ id: 'SuggestedMend' })

/** The help desk's page: one call, everything it shows. */
export const userDashboard = z
  .object({
    user: userDetails,
    tokens: z.array(z.object({ token: tokenDetails, emergencyAccess })),
    recentLogOns: z.array(activityRecord).describe('The last 20, newest first, reasons in words'),
    hindrances: z.array(worded).describe('Why a log-on would fail now whatever the passcode'),
    suggestedMends: z.array(suggestedMend),
    permitted: z.array(permission).describe('What the caller may do to this user and these tokens'),
    serverClockInDoubt: z.boolean(),
  })
  .meta({ id: 'UserDashboard' })

/** Why a passcode fails (or would be taken), the most telling sentence first. Nothing is changed by asking. */
export const explanation = z
  .object({
    sentences: z.array(sentence),
    findings: z.array(
      z.object({
        serial: z.string(),
        seed: z.enum(['current', 'redistributed', 'voided']),
        pinGood: z.boolean(),
        clockOffMs: z.number().optional(),
        countersOff: z.number().optional(),
        alreadyUsed: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Explanation' })

export type SuggestedMend = z.infer<typeof suggestedMend>
export type UserDashboard = z.infer<typeof userDashboard>
export type Explanation = z.infer<typeof explanation>
