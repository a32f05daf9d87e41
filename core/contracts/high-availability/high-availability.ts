import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { id, instant, nothing, secret, text } from '../values.ts'

const unmatchedReason = z
  .enum(['source-unknown', 'user-unknown', 'ambiguous', 'serial-taken', 'seed-unreadable'])
  .meta({ id: 'UnmatchedReason' })

const count = z.int().min(0)

export const divergence = z
  .object({
    missing: count.describe('The cloud had them, they were not here'),
    deletedHere: count.describe('Their tokens were deleted here by an administrator'),
    different: count,
    gone: count.describe('Here, but no more at the cloud'),
  })
  .meta({ id: 'Divergence' })

export const syncRun = z
  .object({
    id,
    kind: z.enum(['incremental', 'full', 'user']),
    trigger: z.enum(['schedule', 'command', 'console']),
    instance: z.string(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    outcome: z.enum(['running', 'succeeded', 'failed', 'interrupted']),
    errorCode: z.string().nullable(),
    errorText: z.string().nullable(),
    markerFrom: z.string(),
    markerTo: z.string(),
    counts: z.object({
      pages: count,
      fetched: count,
      added: count,
      updated: count,
      revoked: count,
      unmatched: count,
      failed: count,
      removed: count,
      rematched: count,
      stepsReported: count,
    }),
    divergence: divergence.nullable().describe('What a full run found to differ; null for other runs'),
  })
  .meta({ id: 'SyncRun' })

export const highAvailabilityStatus = z
  .object({
    enabled: z.boolean(),
    order: z.enum(['cloud-first', 'local-first']),
    counts: z.object({
      matched: count,
      unmatched: z.partialRecord(unmatchedReason, count),
      revoked: count,
      deletedHere: count,
    }),
    connection: z
      .object({
        baseUrl: z.string(),
        companyId: z.string(),
        companyName: z.string(),
        managerId: z.string(),
        deploymentName: z.string(),
        haEnabled: z.boolean().describe('Whether the cloud offers high availability to the company'),
        connectedAt: instant,
        keysChangedAt: instant,
        disconnecting: z.boolean(),
        marker: z.string(),
        markerTimeMs: z.int().describe('The setting; 0 = the next run fetches everything'),
        fullUnderWay: z.boolean(),
        failuresInARow: count,
        nextRunAt: instant,
        lastGoodAt: instant.nullable(),
        alarm: z.boolean().describe('The last good run is longer ago than the setting allows'),
        lastRun: syncRun.nullable(),
      })
      .nullable()
      .describe('null = not connected'),
  })
  .meta({ id: 'HighAvailabilityStatus' })

export const cloudReach = z
  .object({
    reachable: z.boolean(),
    errorCode: z.string().nullable(),
    errorText: z.string().nullable(),
    durationMs: z.int(),
    skewSeconds: z.int().describe('How far the clock of the cloud is ahead of this one'),
    recordCount: count.nullable(),
  })
  .meta({ id: 'CloudReach' })

export const haRecord = z
  .object({
    recordId: z.string(),
    serial: z.string(),
    userAttribute: z.string(),
    identitySource: z.string(),
    condition: z.enum(['matched', 'unmatched', 'revoked', 'deleted-here']),
    reason: unmatchedReason.nullable(),
    username: z.string().nullable(),
    userId: z.string().nullable(),
    tokenId: z.string().nullable(),
    changeTimeMs: z.int(),
    updatedAt: instant,
  })
  .meta({ id: 'HighAvailabilityRecord' })

export const resyncResult = z
  .object({
    counts: z.object({
      fetched: count,
      added: count,
      updated: count,
      revoked: count,
      unmatched: count,
      failed: count,
    }),
    removed: count,
    divergence,
  })
  .meta({ id: 'ResyncResult' })

const view = needs('view-high-availability')
const manage = needs('manage-high-availability')
const BASE = '/api/v1/high-availability'

export const highAvailabilityEndpoints = {
  getHighAvailability: endpoint({
    method: 'GET',
    path: BASE,
    summary: 'How the synchronisation with the cloud access service stands',
    access: view,
    response: highAvailabilityStatus,
  }),
  probeCloud: endpoint({
    method: 'GET',
    path: `${BASE}/reach`,
    summary: 'Ask the cloud now whether it can be reached; null = not connected',
    access: view,
    response: cloudReach.nullable(),
  }),
  listHaRecords: endpoint({
    method: 'GET',
    path: `${BASE}/records`,
    summary: 'High-availability tokencode records',
    access: view,
    query: pageQuery.extend({
      condition: z.enum(['matched', 'unmatched', 'revoked', 'deleted-here']).optional(),
      reason: unmatchedReason.optional(),
      text: text(255).optional().describe('Beginning of the serial or of the user’s attribute'),
    }),
    response: pageOf(haRecord),
  }),
  listSyncRuns: endpoint({
    method: 'GET',
    path: `${BASE}/runs`,
    summary: 'Runs of the synchronisation, newest first',
    access: view,
    query: pageQuery,
    response: pageOf(syncRun),
  }),
  connectCloud: endpoint({
    method: 'POST',
    path: `${BASE}/connection`,
    summary: 'Connect this deployment to a company at a cloud access service',
    access: manage,
    body: z.object({ registrationCode: secret, url: text(255), deploymentName: text(255).min(1) }),
    response: highAvailabilityStatus,
  }),
  disconnectCloud: endpoint({
    method: 'DELETE',
    path: `${BASE}/connection`,
    summary: 'End the connection and remove every record with its token',
    access: manage,
    response: z.object({ removed: count }),
  }),
  rotateCloudKeys: endpoint({
    method: 'POST',
    path: `${BASE}/rotate-keys`,
    summary: 'Change the keys of the connection now',
    access: manage,
    status: 204,
    response: nothing,
  }),
  synchroniseRecords: endpoint({
    method: 'POST',
    path: `${BASE}/synchronise`,
    summary: 'Synchronise now; the history says how it goes',
    access: manage,
    status: 202,
    response: z.object({ begun: z.literal(true) }),
  }),
  resynchroniseRecords: endpoint({
    method: 'POST',
    path: `${BASE}/resynchronise`,
    summary: 'Fetch everything again with the next run, or one user at once; or say what that would change',
    access: manage,
    body: z.object({
      user: id.optional().describe('Id, user ID or alias; absent = everything'),
      dryRun: z.boolean().default(false),
    }),
    response: resyncResult.nullable().describe('null = asked for; the next run does it'),
  }),
} as const

export type HighAvailabilityStatus = z.infer<typeof highAvailabilityStatus>
export type HighAvailabilityRecord = z.infer<typeof haRecord>
export type SyncRunView = z.infer<typeof syncRun>
export type ResyncResultView = z.infer<typeof resyncResult>
