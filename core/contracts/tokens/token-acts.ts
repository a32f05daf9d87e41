import { z } from 'zod'
import { pageQuery } from '../paging/page.ts'
import { flag, id, instant, instantInQuery, text, worded } from '../values.ts'
import { formFactor, passcodeStyle, tokenDetails, tokenKind, tokenWindows } from './token.ts'

export const tokenParams = z.object({ tokenId: id.describe('Id or serial') })

/** Every given field must match. */
export const tokenQuery = pageQuery.extend({
  text: text(255).optional().describe("Beginning of the serial, the nickname or the owner's user ID"),
  serial: text(64).optional().describe('Beginning of the serial'),
  userId: id.optional(),
  assigned: flag.optional(),
  enabled: flag.optional(),
  lost: flag.optional(),
  kind: tokenKind.optional(),
  formFactor: formFactor.optional(),
  expiresFrom: instantInQuery.optional(),
  expiresBefore: instantInQuery.optional(),
  securityDomainId: id.optional().describe('This domain and everything below it'),
  leavesWindowBefore: instantInQuery.optional(),
  unusedSince: instantInQuery.optional(),
  hasEmergencyAccess: flag.optional(),
  newPinRequired: flag.optional(),
  hasPin: flag.optional(),
  redistributionPending: flag.optional(),
  sort: z.enum(['serial', 'expiry', 'last-used', 'leaves-window', 'owner']).default('serial'),
  count: flag.optional().describe('Also count the matches, up to 10,000'),
})

export const updateToken = z
  .object({
    nickname: text(128),
    notes: text(1024),
    securityDomainId: id,
    windows: tokenWindows,
    passcodeStyle,
    startsAt: instant.nullable(),
    expiresAt: instant.nullable(),
  })
  .partial()
  .meta({ id: 'UpdateToken' })

export const assignToken = z.object({
  user: id.describe('Id, user ID or alias'),
  enabled: z.boolean().optional().describe('false for a token that is sent by post; absent = as it is'),
})
export const replaceToken = z.object({
  replacement: id.optional().describe('Id or serial; absent = the next available of the same kind and form'),
})
export const replacedToken = z.object({ replaced: tokenDetails, replacement: tokenDetails })
export const markTokenLost = z.object({ lost: z.boolean() })
/** Two successive tokencodes, without PIN (seed 000). */
export const resynchroniseToken = z.object({
  first: text(16).describe('The tokencode showing now'),
  second: text(16).describe('The one after it'),
  setBack: z.boolean().default(false).describe('The clock of the device was set back: needs its own permission'),
})
/** A refused resynchronisation is an answer, not a problem: it says why. */
export const resynchronised = z
  .object({
    outcome: z.enum(['resynchronised', 'refused']),
    reason: z.string(),
    text: z.string(),
    possibleCauses: z.array(worded).describe('The causes of seed 000, where the pair was not found'),
    clockOffMs: z.number().nullable(),
    token: tokenDetails,
  })
  .meta({ id: 'Resynchronised' })

export const driftHistoryQuery = z.object({
  from: instantInQuery.optional(),
  before: instantInQuery.optional(),
  limit: z.coerce.number<number>().int().min(1).max(1000).default(500),
})

/** Acts on exactly the tokens that are named, none that a search would find; `confirmCount` must be their number. */
export const bulkTokenAct = z
  .object({
    act: z.enum([
      'enable',
      'disable',
      'unassign',
      'delete',
      'mark-lost',
      'mark-found',
      'clear-pin',
      'force-new-pin',
      'end-emergency-access',
      'move',
    ]),
    tokenIds: z.array(id).min(1).max(1000),
    confirmCount: z.int(),
    securityDomainId: id.optional().describe('For `move`'),
  })
  .meta({ id: 'BulkTokenAct' })

/** One result for each named object, in their order. */
export const bulkResult = z
  .object({
    done: z.int(),
    failed: z.int(),
    results: z.array(
      z.object({
        id,
        name: z.string().describe('Serial; the id where it is not the caller’s to act on'),
        ok: z.boolean(),
        code: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' })

export type TokenQuery = z.input<typeof tokenQuery>
export type UpdateToken = z.infer<typeof updateToken>
export type BulkTokenAct = z.infer<typeof bulkTokenAct>
export type BulkResult = z.infer<typeof bulkResult>
export type Resynchronised = z.infer<typeof resynchronised>
