import { z } from 'zod'
import { pageQuery } from '../paging/page.ts'
import { domainReference, flag, id, instant, instantInQuery, text } from '../values.ts'

export const lockState = z
  .object({
    locked: z.boolean(),
    lockedAt: instant.nullable(),
    unlocksAt: instant.nullable().describe('null with `locked` = an administrator must unlock'),
    pausedUntil: instant.nullable().describe('Tries are refused until then'),
    consecutiveFailures: z.int(),
    maxFailures: z.int(),
  })
  .meta({ id: 'LockState' })

export const userSummary = z
  .object({
    id,
    username: z.string(),
    displayName: z.string().describe('First and last name, or the user ID'),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    condition: z.enum(['disabled', 'not-started', 'expired', 'locked', 'active']),
    enabled: z.boolean(),
    startsAt: instant.nullable(),
    expiresAt: instant.nullable(),
    securityDomain: domainReference,
    version: z.int(),
  })
  .meta({ id: 'UserSummary' })

export const userDetails = userSummary
  .extend({
    aliases: z.array(z.string()),
    phone: z.string(),
    notes: z.string(),
    identitySourceId: id,
    createdAt: instant,
    updatedAt: instant,
    lock: lockState,
    hasPassword: z.boolean(),
    isAdministrator: z.boolean(),
  })
  .meta({ id: 'UserDetails' })

export const userParams = z.object({ userId: id.describe('Id, user ID or alias') })

/** Every given field must match. */
export const userQuery = pageQuery.extend({
  text: text(255).optional().describe('Beginning of the user ID, an alias, a name or the e-mail address'),
  username: text(255).optional().describe('Beginning of the user ID'),
  securityDomainId: id.optional().describe('This domain and everything below it'),
  enabled: flag.optional(),
  locked: flag.optional(),
  hasToken: flag.optional(),
  expiresBefore: instantInQuery.optional(),
  sort: z
    .enum(['username', 'first-name', 'last-name', 'email', 'expiry'])
    .default('username')
    .describe('What has none comes last'),
  count: flag.optional().describe('Also count the matches, up to 10,000'),
})

const particulars = z.object({
  username: text(255),
  aliases: z.array(text(255)).max(20),
  firstName: text(128),
  lastName: text(128),
  email: text(254),
  phone: text(64),
  notes: text(1024),
  securityDomainId: id,
  startsAt: instant.nullable(),
  expiresAt: instant.nullable(),
})

export const createUser = particulars
  .partial()
  .required({ username: true, securityDomainId: true })
  .extend({ enabled: z.boolean().optional() })
  .meta({ id: 'CreateUser' })

export const updateUser = particulars.partial().meta({ id: 'UpdateUser' })

export type LockState = z.infer<typeof lockState>
export type UserSummary = z.infer<typeof userSummary>
export type UserDetails = z.infer<typeof userDetails>
export type UserQuery = z.input<typeof userQuery>
export type CreateUser = z.infer<typeof createUser>
export type UpdateUser = z.infer<typeof updateUser>
