import {
  ApplicationError,
  connectCloud,
  disconnectCloud,
  haStatus,
  listRecords,
  listSyncRuns,
  previewResync,
  probeCloud,
  requestResync,
  resyncUser,
  rotateCloudKeys,
  type ShownRecord,
  synchroniseNow,
} from '@driftlock/application'
import { highAvailabilityEndpoints as e, type HighAvailabilityRecord } from '@driftlock/contracts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'

/** The connection to the cloud access service, its records and its runs. */
export function highAvailabilityRoutes({ highAvailability: ha }: ApiServices): RoutesOf<typeof e> {
  return {
    getHighAvailability: route(e.getHighAvailability, ({ context }) => statusView(ha, context)),
    probeCloud: route(e.probeCloud, ({ context }) => probeCloud(ha, context)),
    listHaRecords: route(e.listHaRecords, async ({ query, context }) => {
      const { condition, reason, text, ...page } = query
      const { limit, after } = page
      const filter = defined({ condition, reason, text })
      const found = await listRecords(ha, context, { limit, ...defined({ after }), filter })
      return { items: found.items.map(recordView), ...defined({ next: found.next }) }
    }),
    listSyncRuns: route(e.listSyncRuns, async ({ query: { limit, after }, context }) => {
      const { items, next } = await listSyncRuns(ha, context, { limit, ...defined({ after }) })
      return { items: [...items], ...defined({ next }) }
    }),
    connectCloud: route(e.connectCloud, async ({ body, context }) => {
      await connectCloud(ha, context, body)
      return statusView(ha, context)
    }),
    disconnectCloud: route(e.disconnectCloud, ({ context }) => disconnectCloud(ha, context)),
    rotateCloudKeys: route(e.rotateCloudKeys, async ({ context }) => {
      await rotateCloudKeys(ha, context)
      return null
    }),
    synchroniseRecords: route(e.synchroniseRecords, (call) => begin(ha, call)),
    resynchroniseRecords: route(e.resynchroniseRecords, async ({ body: { user, dryRun }, context }) => {
      if (user !== undefined) return resyncUser(ha, context, { user, dryRun })
      if (dryRun) return previewResync(ha, context)
      await requestResync(ha, context)
      return null
    }),
  }
}

type Ha = ApiServices['highAvailability']
type Context = Call['context']

async function statusView(ha: Ha, context: Context) {
  const { connection, counts, ...rest } = await haStatus(ha, context)
  return { ...rest, counts: { ...counts, unmatched: { ...counts.unmatched } }, connection }
}

/** A refusal comes at once; a run of a million records is not waited for: the history tells how it goes. */
async function begin(ha: Ha, { context, request }: Call<typeof e.synchroniseRecords>) {
  const run = synchroniseNow(ha, context, { trigger: 'console' })
  const refused = run.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApplicationError) return error
      request.log.error({ err: error }, 'the records of the cloud were not synchronised')
      return undefined
    },
  )
  const early = await Promise.race([
    refused,
    new Promise<undefined>((resolve) => setTimeout(resolve, REFUSED_WITHIN_MS)),
  ])
  if (early !== undefined) throw early
  return { begun: true } as const
}

const REFUSED_WITHIN_MS = 500

function recordView(record: ShownRecord): HighAvailabilityRecord {
  const { recordId, serial, userAttribute, identitySource, reason, username, userId, tokenId } = record
  const { changeTimeMs, updatedAt, hasToken } = record
  return {
    recordId,
    serial,
    userAttribute,
    identitySource,
    reason,
    username,
    userId,
    changeTimeMs,
    updatedAt,
    tokenId: hasToken ? tokenId : null,
    condition: conditionOf(record),
  }
}

function conditionOf({ state, hasToken, reason }: ShownRecord): HighAvailabilityRecord['condition'] {
  if (state === 'revoked') return 'revoked'
  if (hasToken) return 'matched'
  return reason === null ? 'deleted-here' : 'unmatched'
}
