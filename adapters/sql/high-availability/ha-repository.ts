import { GLOBAL_SCOPE, HA_CONNECTION_ID, type HighAvailabilityRepository } from '@driftlock/application'
import { sql } from 'kysely'
import { expectWritten } from '../administration/writing.ts'
import type { Queries } from '../engine.ts'
import { runColumns } from '../rows/ha-row.ts'
import { stepText } from '../rows/values.ts'
import type { EngineKind } from '../schema/column-types.ts'
import { haQueries } from './ha-queries.ts'
import { detachUser, removeRecords } from './remove-records.ts'
import { writeRecords } from './write-records.ts'

const MARKER_KEY = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'

/** Ids of one statement. */
const IDS_AT_ONCE = 500

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function haRepository(queries: Queries, kind: EngineKind): HighAvailabilityRepository {
  const connection = () => queries.updateTable('ha_connections').where('id', '=', HA_CONNECTION_ID)
  return {
    ...haQueries(queries, kind === 'postgresql' ? 'locked' : 'plain'),
    async connect({ status, identity, keys, progress }) {
      await queries.deleteFrom('ha_connections').where('id', '=', HA_CONNECTION_ID).execute()
      await queries
        .insertInto('ha_connections')
        .values({
          id: HA_CONNECTION_ID,
          status,
          identity: JSON.stringify(identity),
          manager_id: identity.managerId,
          keys,
          progress: JSON.stringify(progress),
          version: 1,
          progress_version: 1,
        })
        .execute()
    },
    async saveIdentity({ identity, keys, version }) {
      const columns = { identity: JSON.stringify(identity), keys, version: version + 1 }
      expectWritten(
        await connection().set(columns).where('version', '=', version).executeTakeFirst(),
        'connection',
        'cloud',
      )
    },
    async markDisconnecting() {
      await connection().set({ status: 'disconnecting', version: sql<number>`version + 1` }).execute()
    },
    async saveProgress(progress, progressVersion) {
      const result = await connection()
        .set({ progress: JSON.stringify(progress), progress_version: progressVersion + 1 })
        .where('progress_version', '=', progressVersion)
        .executeTakeFirst()
      expectWritten(result, 'connection', 'cloud')
    },
    async endConnection() {
      await queries.deleteFrom('ha_connections').where('id', '=', HA_CONNECTION_ID).execute()
    },
    async advanceMarkerSetting(from, to, now) {
      const row = { key: MARKER_KEY, scope: GLOBAL_SCOPE, value: '0', updated_at: now }
      await queries
        .insertInto('settings')
        .values(row)
        .onConflict((conflict) => conflict.columns(['key', 'scope']).doNothing())
        .execute()
      // No policy hangs on the marker: what instances keep of the configuration stays good.
      const result = await queries
        .updateTable('settings')
        .set({ value: String(to), updated_at: now })
        .where('key', '=', MARKER_KEY)
        .where('scope', '=', GLOBAL_SCOPE)
        .where('value', '=', String(from))
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    write: (writes, terms) => writeRecords({ queries, kind, terms }, writes),
    async settle(recordIds) {
      for (let from = 0; from < recordIds.length; from += IDS_AT_ONCE)
        await queries
          .updateTable('ha_records')
          .set({ needs_match: 0 })
          .where('record_id', 'in', recordIds.slice(from, from + IDS_AT_ONCE))
          .execute()
    },
    async met(recordIds, generation) {
      for (let from = 0; from < recordIds.length; from += IDS_AT_ONCE)
        await queries
          .updateTable('ha_records')
          .set({ generation })
          .where('record_id', 'in', recordIds.slice(from, from + IDS_AT_ONCE))
          .execute()
    },
    removeRecords: (recordIds) => removeRecords(queries, recordIds),
    detachUser: (userId) => detachUser(queries, userId),
    async resealWaiting({ recordId, seed, previous }) {
      await queries
        .updateTable('ha_records')
        .set({ seed })
        .where('record_id', '=', recordId)
        .where('seed', '=', previous)
        .execute()
    },
    async reported(steps) {
      for (const { recordId, step } of steps) {
        const text = stepText(step)
        await queries
          .updateTable('ha_records')
          .set({ shared_step: text })
          .where('record_id', '=', recordId)
          .where(sql<boolean>`shared_step < CAST(${text} AS BIGINT)`)
          .execute()
      }
    },
    async saveRun(run) {
      const columns = runColumns(run)
      await queries
        .insertInto('ha_runs')
        .values({ id: run.id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    },
    async pruneRuns(keep) {
      const oldest = await queries
        .selectFrom('ha_runs')
        .select('id')
        .orderBy('id', 'desc')
        .offset(keep)
        .limit(1)
        .executeTakeFirst()
      if (oldest !== undefined) await queries.deleteFrom('ha_runs').where('id', '<=', oldest.id).execute()
    },
  }
}
