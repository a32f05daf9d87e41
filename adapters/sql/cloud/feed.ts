import type { CloudQueries, FeedItem, FeedRequest } from '@driftlock/application'
import { bytes, instant } from '../rows/values.ts'
import { DEVICE_COLUMNS, deviceOf, type DeviceRow } from './app-devices.ts'
import type { CloudDatabase } from './cloud-tables.ts'

type FeedRow = DeviceRow & {
  readonly seed: Uint8Array | null
  readonly user_enabled: number
  readonly attribute: string
  readonly source_name: string
  readonly sealed: string | null
}

function itemOf(row: FeedRow): FeedItem {
  return {
    device: deviceOf(row),
    userEnabled: row.user_enabled === 1,
    attribute: row.attribute,
    sourceName: row.source_name,
    changeTime: instant(row.change_time ?? 0), // only rows that have one are in the feed
    seed: row.seed && bytes(row.seed),
    sealedToManager: row.sealed,
  }
}

/** What the feed shows, with what was sealed to this manager before, if that still fits key and seed. */
function feedRows(
  database: CloudDatabase,
  { companyId, managerId, sealingKeyId }: Omit<FeedRequest, 'after' | 'limit'>,
) {
  return database
    .selectFrom('app_devices')
    .innerJoin('company_users', 'company_users.id', 'app_devices.user_id')
    .innerJoin('company_sources', 'company_sources.id', 'company_users.source_id')
    .leftJoin('sealed_seeds', (join) =>
      join
        .onRef('sealed_seeds.device_id', '=', 'app_devices.id')
        .on('sealed_seeds.manager_id', '=', managerId)
        .on('sealed_seeds.key_id', '=', sealingKeyId)
        .onRef('sealed_seeds.seed_version', '=', 'app_devices.seed_version'),
    )
    .select([
      ...DEVICE_COLUMNS,
      'app_devices.seed',
      'company_users.enabled as user_enabled',
      'company_users.attribute',
      'company_sources.name as source_name',
      'sealed_seeds.sealed',
    ])
    .where('app_devices.company_id', '=', companyId)
    .where('app_devices.change_time', 'is not', null)
}

export function feedQueries(database: CloudDatabase): Pick<CloudQueries, 'feed' | 'userFeed'> {
  return {
    async feed({ after, limit, ...request }) {
      let query = feedRows(database, request)
      if (after !== undefined) {
        query = query.where((eb) =>
          eb(
            eb.refTuple('app_devices.change_time', 'app_devices.id'),
            '>',
            eb.tuple(after.changeTimeMs, after.recordId),
          ),
        )
      }
      const rows = await query.orderBy('app_devices.change_time').orderBy('app_devices.id').limit(limit).execute()
      return rows.map(itemOf)
    },
    async userFeed({ userIds, limit, ...request }) {
      if (userIds.length === 0) return []
      const rows = await feedRows(database, request)
        .where('app_devices.user_id', 'in', [...userIds])
        .orderBy('app_devices.change_time')
        .orderBy('app_devices.id')
        .limit(limit)
        .execute()
      return rows.map(itemOf)
    },
  }
}
