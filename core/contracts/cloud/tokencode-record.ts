import { z } from 'zod'
import { instant, text } from '../values.ts'
import { CLOUD_LIMITS } from './limits.ts'
import { markerText, recordId } from './marker.ts'

/** Serial of an app's tokencode: MFA and twelve digits, unique over all companies of a service. */
export const appSerial = z.string().regex(/^MFA[0-9]{12}$/, 'is no serial of an app (MFA and twelve digits)')

/** A step as decimal text: it may pass what a JSON number holds. */
export const stepText = z.string().regex(/^(0|[1-9][0-9]{0,18})$/, 'is no step')

const common = {
  recordId,
  serial: appSerial,
  userAttribute: text(255).min(1).describe('Value of the one attribute by which users are matched'),
  identitySource: text(255).min(1).describe('Name of the identity source at the cloud'),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  digits: z.int().min(6).max(8),
  intervalSeconds: z.int().min(10).max(300),
  lastUsedStep: stepText.nullable().describe('Highest step that was used anywhere; null = none yet'),
  clockOffsetMs: z
    .int()
    .min(-86_400_000)
    .max(86_400_000)
    .nullable()
    .describe('How far the app’s clock was ahead (+) or behind (-) when it last taught something; null = not seen'),
  seedVersion: z.int().min(1).describe('Rises when the seed changes; the same version is the same seed'),
  changeTimeMs: z.int().min(0).describe('Rises with every change of the record; its place in the feed'),
}

const activeRecord = z.object({
  ...common,
  state: z.literal('active'),
  sealedSeed: z
    .string()
    .regex(/^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/, 'is no compact JWE')
    .max(2048)
    .describe('Compact JWE to the manager’s sealing key; the plaintext is the seed, see `sealedSeedHeader`'),
})
/**
 * Revoked, replaced or deleted at the cloud, or its user disabled: kept in the feed for 90 days at least, then gone. An
 * enabled user's record comes back as active.
 */
const revokedRecord = z.object({ ...common, state: z.literal('revoked') })

/** One app's tokencode as a manager may check it when the cloud is out of reach. */
export const tokencodeRecord = z
  .discriminatedUnion('state', [activeRecord, revokedRecord])
  .meta({ id: 'TokencodeRecord' })

/**
 * Protected header of a sealed seed (RFC 7516 §4): it opens for one manager, and only as the seed of this record. `kid`
 * is the thumbprint of the sealing key that was used, so a manager in the middle of a rotation knows which one to take.
 */
export const sealedSeedHeader = z.object({
  alg: z.enum(['ECDH-ES', 'ECDH-ES+A256KW']),
  enc: z.literal('A256GCM'),
  typ: z.literal('driftlock-seed'),
  kid: z.string(),
  managerId: z.string(),
  recordId,
  serial: appSerial,
  seedVersion: z.int().min(1),
})

/** A page of the feed, in the order (changeTimeMs, recordId). No record appears twice in a page. */
export const feedPage = z
  .object({
    companyId: z.string().min(1).max(64),
    records: z.array(tokencodeRecord).max(CLOUD_LIMITS.pageRecords),
    nextMarker: markerText.describe('`after` of the next page; the one asked with when the page is empty'),
    hasMore: z.boolean(),
    serverTimeMs: instant,
  })
  .meta({ id: 'TokencodeFeedPage' })

/** What one user has at the cloud, whatever the marker. */
export const userRecords = z.object({
  companyId: z.string().min(1).max(64),
  records: z.array(tokencodeRecord).max(CLOUD_LIMITS.pageRecords),
})

export type TokencodeRecord = z.infer<typeof tokencodeRecord>
export type SealedSeedHeader = z.infer<typeof sealedSeedHeader>
export type FeedPage = z.infer<typeof feedPage>
