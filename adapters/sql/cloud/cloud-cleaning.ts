import type { CloudCleaning } from '@driftlock/application'
import type { Engine } from '../engine.ts'
import type { CloudDatabase } from './cloud-tables.ts'

/** Rows removed in one transaction: nobody waits long for it. */
const AT_ONCE = 1000

export function cloudCleaning({ write }: Engine): CloudCleaning {
  return {
    removeExpired: (before) =>
      write(async (queries) => {
        const database: CloudDatabase = queries.withTables()
        await database.deleteFrom('company_sessions').where('expires_at', '<', before).execute()
        await database.deleteFrom('registration_offers').where('expires_at', '<', before).execute()
        await database.deleteFrom('seen_requests').where('expires_at', '<', before).execute()
        await database
          .deleteFrom('app_devices')
          .where('status', '=', 'pending')
          .where('proof_until', '<', before)
          .execute()
      }),
    async removeTombstones(before) {
      let removed = 0
      for (let last = AT_ONCE; last === AT_ONCE; removed += last) {
        last = await write((queries) => removeSome(queries.withTables(), before))
      }
      return removed
    },
  }
}

async function removeSome(database: CloudDatabase, before: number): Promise<number> {
  const rows = await database
    .selectFrom('app_devices')
    .select('id')
    .where('ended_at', '<', before)
    .where('status', '=', 'revoked')
    .limit(AT_ONCE)
    .execute()
  if (rows.length > 0) {
    const ids = rows.map(({ id }) => id)
    await database.deleteFrom('app_devices').where('id', 'in', ids).execute()
  }
  await database
    .deleteFrom('company_users')
    .where('deleted_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('app_devices').select('app_devices.id').whereRef('user_id', '=', 'company_users.id')),
      ),
    )
    .execute()
  return rows.length
}
